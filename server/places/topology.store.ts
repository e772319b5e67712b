import { readFileSync } from 'node:fs'
import type { TopologyFinding } from '../../geodata/places/topology.schema.ts'
import type { Reach } from '../access/reach.ts'
import { reachedIds } from '../access/reaches-feature.store.ts'
import { noSuchFeature } from '../features/read.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { runCancellable } from '../platform/run-cancellable.store.ts'

const STATEMENT = readFileSync(new URL('./topology.sql', import.meta.url), 'utf8')

/**
 * Gaps, overlaps, strays and invalid shapes of a community and all cells in it. Another community that overlaps it and
 * is out of reach has neither id nor code. Outside a transaction the query ends when `signal` aborts. Throws not-found.
 */
export async function readTopology(
  sql: Sql | TransactionSql,
  communityId: number,
  toleranceSquareMetres: number,
  reach: Reach,
  signal?: AbortSignal,
): Promise<TopologyFinding[]> {
  const found = await reachedIds(sql, 'communities', [communityId], reach)
  if (!found.has(communityId)) throw noSuchFeature('communities', communityId)
  const values = [communityId, toleranceSquareMetres]
  // What stops a transaction is for its own statements to say.
  const findings =
    signal && 'begin' in sql
      ? await runCancellable<TopologyFinding>(sql, STATEMENT, values, signal)
      : await sql.unsafe<TopologyFinding[]>(STATEMENT, values)
  const others = findings.flatMap(({ layer, otherId }) =>
    layer === 'communities' && otherId !== null ? [otherId] : [],
  )
  const reached = await reachedIds(sql, 'communities', others, reach)
  return findings.map((finding) =>
    finding.layer !== 'communities' || finding.otherId === null || reached.has(finding.otherId)
      ? finding
      : { ...finding, otherId: null, otherCode: null },
  )
}
