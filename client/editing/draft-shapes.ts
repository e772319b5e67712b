import type { StoredInput, Touched } from '../../geodata/editing/draft.ts'
import { isEqual } from '../../geodata/editing/is-equal.ts'
import { toLngLat, toShape } from '../../geodata/editing/lattice.ts'
import { pointInside } from '../../geodata/editing/point-inside.ts'
import type { Geometry, LngLat } from '../../geodata/shared/geojson.ts'
import type { DraftShape } from './overlay.ts'

/** What the draft looks like on the map: old outline and new one, new features marked +, deleted ones ×. */
export function draftShapes(touched: readonly Touched[]): DraftShape[] {
  return touched.flatMap(({ state, base, now }): DraftShape[] => {
    if (state === 'deleted' && base) return [{ role: 'deleted', geometry: base.geometry }, mark('×', base)]
    if (!now) return []
    if (state === 'new' || !base) return [{ role: 'new', geometry: now.geometry }, mark('+', now)]
    const moved = !isEqual(base.geometry, now.geometry)
    return [
      ...(moved ? [{ role: 'old' as const, geometry: base.geometry }] : []),
      { role: 'changed', geometry: now.geometry },
    ]
  })
}

const mark = (sign: string, { geometry }: StoredInput): DraftShape => ({
  role: 'mark',
  mark: sign,
  geometry: { type: 'Point', coordinates: anchorOf(geometry) },
})

/** Where a sign or a label of a geometry belongs. */
export function anchorOf(geometry: Geometry): LngLat {
  if (geometry.type === 'Point') return geometry.coordinates
  if (geometry.type === 'LineString')
    return geometry.coordinates[Math.floor(geometry.coordinates.length / 2)]!
  const [part] = toShape(geometry)
  return part ? toLngLat(pointInside(part)) : [0, 0]
}
