import type { LayerId } from '../shared/layer.ts'
import { afterDeletion, type ChangeSet, type Put } from './change-set.ts'
import type { StoredInput } from './draft.ts'

/** What the server answered to a change set, as far as undoing needs it. */
export interface SavedChanges {
  /** In the order of the puts. */
  features: { id: number; version: number }[]
}

/**
 * The change set that takes a saved one back: changed features are put as they were, new ones deleted, deleted ones
 * brought back under their ids. `before` gives what a feature was when
 * the change set was made. Stale versions are the server's to refuse. Throws when the answer or a `before` is missing.
 */
export function invertChangeSet(
  changeSet: ChangeSet,
  saved: SavedChanges,
  before: (layer: LayerId, id: number) => StoredInput | null | undefined,
): ChangeSet {
  const inverse: ChangeSet = { puts: [], deletes: [] }
  const putBack = (layer: LayerId, id: number, version: number) => {
    const was = before(layer, id)
    if (!was) throw new Error(`nothing is known of ${layer}/${id} before it was saved`)
    const put: Put = { layer, id, version, geometry: was.geometry, properties: was.properties }
    inverse.puts.push(put)
  }
  changeSet.puts.forEach(({ layer, id, version }, i) => {
    const now = saved.features[i]
    if (!now) throw new Error(`the answer names no feature for put ${i}, ${layer}/${id}`)
    // A put of a negative id, or of a feature that did not exist, made something: undoing removes it.
    if (version === null || !before(layer, id))
      inverse.deletes.push({ layer, id: now.id, version: now.version })
    else putBack(layer, now.id, now.version)
  })
  for (const { layer, id, version } of changeSet.deletes) putBack(layer, id, afterDeletion(version))
  return inverse
}
