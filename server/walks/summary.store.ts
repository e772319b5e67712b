import type { Plan } from '../../geodata/patrols/plan.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import {
  countOnTime,
  countWalk,
  stopStates,
  sumCounts,
  type VisitOfStop,
  type WalkFigures,
} from '../../geodata/walks/count-walk.ts'
import { groupRounds } from '../../geodata/walks/group-rounds.ts'
import type { WalkSummary } from '../../geodata/walks/run.schema.ts'
import { DUTY_MARGIN_MINUTES } from '../../geodata/walks/walk.schema.ts'
import type { Reach } from '../access/reach.ts'
import { planReachClause } from '../patrols/plan.sql.ts'
import type { Sql } from '../platform/database.ts'
import { roundIn } from './handed-out.store.ts'
import { readNames, readReports } from './reports.store.ts'
import { VISIT_AT } from './review.store.ts'
import { instant } from './run.store.ts'

const MAX_PLANS = 500
/** China Standard Time. */
const CHINA_MS = 8 * 3_600_000

interface Walked {
  planId: number
  roundId: string
  person: string
  figures: WalkFigures | null
  isOver: boolean
}

/**
 * All rounds that were handed out and begin within [from, to), walked or not, of plans in reach, as they are published now.
 * Throws too-large for more plans than are summed up at once.
 */
export async function summarise(
  sql: Sql,
  { from, to }: { from: string; to: string },
  reach: Reach,
  now: number,
): Promise<WalkSummary> {
  const plans = await readPlans(sql, from, to, reach)
  const ids = plans.map(({ id }) => id)
  const runs = groupBy(await readRuns(sql, ids), keyOf)
  const visits = groupBy(await readVisits(sql, ids), keyOf)
  const handedOut = plans
    .flatMap((plan) => plan.rounds.flatMap(({ id }) => roundIn(plan, id) ?? []))
    .filter((one) => one.from >= Date.parse(from) && one.from < Date.parse(to))
  const names = await readNames(
    sql,
    handedOut.flatMap(({ round }) => round.stops.flatMap(({ checkpointId }) => checkpointId ?? [])),
    reach,
  )
  const rounds = handedOut
    .map(({ plan, round, team, ...hours }): WalkSummary['rounds'][number] => {
      const key = keyOf({ planId: plan.id, roundId: round.id })
      const own = runs.get(key) ?? []
      const found = visits.get(key) ?? []
      const stops = round.stops.flatMap(({ id, checkpointId, lngLat }) =>
        checkpointId === null ? [] : [{ stopId: id, checkpointId, lngLat }],
      )
      const isOver =
        now > hours.to + DUTY_MARGIN_MINUTES * 60_000 ||
        plan.state === 'closed' ||
        (now > hours.to && own.every((run) => run.isOver))
      const states = stopStates(
        stops.map(({ stopId }) => stopId),
        found,
        isOver,
      )
      const figures = own.flatMap((run) => run.figures ?? [])
      return {
        plan: { id: plan.id, version: plan.version, name: plan.name },
        roundId: round.id,
        team: { id: team.id, name: team.name },
        day: dayOf(hours.from),
        from: instant(hours.from),
        to: instant(hours.to),
        people: own.map(({ person }) => person).sort(),
        counts: countWalk(states, figures, countOnTime(found, figures)),
        missed: stops
          .filter((_, at) => states[at] === 'missed')
          .map((stop) => ({ ...stop, name: names.get(stop.checkpointId)?.name ?? null })),
      }
    })
    .sort((a, b) => Date.parse(a.from) - Date.parse(b.from) || (a.team.id < b.team.id ? -1 : 1))
  const known = new Set(handedOut.map(({ plan, round }) => keyOf({ planId: plan.id, roundId: round.id })))
  return {
    from,
    to,
    total: sumCounts(rounds.map(({ counts }) => counts)),
    rounds,
    reports: (await readReports(sql, { planIds: ids }, reach)).flatMap(({ planId, roundId, ...report }) =>
      known.has(keyOf({ planId, roundId })) ? report : [],
    ),
    teams: groupRounds(rounds, 'team').map(({ key, counts }) => ({ name: key, counts })),
    days: groupRounds(rounds, 'day').map(({ key, counts }) => ({ day: key, counts })),
  }
}

const keyOf = ({ planId, roundId }: { planId: number; roundId: string }): string =>
  `${planId} ${roundId.toLowerCase()}`

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

const dayOf = (at: number): string => new Date(at + CHINA_MS).toISOString().slice(0, 10)

/** Plans as they are published now whose hours meet [from, to), of those in reach. Throws too-large. */
export async function readPlans(sql: Sql, from: string, to: string, reach: Reach): Promise<Plan[]> {
  const parameters: unknown[] = [from, to, MAX_PLANS + 1]
  const bind = (value: unknown) => `$${parameters.push(value)}`
  const rows = await sql.unsafe<{ plan: Plan; state: Plan['state'] }[]>(
    `SELECT v.plan, p.state FROM patrol_plan p
     JOIN patrol_plan_version v ON v.plan_id = p.id AND v.version = p.published_version
     WHERE (v.plan->>'from')::timestamptz < $2::timestamptz AND (v.plan->>'to')::timestamptz > $1::timestamptz
       AND ${planReachClause(reach, bind)} ORDER BY p.starts_at, p.id LIMIT $3`,
    parameters as never[],
    { prepare: true },
  )
  if (rows.length > MAX_PLANS)
    throw new Problem('too-large', `More than ${MAX_PLANS} plans are of this time. Ask for fewer days.`)
  return rows.map(({ plan, state }) => ({ ...plan, state }))
}

async function readRuns(sql: Sql, planIds: number[]): Promise<Walked[]> {
  return sql<Walked[]>`
    SELECT plan_id AS "planId", round_id AS "roundId", person, figures, ended_at IS NOT NULL AS "isOver" FROM patrol_run
    WHERE plan_id = ANY(${planIds}::bigint[])`
}

async function readVisits(sql: Sql, planIds: number[]) {
  return sql<(VisitOfStop & { planId: number; roundId: string })[]>`
    SELECT i.plan_id AS "planId", i.round_id AS "roundId", i.stop_id AS "stopId", i.state, ${sql.unsafe(VISIT_AT)} AS at
    FROM patrol_visit i
    WHERE i.plan_id = ANY(${planIds}::bigint[]) AND i.round_id IS NOT NULL AND i.stop_id IS NOT NULL`
}
