import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox, Geometry } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { FeaturesAsOf } from '../api/history.ts'

export interface Difference {
  kind: 'new' | 'gone' | 'changed'
  layer: LayerId
  id: number
  name: string
  /** Before and after, degrees. */
  geometries: Geometry[]
}

export interface Differences {
  list: Difference[]
  /** More is in view than was loaded: what lies beyond was not compared. */
  incomplete: boolean
}

/**
 * What differs between two moments. A feature that only one moment shows is new or gone, unless it is known to have been elsewhere:
 * one that was made before the earlier moment has come into the box.
 */
export function findDifferences(
  layer: LayerId,
  before: FeaturesAsOf,
  after: FeaturesAsOf,
  beforeTime: string,
): Differences {
  // Both lists come in id order; beyond the last id of a cut list nothing is known.
  const known = Math.min(lastKnown(before), lastKnown(after))
  const old = new Map(before.features.map((feature) => [feature.id, feature]))
  const list: Difference[] = []
  const add = (kind: Difference['kind'], feature: StoredFeature, other?: StoredFeature) =>
    list.push({
      kind,
      layer,
      id: feature.id,
      name: nameOf(feature),
      geometries: [feature.geometry, other?.geometry].filter(
        (shape) => shape !== undefined && shape !== null,
      ),
    })
  for (const feature of after.features) {
    if (feature.id > known) continue
    const was = old.get(feature.id)
    old.delete(feature.id)
    if (was) {
      if (was.version !== feature.version) add('changed', feature, was)
    } else if (Date.parse(String(feature.properties.createdAt)) <= Date.parse(beforeTime))
      add('changed', feature)
    else add('new', feature)
  }
  for (const feature of old.values()) if (feature.id <= known) add('gone', feature)
  return { list, incomplete: before.truncated || after.truncated }
}

const lastKnown = ({ features, truncated }: FeaturesAsOf): number =>
  truncated ? (features.at(-1)?.id ?? 0) : Number.POSITIVE_INFINITY

const nameOf = ({ id, properties }: StoredFeature): string => {
  const said = [properties.name, properties.title, properties.code].find(
    (text) => typeof text === 'string' && text,
  )
  return typeof said === 'string' ? said : `#${id}`
}

/** The box of geometries, degrees. */
export function boxAround(boxes: Bbox[]): Bbox | undefined {
  if (boxes.length === 0) return undefined
  return boxes.reduce(([west, south, east, north], box) => [
    Math.min(west, box[0]),
    Math.min(south, box[1]),
    Math.max(east, box[2]),
    Math.max(north, box[3]),
  ])
}
