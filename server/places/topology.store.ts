import { readFileSync } from 'node:fs'
import type { TopologyFinding } from '../../geodata/places/topology.schema.ts'
import { noSuchFeature } from '../features/read.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'

const STATEMENT = readFileSync(new URL('./topology.sql', import.meta.url), 'utf8')

/** Gaps, overlaps, strays and invalid shapes of a community and all cells in it. Throws not-found. */
export async function readTopology(
  sql: Sql | TransactionSql,
  communityId: number,
  toleranceSquareMetres: number,
): Promise<TopologyFinding[]> {
  const [community] = await sql`SELECT FROM community WHERE id = ${communityId}`
  if (!community) throw noSuchFeature('communities', communityId)
  return [...(await sql.unsafe<TopologyFinding[]>(STATEMENT, [communityId, toleranceSquareMetres]))]
}
