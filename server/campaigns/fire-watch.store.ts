import type {
  FireWatchEntry,
  FireWatchGroup,
  FireWatchInput,
  FireWatchKind,
  FireWatchMember,
} from '../../geodata/campaigns/fire-watch.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { day, dutiesSql, isCurrent, TODAY } from '../duties/duty.sql.ts'
import { likePattern } from '../features/feature.filter.ts'
import { recordRegisterEvent } from '../live/register-events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import type { CampaignWriter } from './campaign.store.ts'
import { pageOf } from './page-parameters.ts'
import { requirePast } from './require-past.ts'

type Parameter = string | number | number[]
type Bind = (value: Parameter) => string

/** Today's members of groups in reach. */
const membersSql = (reach: Reach, bind: Bind, where = 'true'): string =>
  dutiesSql(
    reach,
    bind as (ids: number[] | string) => string,
    `d.role IN ('fire-watch', 'fire-watch-leader') AND ${isCurrent('d')} AND ${where}`,
    ['buildings', 'facilities'],
  )

const lastOf = (kind: FireWatchKind) =>
  `(SELECT max(e.on_date) FROM fire_watch_entry e WHERE e.holder = held.holder AND e.kind = '${kind}'
    AND NOT EXISTS (SELECT FROM fire_watch_withdrawal w WHERE w.entry_id = e.id))`
const isOverdue = (column: string, kind: FireWatchKind) =>
  `CASE WHEN coalesce(${column} + (SELECT days FROM safety_norm WHERE code = '${kind}') < ${TODAY}, true) THEN '${kind}' END`

/** By name. `next`: the name to go on behind. */
export async function listFireWatch(
  sql: Sql | TransactionSql,
  { overdue, q, holder }: { overdue?: boolean; q?: string | undefined; holder?: string | undefined },
  reach: Reach,
  { limit, after }: { limit: number; after: string },
): Promise<{ groups: FireWatchGroup[]; next: string | null }> {
  const parameters: Parameter[] = [limit + 1, after]
  const bind: Bind = (value) => `$${parameters.push(value)}`
  const clauses = ['d.holder COLLATE "C" > $2']
  if (holder !== undefined) clauses.push(`d.holder = ${bind(holder)}`)
  if (q !== undefined) clauses.push(`lower(d.holder) LIKE ${bind(likePattern(q))}`)
  const rows = await sql.unsafe<
    (Omit<FireWatchGroup, 'last'> & Record<'meeting' | 'drill' | 'check', string | null>)[]
  >(
    `SELECT holder, members, leader, ${day('meeting')} AS meeting, ${day('drill')} AS drill, ${day('mutual')} AS check, overdue
     FROM (
       SELECT g.*, array_remove(ARRAY[${isOverdue('meeting', 'meeting')}, ${isOverdue('drill', 'drill')},
         ${isOverdue('mutual', 'mutual-check')}], NULL) AS overdue
       FROM (
         SELECT holder, count(DISTINCT (layer, feature))::int AS members,
           min(coalesce(name, code)) FILTER (WHERE role = 'fire-watch-leader') AS leader,
           ${lastOf('meeting')} AS meeting, ${lastOf('drill')} AS drill, ${lastOf('mutual-check')} AS mutual
         FROM (${membersSql(reach, bind, clauses.join(' AND '))}) held GROUP BY holder
       ) g
     ) g WHERE ${overdue ? 'cardinality(overdue) > 0' : 'true'} ORDER BY holder COLLATE "C" LIMIT $1`,
    parameters,
    { prepare: true },
  )
  const page = pageOf(rows, limit, (last) => last.holder)
  const groups = page.rows.map(({ meeting, drill, check, ...group }) => ({
    ...group,
    last: { meeting, drill, 'mutual-check': check },
  }))
  return { groups, next: page.next }
}

/** A group with its members in reach and what it did, the newest first, at most 200 of each. Throws not-found. */
export async function readFireWatch(
  sql: Sql,
  holder: string,
  reach: Reach,
): Promise<{ group: FireWatchGroup; members: FireWatchMember[]; entries: FireWatchEntry[] }> {
  const group = await requireGroup(sql, holder, reach)
  const members = await listMembers(sql, holder, reach)
  const entries = await sql.unsafe<FireWatchEntry[]>(
    `SELECT e.id, e.kind, ${day('e.on_date')} AS on, e.attended, e.note, e.actor, ${isoTime('e.at')} AS at, w.actor AS "withdrawnBy"
     FROM fire_watch_entry e LEFT JOIN fire_watch_withdrawal w ON w.entry_id = e.id
     WHERE e.holder = $1 ORDER BY e.on_date DESC, e.at DESC LIMIT 200`,
    [holder],
    { prepare: true },
  )
  return { group, members, entries: [...entries] }
}

/** Those in reach, who leads first, at most 200. */
async function listMembers(
  sql: Sql | TransactionSql,
  holder: string,
  reach: Reach,
): Promise<FireWatchMember[]> {
  const parameters: Parameter[] = []
  const bind: Bind = (value) => `$${parameters.push(value)}`
  return [
    ...(await sql.unsafe<FireWatchMember[]>(
      `SELECT layer, feature, min(code) AS code, min(name) AS name, bool_or(role = 'fire-watch-leader') AS leads
       FROM (${membersSql(reach, bind, `d.holder = ${bind(holder)}`)}) held
       GROUP BY layer, feature ORDER BY leads DESC, name, feature LIMIT 200`,
      parameters,
      { prepare: true },
    )),
  ]
}

async function requireGroup(
  sql: Sql | TransactionSql,
  holder: string,
  reach: Reach,
): Promise<FireWatchGroup> {
  const { groups } = await listFireWatch(sql, { holder }, reach, { limit: 1, after: '' })
  if (groups[0]) return groups[0]
  throw new Problem(
    'not-found',
    'There is no fire-watch group of this name in your area. Groups are made by giving premises the duty “fire-watch”.',
  )
}

/** Sent twice, it is there once. Throws not-found, invalid-body for a day that has not come, id-reused. */
export async function recordFireWatch(
  sql: Sql,
  input: FireWatchInput,
  { actor, reach }: CampaignWriter,
): Promise<{ isNew: boolean; group: FireWatchGroup }> {
  return (await sql.begin(async (tx) => {
    await requireGroup(tx, input.holder, reach)
    await requirePast(tx, { '/on': input.on })
    const made = await tx`
      INSERT INTO fire_watch_entry (id, holder, kind, on_date, attended, note, actor, person_id)
      VALUES (${input.id}, ${input.holder}, ${input.kind}, ${input.on}, ${input.attended}, ${input.note}, ${actor.name},
        ${actor.personId ?? null}) ON CONFLICT (id) DO NOTHING RETURNING id`
    if (made.length === 0) {
      const [same] = await tx`
        SELECT id FROM fire_watch_entry WHERE id = ${input.id} AND holder = ${input.holder} AND actor = ${actor.name}`
      if (!same) throw new Problem('id-reused', `The id ${input.id} is of another entry. Give a new one.`)
    }
    const group = await requireGroup(tx, input.holder, reach)
    if (made.length > 0) await tell(tx, actor, input.holder, { after: input, detail: { what: 'fire-watch' } })
    return { isNew: made.length > 0, group }
  })) as { isNew: boolean; group: FireWatchGroup }
}

const tell = async (
  tx: TransactionSql,
  actor: Actor,
  holder: string,
  entry: Parameters<typeof recordRegisterEvent>[3],
) =>
  recordRegisterEvent(
    tx,
    actor,
    { register: 'fire-watch', of: await listMembers(tx, holder, 'everywhere') },
    entry,
  )

/** Says that an entry was recorded by mistake; said twice, it is said once. Throws not-found. */
export async function withdrawFireWatch(
  sql: Sql,
  id: string,
  { actor, reach }: CampaignWriter,
): Promise<FireWatchGroup> {
  return (await sql.begin(async (tx) => {
    const [entry] = await tx<{ holder: string; kind: string; on: string }[]>`
      SELECT holder, kind, to_char(on_date, 'YYYY-MM-DD') AS on FROM fire_watch_entry WHERE id = ${id}`
    if (!entry) throw new Problem('not-found', `There is no entry ${id} of a fire-watch group.`)
    await requireGroup(tx, entry.holder, reach)
    const made = await tx`
      INSERT INTO fire_watch_withdrawal (entry_id, actor, person_id) VALUES (${id}, ${actor.name}, ${actor.personId ?? null})
      ON CONFLICT DO NOTHING RETURNING entry_id`
    const group = await requireGroup(tx, entry.holder, reach)
    if (made.length > 0)
      await tell(tx, actor, entry.holder, {
        before: { id, ...entry },
        detail: { what: 'fire-watch', withdrawn: true },
      })
    return group
  })) as FireWatchGroup
}
