import { z } from 'zod'
import { layerId } from '../shared/wire.schema.ts'

/** One violation of the rules of a division into cells, as the topology report lists it. */
export const topologyFindingSchema = z.object({
  kind: z.enum(['gap', 'overlap', 'stray', 'invalid']),
  layer: layerId,
  id: z.int(),
  code: z.string(),
  otherId: z.int().nullable(),
  otherCode: z.string().nullable(),
  areaSquareMetres: z.number().nullable().describe('On WGS 84; null where it has none'),
  reason: z.string(),
  geometry: z.unknown().meta({ type: 'object', description: 'GeoJSON, or null' }),
})
export type TopologyFinding = z.infer<typeof topologyFindingSchema>
