import { z } from 'zod'
import { LAYER_IDS } from '../shared/layer.ts'

const count = z.int().min(0)

const layerReport = z.object({
  read: count.describe('Features that the file gives for this layer'),
  created: count,
  updated: count,
  unchanged: count,
  keptLocal: count.describe('Edited here since their last import, so the file did not overwrite them'),
  rejected: count.describe('Refused by the database; the reasons are under skipped'),
  removed: count.describe('Stretches of a road that the file cuts differently'),
  notInFile: count.describe('Of an earlier extract of the same area, not in this file; they were kept'),
})

/** What an import read, kept and left out, and why. Stored with the batch and answered by the API. */
export const importReportSchema = z.object({
  kind: z.enum(['osm', 'geojson']),
  fileName: z.string(),
  fileSha256: z.string(),
  source: z.string(),
  attribution: z.string().nullable(),
  licence: z.string().nullable(),
  dryRun: z.boolean(),
  changed: z.boolean().describe('false: everything was there already, nothing was written'),
  batchId: z.int().nullable().describe('null when nothing was written'),
  read: z
    .record(z.string(), count)
    .describe('Objects in the file by kind: nodes, ways, relations or features'),
  layers: z.partialRecord(z.enum(LAYER_IDS), layerReport),
  skipped: z.object({
    total: count,
    reasons: z.array(z.object({ reason: z.string(), count })),
    items: z.array(z.object({ feature: z.string(), reason: z.string() })).describe('The first 1000'),
  }),
  altered: z
    .object({ total: count, items: z.array(z.object({ feature: z.string(), change: z.string() })) })
    .describe('Features that were taken with their shape or code changed; the first 1000'),
  unknownProperties: z.array(z.object({ property: z.string(), count })),
  notes: z.array(z.object({ note: z.string(), count })),
  network: z
    .object({
      segments: count,
      kilometres: z.number(),
      walkableKilometres: z.number(),
      components: count,
      largestShare: z.number().describe('Share of the walkable length in the largest connected part, 0–1'),
    })
    .nullable(),
  overlappingCommunities: z.array(
    z.object({ first: z.string(), second: z.string(), squareMetres: z.number() }),
  ),
  unassigned: z
    .object({
      buildings: count,
      facilities: count,
      checkpoints: count,
      hazards: count,
      buildingIds: z
        .array(z.string())
        .describe('Source ids of the first 100 buildings outside every community'),
    })
    .describe('Over the whole database'),
})

export type ImportReport = z.infer<typeof importReportSchema>
export type LayerReport = z.infer<typeof layerReport>

/** An import that was written, without its report. */
export const importBatchSchema = z
  .object({
    id: z.int(),
    createdAt: z.string(),
    kind: z.string().describe('demo for the demo area, whose report has a form of its own'),
    fileName: z.string().nullable(),
    source: z.string(),
    attribution: z.string().nullable(),
    licence: z.string().nullable(),
  })
  .meta({ id: 'Import' })
export type ImportBatch = z.infer<typeof importBatchSchema>
