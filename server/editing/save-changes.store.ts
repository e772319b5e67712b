import { createHash } from 'node:crypto'
import type { SavedChanges } from '../../geodata/editing/change-report.schema.ts'
import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { transact } from '../features/transact.store.ts'
import { type NewEvent, recordEvents } from '../live/events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { type Applied, applyChanges } from './apply-changes.store.ts'
import { conflictProblem } from './find-conflicts.store.ts'

/** How long an answer is kept for a writer that did not get it. */
const ANSWER_DAYS = 7

export interface NewChangeSet {
  id: string
  note: string | undefined
  actor: Actor
  reach: Reach
  changes: ChangeSet
}

/**
 * Applies a change set and records it, in one transaction; one that was applied before is answered as it was then.
 * Throws version-conflict (`conflicts`), id-reused, and what applyChanges throws.
 */
export async function saveChanges(sql: Sql, set: NewChangeSet): Promise<SavedChanges> {
  const { id, actor, reach, changes } = set
  return transact(sql, async (tx) => {
    const earlier = await claim(tx, set)
    if (earlier) return earlier
    const applied = await applyChanges(tx, changes, { actor, reach, changeSetId: id })
    if ('conflicts' in applied) throw conflictProblem(applied.conflicts)
    const answer = await record(tx, set, applied)
    await recordEvents(tx, actor, applied.events)
    return answer
  })
}

/** Takes the id; a writer that sends the same one at the same time waits here. Returns the answer if it was taken before. */
async function claim(
  tx: TransactionSql,
  { id, note, actor, changes }: NewChangeSet,
): Promise<SavedChanges | undefined> {
  const hash = createHash('sha256')
    .update(JSON.stringify([note ?? null, changes]))
    .digest('base64url')
  const [fresh] = await tx`
    INSERT INTO change_set (id, at, actor, note, request_hash)
    VALUES (${id}, clock_timestamp(), ${actor.name}, ${note ?? null}, ${hash}) ON CONFLICT (id) DO NOTHING RETURNING id`
  if (fresh) return undefined
  const [earlier] = await tx<
    { at: Date; actor: string; request_hash: string; answer: SavedChanges | null }[]
  >`SELECT at, actor, request_hash, answer FROM change_set WHERE id = ${id}`
  // What one was answered is not for another, who may see less.
  if (earlier!.request_hash !== hash || earlier!.actor !== actor.name)
    throw new Problem(
      'id-reused',
      `The change set ${id} was applied at ${earlier!.at.toISOString()} with other changes, or by someone else. Nothing was changed now; send this one under an id of its own.`,
    )
  if (earlier!.answer) return earlier!.answer
  throw new Problem(
    'id-reused',
    `The change set ${id} was applied at ${earlier!.at.toISOString()}, so long ago that its answer is no longer kept. It was not applied again.`,
  )
}

async function record(
  tx: TransactionSql,
  { id, changes }: NewChangeSet,
  { features, ids, followed, events }: Applied,
): Promise<SavedChanges> {
  const [moment] = await tx<[{ at: Date }]>`SELECT gridward_now() AS at`
  const answer: SavedChanges = {
    id,
    at: moment.at.toISOString(),
    features,
    ids,
    deleted: changes.deletes.map(({ layer, id }) => ({ layer, id })),
    followed: followed.map(({ event: _, ...row }) => row),
  }
  const [west, south, east, north] = boxOf(events)
  await tx`
    UPDATE change_set SET at = gridward_now(), puts = ${changes.puts.length}, deletes = ${changes.deletes.length},
      followed = ${followed.length}, west = ${west}, south = ${south}, east = ${east}, north = ${north},
      answer = ${tx.json(answer as never)}
    WHERE id = ${id}`
  // Two writers that came to the same old sets in different orders would wait for each other.
  await tx`
    UPDATE change_set SET answer = NULL WHERE id IN (
      SELECT id FROM change_set WHERE answer IS NOT NULL AND at < now() - make_interval(days => ${ANSWER_DAYS})
      FOR UPDATE SKIP LOCKED)`
  return answer
}

const boxOf = (events: NewEvent[]): Bbox => {
  const boxes = events.flatMap(({ box }) => (box ? [box] : []))
  const ends = (side: 0 | 1 | 2 | 3, end: typeof Math.min) =>
    boxes.reduce((so, box) => end(so, box[side]), boxes[0]![side])
  return [ends(0, Math.min), ends(1, Math.min), ends(2, Math.max), ends(3, Math.max)]
}
