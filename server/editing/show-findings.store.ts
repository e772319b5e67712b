import type { FindingsCompared } from '../../geodata/places/compare-findings.ts'
import type { TopologyFinding } from '../../geodata/places/topology.schema.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import { reachedIds } from '../access/reaches-feature.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import { keyOf } from './find-conflicts.store.ts'

const PARENT = { 'micro-grids': 'grids', grids: 'communities', buildings: 'micro-grids' } as const

/** What a stray reaches out of is its parent; what overlaps it is its sibling. */
export const otherLayerOf = ({ kind, layer }: TopologyFinding): LayerId =>
  kind === 'stray' && layer in PARENT ? PARENT[layer as keyof typeof PARENT] : layer

/**
 * Findings as someone may see them. Fresh ones are all told, for the edit made them, but not whom else they concern
 * nor how far they go where that is out of reach. Of those that stand only one's own count.
 */
export async function showFindings(
  tx: TransactionSql,
  { fresh, standing, healed }: FindingsCompared,
  reach: Reach,
): Promise<FindingsCompared> {
  if (reach === 'everywhere') return { fresh, standing, healed }
  const reached = await reachedOf(tx, [...fresh, ...standing], reach)
  const isReached = ({ layer, id }: TopologyFinding) => reached.has(keyOf(layer, id))
  const isOtherReached = (finding: TopologyFinding) =>
    finding.otherId !== null && reached.has(keyOf(otherLayerOf(finding), finding.otherId))
  return {
    fresh: fresh.map((finding) => ({
      ...finding,
      ...(isOtherReached(finding) ? {} : { otherId: null, otherCode: null }),
      ...(isReached(finding) || isOtherReached(finding) ? {} : { geometry: null }),
    })),
    standing: standing.filter((finding) => isReached(finding) || isOtherReached(finding)),
    healed,
  }
}

async function reachedOf(
  tx: TransactionSql,
  findings: TopologyFinding[],
  reach: Reach,
): Promise<Set<string>> {
  const reached = new Set<string>()
  const named = findings.flatMap((finding) => [
    { layer: finding.layer, id: finding.id },
    ...(finding.otherId === null ? [] : [{ layer: otherLayerOf(finding), id: finding.otherId }]),
  ])
  for (const layer of LAYER_IDS) {
    const ids = new Set(named.filter((row) => row.layer === layer).map(({ id }) => id))
    for (const id of await reachedIds(tx, layer, [...ids], reach)) reached.add(keyOf(layer, id))
  }
  return reached
}
