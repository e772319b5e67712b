import type { AnalysisNote } from '../../../geodata/coverage/analysis.schema.ts'
import type {
  PatrolParams,
  PatrolPeriod,
  PeriodResult,
} from '../../../geodata/coverage/patrol/patrol.schema.ts'
import type { PatrolAnswer } from '../../../geodata/coverage/patrol/patrol-coverage.ts'
import type { AskedStreets, PatrolQuestion } from '../../../geodata/coverage/patrol/patrol-question.ts'
import type { Span } from '../../../geodata/coverage/visit-metrics.ts'
import type { Plan } from '../../../geodata/patrols/plan.schema.ts'
import { Problem } from '../../../geodata/shared/problem.ts'
import { reachedRoads } from '../../network/road-lines.store.ts'
import { getPlan } from '../../patrols/plan.store.ts'
import { instant } from '../../walks/run.store.ts'
import { readPlans } from '../../walks/summary.store.ts'
import type { AnalysisContext } from '../analysis-kind.ts'
import { computeInWorker } from '../compute-in-worker.ts'
import { type CellsThen, readCellsThen } from './cells-then.store.ts'
import { readHazardsThen } from './hazards-then.store.ts'
import { rowOf } from './patrol-parts.ts'
import { walkAsPlanned } from './planned-walks.ts'
import { readSitesThen } from './sites-then.store.ts'
import { readVisitsThen, stopsOfPlans } from './visits-then.store.ts'
import { readWalksThen, type WalksThen } from './walks-then.store.ts'

const HOUR = 3_600_000
/** A result is read whole; all cells stand in the part of cells. */
const MOST_ROWS = 1500

export interface AnsweredPeriod {
  result: PeriodResult
  notes: AnalysisNote[]
  question: Pick<PatrolQuestion, 'levels'>
  answer: PatrolAnswer
}

/** The figures of one period. Throws invalid-body when it lies in the future and is no forecast. */
export async function askPeriod(
  context: AnalysisContext,
  params: PatrolParams,
  period: PatrolPeriod,
): Promise<AnsweredPeriod> {
  const { sql, reach, progress } = context
  const span = spanOf(params, period)
  progress(0, 'read')
  const cells = await readCellsThen(sql, span, reach)
  const { sites, newer } = await readSitesThen(sql, span, params.siteWeights, reach)
  const hazards = await readHazardsThen(sql, span, params, reach)
  const siteIds = sites.map(({ id }) => id)
  const plans = await plansOf(context, params, span)
  const done =
    params.source === 'planned'
      ? await forecast(context, params, plans, span, new Set(siteIds))
      : {
          ...(await readWalksThen(
            context,
            span,
            Math.max(...Object.values(params.hazardHours)) * HOUR,
            params.teams,
          )),
          visits: await readVisitsThen(sql, span, siteIds, params.teams),
        }
  const question: PatrolQuestion = {
    span,
    sites,
    visits: done.visits,
    stops: stopsOfPlans(plans, span, new Set(siteIds), params.teams),
    hazards,
    walks: done.walks,
    levels: cells.levels,
    streets: params.detail === 'streets' ? await streetsOf(context) : null,
  }
  progress(0.35, 'figures')
  const answer = await computeInWorker<PatrolQuestion, PatrolAnswer>(
    new URL('./patrol.worker.ts', import.meta.url),
    question,
    context,
  )
  const notes = notesOf(params, period, span, { cells, newer, question, done, answer })
  return { result: describe(span, cells, done, question, answer), notes, question, answer }
}

/** What is to come was not missed yet: of what was walked, a period ends now at the latest. */
function spanOf({ source }: PatrolParams, { from, to }: PatrolPeriod): Span {
  const span = { from: Date.parse(from), to: Date.parse(to) }
  if (source === 'planned') return span
  const now = Date.now()
  if (span.from >= now)
    throw new Problem(
      'invalid-body',
      `The period begins at ${from}, which is still to come: nothing was walked in it. Ask for a forecast by plans, or for an earlier period.`,
      { issues: [{ at: '/params/period/from', message: 'lies in the future' }] },
    )
  return { from: span.from, to: Math.min(span.to, now) }
}

async function plansOf(
  { sql, wholeReach }: AnalysisContext,
  { source, plans }: PatrolParams,
  { from, to }: Span,
): Promise<Plan[]> {
  if (source === 'walked' || plans.length === 0) return readPlans(sql, instant(from), instant(to), wholeReach)
  const read: Plan[] = []
  for (const id of new Set(plans)) read.push(await getPlan(sql, id, wholeReach))
  return read
}

async function forecast(
  context: AnalysisContext,
  { teams }: PatrolParams,
  plans: readonly Plan[],
  span: Span,
  siteIds: ReadonlySet<number>,
): Promise<WalksThen & Pick<PatrolQuestion, 'visits'>> {
  const { walks, visits } = await walkAsPlanned(context, plans, span, teams)
  const minutes = walks.reduce((sum, { duty }) => sum + (duty[0]![1] - duty[0]![0]) / 60_000, 0)
  return {
    walks,
    visits: visits.filter(({ siteId, from }) => siteIds.has(siteId) && from <= span.to),
    count: walks.length,
    gone: 0,
    dutyMinutes: minutes,
    recordedMinutes: minutes,
    offPlanMetres: 0,
  }
}

async function streetsOf({ sql, network, reach }: AnalysisContext): Promise<AskedStreets> {
  const { graph } = await network.current()
  // The set of roads cannot be given to a thread, and nobody needs it there.
  const { roads: _, ...streets } = graph
  const reached = await reachedRoads(sql, reach)
  return {
    graph: streets,
    isAsked: Uint8Array.from(graph.edgeRoad, (road) => (reached === undefined || reached.has(road) ? 1 : 0)),
  }
}

function describe(
  span: Span,
  cells: CellsThen,
  done: WalksThen,
  question: PatrolQuestion,
  answer: PatrolAnswer,
): PeriodResult {
  const { count, dutyMinutes, recordedMinutes, offPlanMetres } = done
  return {
    from: instant(span.from),
    to: instant(span.to),
    boundariesAt: instant(cells.at),
    total: answer.total,
    walks: count,
    dutyMinutes,
    recordedMinutes,
    offPlanMetres,
    offPlanVisits: answer.offPlanVisits,
    offStreetMetres: answer.offStreetMetres,
    guessing: answer.guessing,
    levels: question.levels.map(({ layer, cells: asked }, at) => ({
      layer,
      rows: asked.slice(0, MOST_ROWS).map((cell, place) => rowOf(cell, answer.levels[at]!.cells[place]!)),
      isCut: asked.length > MOST_ROWS,
      outside: answer.levels[at]!.outside,
    })),
    types: answer.types,
    teams: answer.teams,
  }
}

/** What is missing, and what was counted anyway. */
function notesOf(
  { source, detail }: PatrolParams,
  period: PatrolPeriod,
  span: Span,
  found: {
    cells: CellsThen
    newer: number
    question: PatrolQuestion
    done: WalksThen
    answer: PatrolAnswer
  },
): AnalysisNote[] {
  const { cells, newer, question, done, answer } = found
  const notes: AnalysisNote[] = []
  const note = (code: string, values: AnalysisNote['values'] = {}) =>
    notes.push({ code: `patrol-${code}`, values })
  if (source === 'planned') note('forecast', { walks: done.count })
  if (span.to < Date.parse(period.to)) note('period-cut', { to: instant(span.to) })
  if (done.count === 0 && source === 'walked') note('no-walks')
  if (done.gone > 0) note('tracks-gone', { walks: done.gone })
  const silent = Math.round(done.dutyMinutes - done.recordedMinutes)
  if (silent > 0) note('silent', { minutes: silent })
  if (question.sites.length === 0) note('no-sites')
  if (newer > 0) note('sites-newer', { sites: newer })
  if (question.levels.every((level) => level.cells.length === 0)) note('no-cells')
  else if (cells.at > span.to) note('boundaries-unknown', { at: instant(cells.at) })
  if (cells.changed > 0) note('boundaries-changed', { cells: cells.changed, at: instant(cells.at) })
  if (detail === 'streets' && answer.offStreetMetres >= 1)
    note('off-street', { metres: Math.round(answer.offStreetMetres) })
  return notes
}
