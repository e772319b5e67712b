import type { Conflict } from '../../geodata/editing/change-report.schema.ts'
import { afterDeletion, type ChangeSet } from '../../geodata/editing/change-set.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import { pastReachClause } from '../access/scope.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import { lockRows, readFeatures, type WrittenRow } from '../features/write-rows.store.ts'
import type { TransactionSql } from '../platform/database.ts'

/** A deleted feature: what it needs to come back as the same one. */
export interface Deleted {
  version: number
  row: Record<string, unknown>
}

/** The rows that a change set names and its writer reaches, locked. Keys are keyOf(). */
export interface Standing {
  rows: Map<string, WrittenRow>
  deleted: Map<string, Deleted>
  conflicts: Conflict[]
}

export const keyOf = (layer: LayerId, id: number): string => `${layer}/${id}`

/**
 * Locks every row that the edit names, in one order for all writers, and finds all that are not in the expected
 * version. With `revive`, a put may start from the deletion of a feature, which counts as a version. A row out of
 * reach is none.
 */
export async function lockStanding(
  tx: TransactionSql,
  { puts, deletes }: ChangeSet,
  revive: boolean,
  reach: Reach,
): Promise<Standing> {
  const standing: Standing = { rows: new Map(), deleted: new Map(), conflicts: [] }
  for (const layer of LAYER_IDS) {
    const expected = new Map<number, number>()
    for (const put of puts) if (put.layer === layer && put.version !== null) expected.set(put.id, put.version)
    const revivable = new Set(expected.keys())
    for (const deletion of deletes) if (deletion.layer === layer) expected.set(deletion.id, deletion.version)
    if (expected.size === 0) continue
    const ids = [...expected.keys()]
    const rows = await lockRows(tx, layer, ids, reach)
    const missing = ids.filter((id) => revive && !rows.has(id) && revivable.has(id))
    const deleted = await lastVersions(tx, layer, missing, reach)
    const versionOf = (id: number) => rows.get(id)?.version ?? deletionOf(deleted.get(id))
    const stale = ids.filter((id) => versionOf(id) !== expected.get(id))
    for (const id of ids) {
      const row = rows.get(id)
      const past = deleted.get(id)
      if (row) standing.rows.set(keyOf(layer, id), row)
      else if (past) standing.deleted.set(keyOf(layer, id), past)
    }
    const features = await readFeatures(
      tx,
      layer,
      stale.filter((id) => rows.has(id)),
    )
    for (const id of stale)
      standing.conflicts.push({
        layer,
        id,
        expectedVersion: expected.get(id)!,
        current: features.get(id) ?? null,
      })
  }
  return standing
}

const deletionOf = (past: Deleted | undefined) => past && afterDeletion(past.version)

/** The last version of each of these features that are deleted and were in reach. */
async function lastVersions(
  tx: TransactionSql,
  layer: LayerId,
  ids: number[],
  reach: Reach,
): Promise<Map<number, Deleted>> {
  if (ids.length === 0) return new Map()
  const parameters: (string | number[])[] = [layer, ids]
  const reached = pastReachClause(layer, reach, (more) => `$${parameters.push(more)}`)
  const rows = await tx.unsafe<({ id: number } & Deleted)[]>(
    `SELECT id, version, "row" FROM (
       SELECT DISTINCT ON (v.feature_id) v.feature_id AS id, v.version, v."row", (${reached}) AS reached
       FROM feature_version v
       WHERE v.layer = $1 AND v.feature_id = ANY ($2::bigint[])
         AND NOT EXISTS (SELECT FROM ${tableOf(layer)} t WHERE t.id = v.feature_id)
       ORDER BY v.feature_id, v.version DESC
     ) last WHERE reached`,
    parameters,
  )
  return new Map(rows.map(({ id, version, row }) => [id, { version, row }]))
}

export function conflictProblem(conflicts: Conflict[]): Problem {
  const gone = conflicts.filter(({ current }) => current === null).length
  const count = conflicts.length === 1 ? '1 feature is' : `${conflicts.length} features are`
  return new Problem(
    'version-conflict',
    `${count} no longer what you started from${gone > 0 ? ` (${gone} deleted)` : ''}; nothing was changed. Look at what they are now in “conflicts” and send the edit again with those versions.`,
    { extra: { conflicts } },
  )
}
