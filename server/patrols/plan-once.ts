import type { PlanInput, Team } from '../../geodata/patrols/plan.schema.ts'
import { askForRounds } from '../../geodata/patrols/pose-rounds.ts'
import type { WalkedPlan } from '../../geodata/patrols/walked-plan.ts'
import { resolveArea } from '../access/area.store.ts'
import type { Network } from '../network/network.ts'
import type { Sql } from '../platform/database.ts'
import { reachWithin } from './reach-of-codes.ts'
import { readSitesToPlan } from './sites-to-plan.ts'
import { solveInWorker } from './solve-in-worker.ts'
import { walkPlan } from './walk-plan.ts'

/**
 * Rounds for a plan that nobody has stored, with their ways: for the command line, which reaches everything. Aborting the
 * signal keeps the best so far. Throws invalid-body for codes of no cell.
 */
export async function planOnce(
  sql: Sql,
  network: Network,
  input: PlanInput,
  settings: NonNullable<PlanInput['generated']>['settings'],
  signal: AbortSignal,
  tell: (visits: number, metres: number) => void,
): Promise<{ input: PlanInput; walked: WalkedPlan }> {
  const reach = reachWithin('everywhere', await resolveArea(sql, input.area))
  const shift = { from: Date.parse(input.from), to: Date.parse(input.to) }
  const sites = await readSitesToPlan(sql, shift, reach)
  const question = askForRounds(input, sites, settings)
  const { metres } = await network.matrix(question.places)
  const { solved, seconds } = await solveInWorker(question, metres, signal, {
    progress: () => {},
    better: (found) => tell(found.visits, found.metres),
  })
  const at = new Date().toISOString()
  const planned: PlanInput = {
    ...input,
    rounds: solved.rounds,
    unserved: solved.unserved,
    generated: { settings, seconds, iterations: solved.iterations, at },
  }
  return { input: planned, walked: await walkPlan(sql, network, { ...planned, updatedAt: at }, reach) }
}

/** A, B, … Z, T27, …: as many teams as are wanted, alike. */
export const likeTeams = (count: number, common: Omit<Team, 'id' | 'name'>): Team[] =>
  Array.from({ length: count }, (_, at) => {
    const id = at < 26 ? String.fromCharCode(65 + at) : `T${at + 1}`
    return { ...common, id, name: id }
  })
