import { isInShape, toLattice, toShape } from '../../geodata/editing/lattice.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Bench } from './bench.ts'
import { stylesOf } from './hide-originals.ts'
import type { FeatureRef } from './working-set.ts'

const REACH_PIXELS = 8

/** The feature of one layer at a place of the map: one that the draft touches before one in the tiles. */
export function pickFeature(
  bench: Bench,
  drafted: readonly { layer: LayerId; id: number }[],
  layer: LayerId,
  at: LngLat,
): FeatureRef | undefined {
  const { map } = bench.handle
  const point = map.project(at)
  const near = ([lng, lat]: LngLat) => map.project([lng, lat]).dist(point) <= REACH_PIXELS * 1.5
  const own = drafted.findLast(({ layer: other, id }) => {
    const geometry = other === layer ? bench.set.current({ layer, id })?.geometry : undefined
    if (geometry?.type === 'Point') return near(geometry.coordinates)
    if (geometry?.type === 'LineString') return nearLine(geometry.coordinates, at, bench)
    return geometry ? isInShape(toLattice(at), toShape(geometry)) : false
  })
  if (own) return { layer, id: own.id }
  const { x, y } = point
  const styles = stylesOf(map, layer).map(({ id }) => id)
  const options = { layers: styles }
  const [exact] = map.queryRenderedFeatures([x, y], options)
  const around = map.queryRenderedFeatures(
    [
      [x - REACH_PIXELS, y - REACH_PIXELS],
      [x + REACH_PIXELS, y + REACH_PIXELS],
    ],
    options,
  )
  const isArea = (exact ?? around[0])?.geometry.type.endsWith('Polygon')
  const hit = isArea ? exact : (exact ?? around[0])
  if (!hit || hit.properties.cluster_id !== undefined) return undefined
  const id = Number(hit.properties.featureId ?? hit.id)
  return Number.isSafeInteger(id) && id > 0 ? { layer, id } : undefined
}

function nearLine(line: readonly LngLat[], at: LngLat, bench: Bench): boolean {
  const { map } = bench.handle
  const p = map.project(at)
  const points = line.map((position) => map.project(position))
  return points.slice(1).some((b, index) => {
    const a = points[index]!
    const [dx, dy] = [b.x - a.x, b.y - a.y]
    const length2 = dx * dx + dy * dy
    const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2))
    return Math.hypot(a.x + t * dx - p.x, a.y + t * dy - p.y) <= REACH_PIXELS
  })
}
