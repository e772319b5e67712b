import { readFileSync } from 'node:fs'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { noSuchFeature } from '../features/read.store.ts'
import type { Sql } from '../platform/database.ts'

const STATEMENT = readFileSync(new URL('./topology.sql', import.meta.url), 'utf8')

export interface TopologyFinding {
  kind: 'gap' | 'overlap' | 'stray' | 'invalid'
  layer: LayerId
  id: number
  code: string
  otherId: number | null
  otherCode: string | null
  areaSquareMetres: number | null
  reason: string
  geometry: unknown
}

/** Gaps, overlaps, strays and invalid shapes of a community and all cells in it. Throws not-found. */
export async function readTopology(
  sql: Sql,
  communityId: number,
  toleranceSquareMetres: number,
): Promise<TopologyFinding[]> {
  const [community] = await sql`SELECT FROM community WHERE id = ${communityId}`
  if (!community) throw noSuchFeature('communities', communityId)
  return [...(await sql.unsafe<TopologyFinding[]>(STATEMENT, [communityId, toleranceSquareMetres]))]
}
