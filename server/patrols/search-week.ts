import { askForWeek } from '../../geodata/patrols/solve-week.ts'
import type { SolvedWeek } from '../../geodata/patrols/walk-days.ts'
import type { WeekInput, WeekProposal } from '../../geodata/patrols/week.schema.ts'
import { shiftOfDay } from '../../geodata/patrols/week-days.ts'
import { resolveArea } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import type { Network } from '../network/network.ts'
import type { Sql } from '../platform/database.ts'
import type { Saying } from '../platform/jobs.ts'
import { readQuestions } from './due.store.ts'
import { reachWithin } from './reach-of-codes.ts'
import { readSitesToPlan } from './sites-to-plan.ts'
import { solveWeekInWorker } from './solve-week-in-worker.ts'

/** The plans of a week’s days, of the sites in reach. Throws invalid-body for cells that are gone. */
export async function searchWeek(
  sql: Sql,
  network: Pick<Network, 'matrix'>,
  week: WeekInput,
  reach: Reach,
  signal: AbortSignal,
  say: Saying<WeekProposal>,
): Promise<WeekProposal | undefined> {
  const within = reachWithin(reach, await resolveArea(sql, week.area, reach))
  const days = [...week.days].sort()
  const period = {
    from: Date.parse(shiftOfDay(week, days[0]!).from),
    to: Date.parse(shiftOfDay(week, days.at(-1)!).to),
    planned: true,
  }
  const norms = await readQuestions(sql, period, within)
  const sites = await readSitesToPlan(sql, period, within)
  const question = askForWeek(
    week,
    sites.flatMap((site) => {
      const norm = norms.get(site.checkpointId)
      return norm ? [{ site, norm }] : []
    }),
  )
  if (signal.aborted) return undefined
  const { metres } = await network.matrix(question.places, undefined, { signal })
  const began = performance.now()
  const propose = ({ days: solved, ...found }: SolvedWeek): WeekProposal => {
    const seconds = (performance.now() - began) / 1000
    const at = new Date().toISOString()
    return {
      ...found,
      days: solved.map(({ settings, iterations, ...day }) => ({
        ...day,
        generated: { settings, seconds, iterations, at },
      })),
    }
  }
  return propose(
    await solveWeekInWorker(question, metres, signal, {
      progress: say.progress,
      better: (found) => say.better(propose(found)),
    }),
  )
}
