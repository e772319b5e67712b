import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { applyChanges } from '../editing/apply-changes.store.ts'
import { recordEvents } from '../live/events.store.ts'
import type { Sql } from '../platform/database.ts'
import { noSuchFeature } from './read.store.ts'
import { transact } from './transact.store.ts'
import type { FeatureInput } from './write-rows.store.ts'

export type { FeatureInput } from './write-rows.store.ts'

export interface Writer {
  actor: Actor
  /** What they may see and change. */
  reach: Reach
}

/**
 * Stores a new feature with its code, cells and event, in one transaction. Throws invalid-geometry, no-parent,
 * code-mismatch, code-conflict, invalid-body (unknown zone layer), outside-area.
 */
export async function createFeature(
  sql: Sql,
  layer: LayerId,
  input: FeatureInput,
  writer: Writer,
): Promise<StoredFeature> {
  const [feature] = await applyOne(
    sql,
    { puts: [{ layer, id: -1, version: null, ...input }], deletes: [] },
    writer,
  )
  return feature!
}

/**
 * Replaces a feature's geometry and properties if its version is still the expected one. Throws not-found,
 * version-conflict (with the current version) and what createFeature throws.
 */
export async function replaceFeature(
  sql: Sql,
  layer: LayerId,
  id: number,
  expectedVersion: number,
  input: FeatureInput,
  writer: Writer,
): Promise<StoredFeature> {
  const put = { layer, id, version: expectedVersion, ...input }
  const [feature] = await applyOne(sql, { puts: [put], deletes: [] }, writer)
  return feature!
}

/** Deletes a feature if its version is still the expected one. Throws not-found, version-conflict, has-children. */
export async function deleteFeature(
  sql: Sql,
  layer: LayerId,
  id: number,
  expectedVersion: number,
  writer: Writer,
): Promise<void> {
  await applyOne(sql, { puts: [], deletes: [{ layer, id, version: expectedVersion }] }, writer)
}

/** A change set of one feature, which its own routes name: it is not recorded as a set, and its problems say no place. */
async function applyOne(sql: Sql, changes: ChangeSet, { actor, reach }: Writer): Promise<StoredFeature[]> {
  try {
    return await transact(sql, async (tx) => {
      const applied = await applyChanges(tx, changes, { actor, reach, strict: true })
      if ('conflicts' in applied) {
        const [{ layer, id, expectedVersion, current }] = applied.conflicts as [(typeof applied.conflicts)[0]]
        throw current ? versionConflict(expectedVersion, current.version) : noSuchFeature(layer, id)
      }
      await recordEvents(tx, actor, applied.events)
      return applied.features
    })
  } catch (error) {
    if (!(error instanceof Problem) || !error.extra?.at) throw error
    const { at: _, ...extra } = error.extra
    throw new Problem(error.code, error.message, { ...(error.issues ? { issues: error.issues } : {}), extra })
  }
}

export const versionConflict = (expected: number, current: number) =>
  new Problem(
    'version-conflict',
    `You changed version ${expected}, but it is now version ${current}. Fetch it again, apply your change and send it with If-Match: "${current}".`,
    { extra: { currentVersion: current } },
  )
