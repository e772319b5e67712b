import { z } from 'zod'
import type { StoredFeature } from '../shared/feature.ts'
import { bbox, layerId } from '../shared/wire.schema.ts'

/** One step in what became of a feature. */
export const versionEntrySchema = z
  .object({
    version: z.int().describe('A deletion has the number of the version that it ended'),
    from: z.string(),
    to: z.string().nullable().describe('null: in force'),
    actor: z.string().nullable().describe('null: before anybody was recorded'),
    how: z.enum(['created', 'edited', 'imported', 'restored', 'followed', 'deleted']),
    changeSet: z.object({ id: z.string(), note: z.string().nullable() }).nullable(),
    changed: z.array(z.string()).describe('Properties that differ from the version before, and “geometry”'),
  })
  .meta({ id: 'VersionEntry' })
export type VersionEntry = z.infer<typeof versionEntrySchema>

/** A feature as it was from `from` on, up to `to`; null: it is in force. Sums over what a cell holds are left out. */
export type PastFeature = StoredFeature & Pick<VersionEntry, 'from' | 'to'>

/** A change as the list of the latest ones tells it. */
export const latestEventSchema = z.object({
  id: z.int(),
  at: z.string().describe('The versions that it made are in force then or shortly after, never before'),
  kind: z.string(),
  layer: layerId,
  featureId: z.int().nullable(),
  version: z.int().nullable(),
  actor: z.string(),
  name: z.string().nullable(),
  bbox: bbox.nullable(),
})
export type LatestEvent = z.infer<typeof latestEventSchema>
