import { z } from 'zod'
import { bbox, layerId } from '../shared/wire.schema.ts'

const layerCounts = z.partialRecord(layerId, z.int())
export type LayerCounts = z.infer<typeof layerCounts>

/** Features of each layer. A layer that cannot be asked what the filter asks, such as communities in a grid, has none. */
export const countsSchema = z.object({ counts: layerCounts, hazardsOpen: z.int() })
export type ViewCounts = z.infer<typeof countsSchema>

/** What a page needs before it can draw: what is there, where, whose it is and how fresh. */
export const workspaceSchema = z.object({
  name: z.string().nullable().describe('What the area is called; null until someone names it'),
  demo: z.boolean(),
  empty: z.boolean(),
  engine: z.enum(['embedded', 'postgres']),
  bbox: bbox.nullable(),
  counts: layerCounts,
  attributions: z.array(z.object({ attribution: z.string(), licence: z.string().nullable() })),
  basemap: z.object({ kind: z.enum(['style', 'pmtiles']), url: z.string() }).nullable(),
  reviewNumber: z.string().nullable(),
  dataTime: z.string().nullable(),
  eventId: z.int(),
})
export type Workspace = z.infer<typeof workspaceSchema>
