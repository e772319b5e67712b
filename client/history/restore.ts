import { afterDeletion } from '../../geodata/editing/change-set.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { saveChanges } from '../api/changes.ts'
import { newUuid } from '../ui/new-uuid.ts'

/** The version in force, or the last one of what was deleted. */
export interface Present {
  feature: StoredFeature
  deleted: boolean
}

/**
 * Puts a version of a feature back as a change set and returns how to undo it. Throws ApiError: version-conflict when the feature
 * has moved on since.
 */
export async function restoreVersion(
  layer: LayerId,
  past: StoredFeature,
  { feature: present, deleted }: Present,
): Promise<() => Promise<unknown>> {
  const put = (shape: StoredFeature, version: number) => {
    if (!shape.geometry) throw new Error(`${layer}/${shape.id} version ${shape.version} has no geometry`)
    // The state and the deadline of a hazard follow its case, which goes on from where it is.
    const { state, dueAt } = present.properties
    const properties = layer === 'hazards' ? { ...shape.properties, state, dueAt } : shape.properties
    return { layer, id: shape.id, version, geometry: shape.geometry, properties }
  }
  const from = deleted ? afterDeletion(present.version) : present.version
  const saved = await saveChanges(newUuid(), { puts: [put(past, from)], deletes: [] })
  const { version } = saved.features[0]!
  // Made once: undoing twice by mistake is one change set.
  const undoId = newUuid()
  return () =>
    saveChanges(
      undoId,
      deleted
        ? { puts: [], deletes: [{ layer, id: present.id, version }] }
        : { puts: [put(present, version)], deletes: [] },
    )
}
