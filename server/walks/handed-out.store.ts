import type { Plan, Round, Team } from '../../geodata/patrols/plan.schema.ts'
import { DUTY_MARGIN_MINUTES } from '../../geodata/walks/walk.schema.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'

/** A round of a plan as it was published, and whose it is. */
export interface HandedOut {
  plan: Plan
  round: Round
  team: Team
  /** The round’s own hours, milliseconds. */
  from: number
  to: number
}

/** A plan changes a few times while people walk it. */
const VERSIONS_LOOKED_INTO = 5
const NEXT_HOURS = 24

export const roundIn = (plan: Plan, roundId: string): HandedOut | undefined => {
  const round = plan.rounds.find(({ id }) => isSameId(id, roundId))
  const team = round && plan.teams.find(({ id }) => id === round.teamId)
  return (
    team && {
      plan,
      round,
      team,
      from: Date.parse(round.from ?? team.from),
      to: Date.parse(round.to ?? team.to),
    }
  )
}

/**
 * The latest published version of a round in which someone is in its team: a round that was taken away while they were on
 * the way stays theirs. undefined: there is none.
 */
export async function findHandedOut(
  sql: Sql | TransactionSql,
  planId: number,
  roundId: string,
  person: string,
): Promise<HandedOut | undefined> {
  const rows = await sql<{ plan: Plan }[]>`
    SELECT v.plan FROM patrol_plan_version v
    WHERE v.plan_id = ${planId} AND EXISTS (
      SELECT FROM jsonb_array_elements(v.plan->'rounds') r WHERE lower(r->>'id') = ${roundId.toLowerCase()})
    ORDER BY v.version DESC LIMIT ${VERSIONS_LOOKED_INTO}`
  for (const { plan } of rows) {
    const found = roundIn(plan, roundId)
    if (found?.team.people.includes(person)) return found
  }
  return undefined
}

/** A round as it was when somebody began to walk it. */
export async function readHandedOut(
  sql: Sql | TransactionSql,
  planId: number,
  version: number,
  roundId: string,
): Promise<HandedOut | undefined> {
  const [row] = await sql<{ plan: Plan }[]>`
    SELECT plan FROM patrol_plan_version WHERE plan_id = ${planId} AND version = ${version}`
  return row && roundIn(row.plan, roundId)
}

/** Rounds of someone that are under way or begin in the next 24 hours, of plans as they are published now. */
export async function listHandedOut(sql: Sql, person: string, now: number): Promise<HandedOut[]> {
  const until = new Date(now + NEXT_HOURS * 3_600_000).toISOString()
  const since = new Date(now - DUTY_MARGIN_MINUTES * 60_000).toISOString()
  const rows = await sql<{ plan: Plan }[]>`
    SELECT v.plan FROM patrol_plan p JOIN patrol_plan_version v ON v.plan_id = p.id AND v.version = p.published_version
    WHERE p.state = 'published' AND (v.plan->>'from')::timestamptz < ${until}::text::timestamptz
      AND (v.plan->>'to')::timestamptz > ${since}::text::timestamptz
      AND EXISTS (SELECT FROM jsonb_path_query(v.plan, '$.teams[*].people[*]') n WHERE n = to_jsonb(${person}::text))
    ORDER BY p.starts_at, p.id`
  return rows
    .flatMap(({ plan }) => plan.rounds.flatMap(({ id }) => roundIn(plan, id) ?? []))
    .filter(
      ({ team, from, to }) =>
        team.people.includes(person) && from < Date.parse(until) && to > Date.parse(since),
    )
    .sort((a, b) => a.from - b.from || a.plan.id - b.plan.id)
}

/** Ids are compared as UUIDs are, without regard to case. */
export const isSameId = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
