import type { Geometry } from '../shared/geojson.ts'
import type { LayerId } from '../shared/layer.ts'

/** A feature as an edit puts it. Degrees, longitude first, EPSG:4326, on the lattice of 7 decimals. */
export interface Put {
  layer: LayerId
  /** Negative for a feature that does not exist yet: a name inside this change set. */
  id: number
  /** The version that the edit started from; null for a new feature. */
  version: number | null
  geometry: Geometry
  /** What a client may write: satisfies the layer's input schema. */
  properties: Record<string, unknown>
}

export interface Deletion {
  layer: LayerId
  id: number
  version: number
}

/**
 * An edit as a plain value. Undo, audit and live events share it; the server applies all of it or nothing.
 * A put whose id names a deleted feature brings it back when it starts from the deletion, which counts as a version:
 * see afterDeletion. One that started from the version before is stale, like any edit that others overtook.
 */
export interface ChangeSet {
  puts: Put[]
  deletes: Deletion[]
}

/** The most features that one change set may touch. */
export const MAX_CHANGES = 5_000

/** The version to start from in order to bring back a feature that was deleted at `version`. */
export const afterDeletion = (version: number): number => version + 1
