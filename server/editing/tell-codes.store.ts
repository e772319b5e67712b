import type { CodeChange } from '../../geodata/editing/change-report.schema.ts'
import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import { isCodedLayer } from '../../geodata/shared/codes.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { TransactionSql } from '../platform/database.ts'
import type { Applied } from './apply-changes.store.ts'
import { keyOf } from './find-conflicts.store.ts'

/** Every code that an applied edit gave, changed or took, what followed included. */
export async function codeChanges(
  tx: TransactionSql,
  { puts }: ChangeSet,
  { features, followed, standing }: Applied,
): Promise<CodeChange[]> {
  const changes: CodeChange[] = []
  puts.forEach(({ layer, id }, index) => {
    if (!isCodedLayer(layer)) return
    const { properties } = features[index]!
    const from = (standing.rows.get(keyOf(layer, id))?.input.properties.code ?? null) as string | null
    const to = (properties.code ?? null) as string | null
    if (from !== to) changes.push({ layer, id, name: (properties.name ?? null) as string | null, from, to })
  })
  const names = await namesOf(tx, followed)
  for (const { layer, id, codeBefore, codeAfter } of followed)
    changes.push({ layer, id, name: names.get(keyOf(layer, id)) ?? null, from: codeBefore, to: codeAfter })
  return changes
}

/** What a row is called in a list. */
const NAME: Partial<Record<LayerId, string>> = { buildings: 'coalesce(name, address)', hazards: 'title' }

/** Names by keyOf(); rows without one are left out. */
export async function namesOf(
  tx: TransactionSql,
  rows: { layer: LayerId; id: number }[],
): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const layer of LAYER_IDS) {
    const ids = rows.filter((row) => row.layer === layer).map(({ id }) => id)
    if (ids.length === 0) continue
    const found = await tx.unsafe<{ id: number; name: string | null }[]>(
      `SELECT id, ${NAME[layer] ?? 'name'} AS name FROM ${tableOf(layer)} WHERE id = ANY ($1::bigint[])`,
      [ids],
    )
    for (const { id, name } of found) if (name) names.set(keyOf(layer, id), name)
  }
  return names
}
