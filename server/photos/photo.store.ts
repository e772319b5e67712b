import { LAYERS } from '../../geodata/layers.ts'
import type { Photo } from '../../geodata/notes/note.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { reachedIds, reachesFeature } from '../access/reaches-feature.store.ts'
import { noSuchFeature } from '../features/read.store.ts'
import { recordEvents } from '../live/events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'

export interface Subject {
  layer: LayerId
  feature: number
}

/** A photo as JSON; `alias` names the table photo in the query. */
export const photoJson = (alias: string) => `jsonb_build_object('id', ${alias}.id, 'layer', ${alias}.layer,
  'feature', ${alias}.feature_id, 'note', ${alias}.note_id, 'width', ${alias}.width, 'height', ${alias}.height,
  'bytes', ${alias}.bytes, 'author', ${alias}.author,
  'createdAt', ${isoTime(`${alias}.created_at`)})`

/** A photo is seen unless its note was deleted. */
const SEEN = 'NOT EXISTS (SELECT FROM note n WHERE n.id = p.note_id AND n.deleted_at IS NOT NULL)'

/** Newest first; none of a feature out of reach. `note`: those of one note; null: those of no note; undefined: all. */
export async function listPhotos(
  sql: Sql,
  { layer, feature }: Subject,
  reach: Reach,
  { note, limit, before }: { note?: number | null | undefined; limit: number; before?: number | undefined },
): Promise<{ photos: Photo[]; next: number | undefined }> {
  if (!(await reachesFeature(sql, layer, feature, reach))) return { photos: [], next: undefined }
  const rows = await sql.unsafe<{ photo: Photo; number: number }[]>(
    `SELECT ${photoJson('p')} AS photo, p.number FROM photo p
     WHERE p.layer = $1 AND p.feature_id = $2 AND p.number < $3 AND ($4 OR p.note_id IS NOT DISTINCT FROM $5::bigint)
       AND ${SEEN} ORDER BY p.number DESC LIMIT $6`,
    [
      layer,
      feature,
      before ?? Number.MAX_SAFE_INTEGER,
      note === undefined,
      note ?? null,
      limit + 1,
    ] as never[],
    { prepare: true },
  )
  const page = rows.slice(0, limit)
  return {
    photos: page.map(({ photo }) => photo),
    next: rows.length > limit ? page.at(-1)!.number : undefined,
  }
}

/** Throws not-found, also for a photo whose note was deleted or whose feature is out of reach. */
export async function getPhoto(sql: Sql, id: string, reach: Reach): Promise<Photo> {
  const [row] = await sql.unsafe<{ photo: Photo }[]>(
    `SELECT ${photoJson('p')} AS photo FROM photo p WHERE p.id = $1 AND ${SEEN}`,
    [id],
    { prepare: true },
  )
  if (!row || !(await reachesFeature(sql, row.photo.layer, row.photo.feature, reach))) throw noSuchPhoto(id)
  return row.photo
}

/** Throws not-found unless the feature is there and in reach, and its note, if one is named. */
export async function requireSubject(
  sql: Sql | TransactionSql,
  { layer, feature }: Subject,
  note: number | undefined,
  reach: Reach,
): Promise<void> {
  const reached = await reachedIds(sql, layer, [feature], reach)
  if (reached.size === 0) throw noSuchFeature(layer, feature)
  if (note === undefined) return
  const [found] = await sql`
    SELECT id FROM note WHERE id = ${note} AND layer = ${layer} AND feature_id = ${feature} AND deleted_at IS NULL`
  if (!found)
    throw new Problem(
      'not-found',
      `The ${LAYERS[layer].noun.en.toLowerCase()} ${feature} has no note ${note}. It may have been deleted.`,
    )
}

/** Says, before its first file is stored, that the files of this photo may come to lie loose. */
export async function announcePhoto(sql: Sql, id: string): Promise<void> {
  await sql`INSERT INTO photo_loose (id) VALUES (${id})`
}

export interface NewPhoto extends Subject {
  id: string
  note: number | undefined
  author: Actor
  reach: Reach
  /** Runs in the transaction that writes the photo; what it throws leaves no photo. */
  claim?: (tx: TransactionSql, photoId: string) => Promise<void>
  width: number
  height: number
  bytes: number
}

/** Writes the row of a photo whose files are stored. Throws not-found, and unavailable when the sweep came first. */
export async function insertPhoto(sql: Sql, photo: NewPhoto): Promise<Photo> {
  return (await sql.begin(async (tx) => {
    const { id, layer, feature, note, author, reach, width, height, bytes } = photo
    await requireSubject(tx, photo, note, reach)
    const claimed = await tx`DELETE FROM photo_loose WHERE id = ${id} AND NOT doomed RETURNING id`
    if (claimed.length === 0)
      throw new Problem('unavailable', 'The upload took so long that it was given up. Send the photo again.')
    const [row] = await tx.unsafe<{ photo: Photo }[]>(
      `INSERT INTO photo AS p (id, layer, feature_id, note_id, author, width, height, bytes)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${photoJson('p')} AS photo`,
      [id, layer, feature, note ?? null, author.name, width, height, bytes] as never[],
      { prepare: true },
    )
    await photo.claim?.(tx, id)
    await recordEvents(tx, author, [
      { kind: 'note', layer, featureId: feature, after: { photo: row!.photo } },
    ])
    return row!.photo
  })) as Photo
}

/** The records that tell of the photo p and only grow: the history of its case, visits of campaigns. */
const RECORDS = `
  SELECT e.seq, true AS in_case FROM case_entry e
  WHERE p.layer = 'hazards' AND e.hazard_id = p.feature_id AND e.photos @> ARRAY[p.id]
  UNION ALL SELECT v.seq, false FROM campaign_visit v WHERE v.photos @> ARRAY[p.id]`

/** Deletes the row; its files lie loose from then on. Throws not-found, also for a photo of a feature out of reach, and wrong-state for one that a record tells of. */
export async function deletePhotoRow(
  sql: Sql,
  id: string,
  { actor, reach }: { actor: Actor; reach: Reach },
): Promise<void> {
  await sql.begin(async (tx) => {
    const [row] = await tx.unsafe<{ photo: Photo }[]>(
      `DELETE FROM photo p WHERE p.id = $1 AND ${SEEN} RETURNING ${photoJson('p')} AS photo`,
      [id],
      { prepare: true },
    )
    if (!row) throw noSuchPhoto(id)
    const { layer, feature } = row.photo
    if (!(await reachesFeature(tx, layer, feature, reach))) throw noSuchPhoto(id)
    const [told] = await tx.unsafe<{ seq: number; inCase: boolean }[]>(
      `SELECT told.seq, told.in_case AS "inCase" FROM (SELECT $1::uuid AS id, $2::text AS layer, $3::bigint AS feature_id) p,
         LATERAL (${RECORDS}) told LIMIT 1`,
      [id, layer, feature],
    )
    if (told)
      throw new Problem(
        'wrong-state',
        told.inCase
          ? `The photo stands in the history of the case, in entry ${told.seq}, which only grows. It stays.`
          : `The photo stands in visit ${told.seq} of a campaign to this place, and visits are kept as they were. It stays.`,
      )
    await tx`INSERT INTO photo_loose (id, doomed) VALUES (${id}, true)`
    await recordEvents(tx, actor, [{ kind: 'note', layer, featureId: feature, before: { photo: row.photo } }])
  })
}

/** The files are gone: nothing of the photo is left. */
export async function forgetLoose(sql: Sql, id: string): Promise<void> {
  await sql`DELETE FROM photo_loose WHERE id = ${id}`
}

/** Tells whether the photo has no row, and sees to it that it gets none. */
export async function doomPhoto(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql`UPDATE photo_loose SET doomed = true WHERE id = ${id} RETURNING id`
  return rows.length > 0
}

/**
 * Photos whose files are to be removed now: deleted ones, and uploads begun longer ago than `uploadMinutes`, which from
 * now on come too late.
 */
export async function doomLoose(sql: Sql, uploadMinutes: number, limit: number): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    UPDATE photo_loose SET doomed = true WHERE id IN (
      SELECT id FROM photo_loose WHERE doomed OR since < now() - ${uploadMinutes} * interval '1 minute'
      ORDER BY since LIMIT ${limit})
    RETURNING id`
  return rows.map(({ id }) => id)
}

/** Deletes the rows of photos whose notes were deleted longer ago than `keepDays`, but for those that records tell of; their files lie loose from then on. */
export async function dropPhotosOfDeletedNotes(sql: Sql, keepDays: number): Promise<void> {
  await sql`
    WITH gone AS (
      DELETE FROM photo p USING note n
      WHERE n.id = p.note_id AND n.deleted_at < now() - ${keepDays} * interval '1 day'
        AND NOT EXISTS (${sql.unsafe(RECORDS)})
      RETURNING p.id)
    INSERT INTO photo_loose (id, doomed) SELECT id, true FROM gone`
}

const noSuchPhoto = (id: string) =>
  new Problem('not-found', `There is no photo ${id}. It may have been deleted.`)
