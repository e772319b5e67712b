import type { Proposal } from '../../geodata/patrols/generation.schema.ts'
import type { GenerationSettings, Plan } from '../../geodata/patrols/plan.schema.ts'
import { askWithOthers } from '../../geodata/patrols/pose-rounds.ts'
import type { SolvedRounds } from '../../geodata/patrols/solve-rounds.ts'
import { resolveArea } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import type { Network } from '../network/network.ts'
import type { Sql } from '../platform/database.ts'
import type { JobRunner, Saying } from '../platform/jobs.ts'
import { askForEnd, createJob, saveJob } from './job.store.ts'
import { reachWithin } from './reach-of-codes.ts'
import { searchBorder } from './search-border.ts'
import { searchStreets } from './search-streets.ts'
import { readSitesToPlan } from './sites-to-plan.ts'
import { solveInWorker } from './solve-in-worker.ts'

export interface Generator {
  /** Starts a search for a plan's rounds. Returns the job's id. Throws too-many-requests. */
  start(plan: Plan, settings: GenerationSettings, reach: Reach, by: string): Promise<string>
  /** Runs any search in turn with the others. `create`: writes down the job that `search` is for. */
  run<Found extends object>(
    by: string,
    create: (id: string) => Promise<void>,
    search: (signal: AbortSignal, say: Saying<Found>) => Promise<Found | undefined>,
  ): Promise<string>
  /** Ends it wherever it runs; the best so far is kept. */
  cancel(id: string): Promise<void>
}

export function createGenerator(
  sql: Sql,
  network: Pick<Network, 'matrix' | 'current'>,
  jobs: JobRunner,
): Generator {
  return {
    start(plan, settings, reach, by) {
      return this.run<Proposal>(
        by,
        (id) => createJob(sql, id, plan, settings, by),
        (signal, say) => search(sql, network, { plan, settings, reach }, signal, say),
      )
    },
    run: (by, create, find) =>
      jobs.run({
        by,
        create,
        save: (id, news) => saveJob(sql, id, news),
        work: (_, signal, say) => find(signal, say),
        keepsBest: true,
      }),
    async cancel(id) {
      await askForEnd(sql, id)
      jobs.end(id)
    },
  }
}

interface Wanted {
  plan: Plan
  settings: GenerationSettings
  reach: Reach
}

async function search(
  sql: Sql,
  network: Pick<Network, 'matrix' | 'current'>,
  { plan, settings, reach }: Wanted,
  signal: AbortSignal,
  say: Saying<Proposal>,
): Promise<Proposal | undefined> {
  const cells = await resolveArea(sql, plan.area, reach)
  const within = reachWithin(reach, cells)
  if (settings.kind === 'border') return searchBorder(sql, network, plan, settings, cells, signal)
  if (settings.kind === 'streets') return searchStreets(sql, network, plan, settings, cells, within, signal)
  const shift = { from: Date.parse(plan.from), to: Date.parse(plan.to), planned: true }
  const sites = await readSitesToPlan(sql, shift, within)
  const question = askWithOthers(plan, sites, settings)
  if (signal.aborted) return undefined
  const { metres } = await network.matrix(question.places, undefined, { signal })
  const propose = ({ iterations, ...found }: SolvedRounds, seconds: number): Proposal => ({
    ...found,
    generated: { settings, seconds, iterations, at: new Date().toISOString() },
  })
  const began = performance.now()
  const { solved, seconds } = await solveInWorker(question, metres, signal, {
    progress: say.progress,
    better: (found) => say.better(propose(found, (performance.now() - began) / 1000)),
  })
  return propose(solved, seconds)
}
