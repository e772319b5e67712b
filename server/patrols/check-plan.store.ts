import type { PlanInput } from '../../geodata/patrols/plan.schema.ts'
import { Problem, type ProblemIssue } from '../../geodata/shared/problem.ts'
import { type AreaRow, describeReach, resolveArea } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import { reachedIds } from '../access/reaches-feature.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import { reachWithin } from './reach-of-codes.ts'

const MOST_ISSUES = 50

/**
 * The cells of a plan. One that names none is for all that its writer reaches: of someone with an area, for its cells.
 * Throws invalid-body for codes of no cell in reach, outside-area when the writer's area cannot be written as cells.
 */
export async function areaOfPlan(
  tx: TransactionSql,
  area: readonly string[],
  reach: Reach,
): Promise<AreaRow[]> {
  if (area.length > 0) return resolveArea(tx, area, reach)
  if (reach === 'everywhere') return []
  const own = reach.length === 1 ? await describeReach(tx, reach) : []
  if (own !== 'everywhere' && own.length > 0) return own.map(({ layer, id }) => ({ layer, cellId: id }))
  throw new Problem(
    'outside-area',
    'The plan names no cells, and you do not reach everything. Give the codes of cells of your area as “area”.',
  )
}

/**
 * Throws invalid-body when a site is gone, out of reach or outside the plan’s cells (the three answer alike), or when
 * someone in a team is not a member of staff.
 */
export async function checkPlan(
  tx: TransactionSql,
  { teams, rounds, unserved }: PlanInput,
  cells: readonly AreaRow[],
  reach: Reach,
): Promise<void> {
  const issues: ProblemIssue[] = []
  const sites = new Map<number, string>()
  for (const [round, { stops }] of rounds.entries())
    for (const [stop, { checkpointId }] of stops.entries())
      if (checkpointId !== null && !sites.has(checkpointId))
        sites.set(checkpointId, `/rounds/${round}/stops/${stop}/checkpointId`)
  for (const [at, { checkpointId }] of unserved.entries())
    if (!sites.has(checkpointId)) sites.set(checkpointId, `/unserved/${at}/checkpointId`)
  const reached = await reachedIds(tx, 'checkpoints', [...sites.keys()], reachWithin(reach, cells))
  for (const [id, at] of sites)
    if (!reached.has(id)) issues.push({ at, message: `there is no checkpoint ${id} in the plan’s area` })

  const people = new Map<string, string>()
  for (const [team, { people: names }] of teams.entries())
    for (const [at, username] of names.entries()) people.set(username, `/teams/${team}/people/${at}`)
  const staff = new Set(
    people.size === 0
      ? []
      : (
          await tx<{ username: string }[]>`
            SELECT username FROM person WHERE username = ANY(${[...people.keys()]}::text[]) AND disabled_at IS NULL`
        ).map(({ username }) => username),
  )
  for (const [username, at] of people)
    if (!staff.has(username))
      issues.push({ at, message: `${username} is the user name of nobody who may sign in` })
  if (issues.length > 0)
    throw new Problem(
      'invalid-body',
      `The plan names ${issues.length} sites or people that cannot be in it: ${issues[0]!.message}. Take them out, or widen the plan’s area.`,
      { issues: issues.slice(0, MOST_ISSUES) },
    )
}
