import { LAYERS } from '../../geodata/layers.ts'
import type { Note } from '../../geodata/notes/note.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { reachesFeature } from '../access/reaches-feature.store.ts'
import { recordEvents } from '../live/events.store.ts'
import { photoJson, requireSubject, type Subject } from '../photos/photo.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'

const iso = (column: string) => isoTime(`n.${column}`)
const NOTE = `jsonb_build_object('id', n.id, 'version', n.version, 'layer', n.layer, 'feature', n.feature_id,
  'text', n.text, 'author', n.author, 'createdAt', ${iso('created_at')}, 'updatedAt', ${iso('updated_at')},
  'photos', coalesce((SELECT jsonb_agg(${photoJson('p')} ORDER BY p.number) FROM photo p WHERE p.note_id = n.id), '[]'))`

/**
 * Newest first, keyset by id. Also those of a feature that is gone; not those that were deleted themselves. Of a feature
 * out of reach there are none, as of one that there never was.
 */
export async function listNotes(
  sql: Sql,
  { layer, feature }: Subject,
  reach: Reach,
  { limit, before }: { limit: number; before?: number | undefined },
): Promise<{ notes: Note[]; next: number | undefined }> {
  if (!(await reachesFeature(sql, layer, feature, reach))) return { notes: [], next: undefined }
  const rows = await sql.unsafe<{ note: Note }[]>(
    `SELECT ${NOTE} AS note FROM note n
     WHERE n.layer = $1 AND n.feature_id = $2 AND n.id < $3 AND n.deleted_at IS NULL
     ORDER BY n.id DESC LIMIT $4`,
    [layer, feature, before ?? Number.MAX_SAFE_INTEGER, limit + 1],
    { prepare: true },
  )
  const notes = rows.slice(0, limit).map(({ note }) => note)
  return { notes, next: rows.length > limit ? notes.at(-1)!.id : undefined }
}

/** Throws not-found, also for a note on a feature out of reach. */
export async function getNote(sql: Sql, id: number, reach: Reach): Promise<Note> {
  const { note } = await readNote(sql, id, false)
  if (!(await reachesFeature(sql, note.layer, note.feature, reach))) throw noSuchNote(id, false)
  return note
}

/** Who writes, and what they may see: a note on a feature out of reach is none. */
export interface NoteWriter {
  actor: Actor
  reach: Reach
}

/** Throws not-found when the feature is not there. */
export async function createNote(
  sql: Sql,
  subject: Subject,
  text: string,
  { actor, reach }: NoteWriter,
): Promise<Note> {
  return write(sql, actor, async (tx) => {
    await requireSubject(tx, subject, undefined, reach)
    const [row] = await tx<[{ id: number }]>`
      INSERT INTO note (layer, feature_id, author, text)
      VALUES (${subject.layer}, ${subject.feature}, ${actor.name}, ${text}) RETURNING id`
    return { after: (await readNote(tx, row.id, false)).note }
  })
}

/** Throws not-found and version-conflict. */
export async function editNote(
  sql: Sql,
  id: number,
  version: number,
  text: string,
  { actor, reach }: NoteWriter,
): Promise<Note> {
  return write(sql, actor, async (tx) => {
    const before = await lockNote(tx, id, version, false, reach)
    await tx`UPDATE note SET text = ${text}, version = version + 1, updated_at = now() WHERE id = ${id}`
    return { before, after: (await readNote(tx, id, false)).note }
  })
}

/** Hides a note and its photos; restoreNote brings both back. Throws not-found and version-conflict. */
export async function deleteNote(
  sql: Sql,
  id: number,
  version: number,
  { actor, reach }: NoteWriter,
): Promise<void> {
  await write(sql, actor, async (tx) => {
    const before = await lockNote(tx, id, version, false, reach)
    await tx`UPDATE note SET deleted_at = now() WHERE id = ${id}`
    return { before }
  })
}

/** Brings back a note that was deleted at this version. Throws not-found and version-conflict. */
export async function restoreNote(
  sql: Sql,
  id: number,
  version: number,
  { actor, reach }: NoteWriter,
): Promise<Note> {
  return write(sql, actor, async (tx) => {
    await lockNote(tx, id, version, true, reach)
    await tx`UPDATE note SET deleted_at = NULL, version = version + 1 WHERE id = ${id}`
    return { after: (await readNote(tx, id, false)).note }
  })
}

interface Change {
  before?: Note
  after?: Note
}

/** One change of one note in a transaction, told as an event of its feature. */
async function write(sql: Sql, actor: Actor, body: (tx: TransactionSql) => Promise<Change>): Promise<Note> {
  return (await sql.begin(async (tx) => {
    const { before, after } = await body(tx)
    const note = (after ?? before)!
    await recordEvents(tx, actor, [
      {
        kind: 'note',
        layer: note.layer,
        featureId: note.feature,
        ...(before ? { before: { note: before } } : {}),
        ...(after ? { after: { note: after } } : {}),
      },
    ])
    return note
  })) as Note
}

/** `deleted` says which kind is looked for: the other is not found. */
async function readNote(
  sql: Sql | TransactionSql,
  id: number,
  deleted: boolean,
  lock = '',
): Promise<{ note: Note }> {
  const [row] = await sql.unsafe<{ note: Note }[]>(
    `SELECT ${NOTE} AS note FROM note n WHERE n.id = $1 AND (n.deleted_at IS NOT NULL) = $2 ${lock}`,
    [id, deleted] as never[],
    { prepare: true },
  )
  if (row) return row
  throw noSuchNote(id, deleted)
}

const noSuchNote = (id: number, deleted: boolean) =>
  new Problem(
    'not-found',
    deleted
      ? `There is no deleted note ${id}. It may have been brought back already.`
      : `There is no note ${id}. It may have been deleted.`,
  )

/** Locks the row; a writer that comes second waits here and then finds another version. */
async function lockNote(
  tx: TransactionSql,
  id: number,
  version: number,
  deleted: boolean,
  reach: Reach,
): Promise<Note> {
  const { note } = await readNote(tx, id, deleted, 'FOR UPDATE OF n')
  if (!(await reachesFeature(tx, note.layer, note.feature, reach))) throw noSuchNote(id, deleted)
  if (note.version === version) return note
  throw new Problem(
    'version-conflict',
    `You changed version ${version} of the note on ${LAYERS[note.layer].noun.en.toLowerCase()} ${note.feature}, but it is now ` +
      `version ${note.version}. Read it again, apply your change and send it with If-Match: "${note.version}".`,
    { extra: { currentVersion: note.version, current: note } },
  )
}
