import type { AskedStop, AskedVisit } from '../../../geodata/coverage/patrol/patrol-question.ts'
import type { Span } from '../../../geodata/coverage/visit-metrics.ts'
import type { Plan } from '../../../geodata/patrols/plan.schema.ts'
import type { Sql } from '../../platform/database.ts'
import { roundIn } from '../../walks/handed-out.store.ts'
import { instant } from '../../walks/run.store.ts'

/** Whether a team is asked about; none: all are, and visits of nobody’s round. */
export const isAskedTeam = (teams: readonly string[], team: string | null): boolean =>
  teams.length === 0 || (team !== null && teams.includes(team))

/** What is kept of visits at sites in a period, whoever made them. */
export async function readVisitsThen(
  sql: Sql,
  span: Span,
  siteIds: readonly number[],
  teams: readonly string[],
): Promise<AskedVisit[]> {
  const rows = await sql<(Omit<AskedVisit, 'from' | 'to'> & { from: Date; to: Date })[]>`
    SELECT i.checkpoint_id AS "siteId", lower(i.stop_id::text) AS "stopId", r.team_name AS team, i.state,
      i.started_at AS "from", i.ended_at AS "to"
    FROM patrol_visit i
    LEFT JOIN patrol_run r ON r.plan_id = i.plan_id AND r.round_id = i.round_id AND r.person = i.person
    WHERE i.started_at <= ${instant(span.to)}::text::timestamptz AND i.ended_at >= ${instant(span.from)}::text::timestamptz
      AND i.checkpoint_id = ANY(${[...siteIds]}::bigint[])
    ORDER BY i.started_at, i.id`
  return rows
    .filter(({ team }) => isAskedTeam(teams, team))
    .map(({ from, to, ...visit }) => ({ ...visit, from: from.getTime(), to: to.getTime() }))
    .filter(({ state, from }) => state === 'unknown' || from >= span.from)
}

/** Stops at sites of the rounds of plans that begin in a period. */
export function stopsOfPlans(
  plans: readonly Plan[],
  span: Span,
  siteIds: ReadonlySet<number>,
  teams: readonly string[],
): AskedStop[] {
  return plans
    .flatMap((plan) => plan.rounds.flatMap(({ id }) => roundIn(plan, id) ?? []))
    .filter(({ from, team }) => from >= span.from && from < span.to && isAskedTeam(teams, team.name))
    .flatMap(({ round, team }) =>
      round.stops.flatMap(({ id, checkpointId }) =>
        checkpointId !== null && siteIds.has(checkpointId)
          ? [{ id: id.toLowerCase(), siteId: checkpointId, team: team.name }]
          : [],
      ),
    )
}
