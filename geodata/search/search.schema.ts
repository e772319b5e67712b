import { z } from 'zod'
import { bbox, layerId, lngLat } from '../shared/wire.schema.ts'

export const searchResultSchema = z.object({
  layer: layerId,
  id: z.int(),
  code: z.string().nullable(),
  name: z
    .string()
    .nullable()
    .describe('Name or title; null for a nameless facility, which its kind describes'),
  kind: z.string().nullable(),
  subtitle: z.string().nullable().describe('Address, or the cells that hold it, smallest first'),
  center: lngLat,
  bbox,
})
export type SearchResult = z.infer<typeof searchResultSchema>
