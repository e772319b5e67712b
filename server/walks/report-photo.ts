import type { Photo } from '../../geodata/notes/note.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { addPhoto } from '../photos/add-photo.ts'
import { getPhoto } from '../photos/photo.store.ts'
import type { PhotoStore } from '../photos/photo-store.ts'
import type { Sql } from '../platform/database.ts'
import type { Walker } from './take-entry.ts'

export interface ReportPhoto {
  photo: Photo
  isNew: boolean
}

/** The hazard of one’s own report. Throws not-found, also for a report of someone else. */
export async function findReport(sql: Sql, entryId: string, person: string): Promise<number> {
  const [row] = await sql<{ hazardId: number }[]>`
    SELECT hazard_id AS "hazardId" FROM patrol_entry
    WHERE id = ${entryId} AND person = ${person} AND kind = 'report' AND hazard_id IS NOT NULL`
  if (row) return row.hazardId
  throw new Problem(
    'not-found',
    `There is no report ${entryId} of yours. Send the report first, then its photo.`,
  )
}

/** The photo that came with a key before; undefined: none did. */
export async function findReportPhoto(
  sql: Sql,
  entryId: string,
  key: string,
): Promise<ReportPhoto | undefined> {
  const [row] = await sql<{ photoId: string }[]>`
    SELECT photo_id AS "photoId" FROM patrol_report_photo WHERE key = ${key} AND entry_id = ${entryId}`
  return row && { photo: await getPhoto(sql, row.photoId, 'everywhere'), isNew: false }
}

/**
 * Adds a photo to one’s own report, once for a key however often it is sent: the key is taken in the transaction that writes
 * the photo. Of two that are sent at once, the second is given what the first became.
 */
export async function addReportPhoto(
  { sql, store }: { sql: Sql; store: PhotoStore },
  { entryId, key, hazardId }: { entryId: string; key: string; hazardId: number },
  bytes: Uint8Array,
  { actor }: Walker,
  signal: AbortSignal,
): Promise<ReportPhoto> {
  let isTaken = false
  try {
    const photo = await addPhoto(
      { sql, store },
      bytes,
      {
        layer: 'hazards',
        feature: hazardId,
        note: undefined,
        author: actor,
        reach: 'everywhere',
        claim: async (tx, photoId) => {
          const rows = await tx`
            INSERT INTO patrol_report_photo (key, entry_id, photo_id) VALUES (${key}, ${entryId}, ${photoId})
            ON CONFLICT (key) DO NOTHING RETURNING key`
          isTaken = rows.length === 0
          if (isTaken) throw new Problem('id-reused', `The key ${key} is of another photo. Give a new one.`)
        },
      },
      signal,
    )
    return { photo, isNew: true }
  } catch (error) {
    const before = isTaken ? await findReportPhoto(sql, entryId, key) : undefined
    if (before) return before
    throw error
  }
}
