import { describe, expect, test } from 'vitest'
import { LAYERS } from '../layers.ts'
import type { IncomingFeature } from '../shared/feature.ts'
import type { LngLat, MultiPolygon } from '../shared/geojson.ts'
import { LAYER_IDS } from '../shared/layer.ts'
import { type DemoLayers, generateDemo } from './generate-demo.ts'
import { crossing, isInside, isSimple, ringArea } from './plane.ts'

const polygons = (feature: IncomingFeature) => (feature.geometry as MultiPolygon).coordinates
const codeOf = (feature: IncomingFeature) => feature.properties.code as string

/** Degrees, scaled so that areas are square metres near enough for ratios. */
const areaOf = (feature: IncomingFeature) =>
  polygons(feature).reduce(
    (sum, rings) => sum + rings.reduce((part, ring) => part + ringArea(ring.slice(0, -1)), 0),
    0,
  ) * 1e10

const childArea = (children: IncomingFeature[], parentCode: string) =>
  children
    .filter((child) => codeOf(child).startsWith(parentCode))
    .reduce((sum, child) => sum + areaOf(child), 0)

function boxOf(feature: IncomingFeature) {
  const points = polygons(feature).flat(2)
  const xs = points.map((p) => p[0])
  const ys = points.map((p) => p[1])
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const
}

/** Pairs of features whose boxes touch, by a grid of about 60 metres. */
function nearPairs(features: IncomingFeature[]): [number, number][] {
  const cell = 0.0006
  const boxes = features.map(boxOf)
  const buckets = new Map<string, number[]>()
  const pairs: [number, number][] = []
  const seen = new Set<number>()
  boxes.forEach((box, i) => {
    for (let x = Math.floor(box[0] / cell); x <= Math.floor(box[2] / cell); x++) {
      for (let y = Math.floor(box[1] / cell); y <= Math.floor(box[3] / cell); y++) {
        const bucket = buckets.get(`${x},${y}`) ?? []
        for (const j of bucket) {
          const other = boxes[j]!
          const apart =
            box[0] > other[2] ||
            other[0] > box[2] ||
            box[1] > other[3] ||
            other[1] > box[3] ||
            seen.has(j * 1e6 + i)
          seen.add(j * 1e6 + i)
          if (!apart) pairs.push([j, i])
        }
        bucket.push(i)
        buckets.set(`${x},${y}`, bucket)
      }
    }
  })
  return pairs
}

function overlap(a: IncomingFeature, b: IncomingFeature): boolean {
  const [one, other] = [polygons(a)[0]![0]!, polygons(b)[0]![0]!]
  for (let i = 0; i + 1 < one.length; i++) {
    for (let j = 0; j + 1 < other.length; j++) {
      if (crossing(one[i]!, one[i + 1]!, other[j]!, other[j + 1]!)) return true
    }
  }
  return isInside(one[0]!, other) || isInside(other[0]!, one)
}

/** Share of the network's segments in its largest connected part. */
function largestComponentShare(roads: IncomingFeature[]): number {
  const parent = new Map<string, string>()
  const root = (key: string): string => {
    let at = key
    while (parent.get(at) !== at) at = parent.get(at)!
    parent.set(key, at)
    return at
  }
  const ends = roads.map(({ geometry }) => {
    const line = geometry.coordinates as LngLat[]
    return [String(line[0]), String(line.at(-1))] as const
  })
  for (const key of ends.flat()) if (!parent.has(key)) parent.set(key, key)
  for (const [a, b] of ends) parent.set(root(a), root(b))
  const sizes = new Map<string, number>()
  for (const [a] of ends) sizes.set(root(a), (sizes.get(root(a)) ?? 0) + 1)
  return Math.max(...sizes.values()) / roads.length
}

const demo = generateDemo({ seed: 1 })

describe('the demo area', () => {
  test('is the same for the same seed, and another for another', () => {
    const small = (seed: number) => JSON.stringify(generateDemo({ seed, buildings: 400 }))
    expect(small(5)).toBe(small(5))
    expect(small(5)).not.toBe(small(6))
  })

  test.each([1, 2, 3])('has 3,000 buildings within a tenth (seed %i)', (seed) => {
    const { buildings } = seed === 1 ? demo : generateDemo({ seed })
    expect(Math.abs(buildings.length - 3000)).toBeLessThanOrEqual(300)
  })

  test.each(LAYER_IDS)(
    'every feature of %s passes the schema that the API checks with, ids unique',
    (layer) => {
      expect(demo[layer].length).toBeGreaterThan(0)
      for (const { properties } of demo[layer]) {
        expect(LAYERS[layer].input.parse(properties)).toEqual(properties)
      }
      expect(new Set(demo[layer].map(({ sourceId }) => sourceId)).size).toBe(demo[layer].length)
    },
  )

  test('codes are unique, fictional, and begin with a parent that is there', () => {
    const chain = ['communities', 'grids', 'micro-grids', 'buildings'] as const
    chain.forEach((layer, level) => {
      const codes = demo[layer].map(codeOf)
      expect(new Set(codes).size).toBe(codes.length)
      expect(codes.every((code) => code.startsWith('990101001'))).toBe(true)
      if (level === 0) return
      const parents = new Set(demo[chain[level - 1]!].map(codeOf))
      const lengths = { grids: 12, 'micro-grids': 15, buildings: 17, communities: 9 }
      expect(codes.every((code) => parents.has(code.slice(0, lengths[layer])))).toBe(true)
    })
  })

  test('children fill their parent: neither gap nor overlap, to a millionth of its area', () => {
    for (const [parents, children] of [
      [demo.communities, demo.grids],
      [demo.grids, demo['micro-grids']],
    ] as const) {
      for (const parent of parents) {
        expect(childArea(children, codeOf(parent)) / areaOf(parent)).toBeCloseTo(1, 6)
      }
    }
  })

  test('neighbouring cells have the same vertices on their shared border, T-junctions included', () => {
    const sides = new Map<string, number>()
    for (const cell of demo['micro-grids']) {
      for (const ring of polygons(cell).flat()) {
        for (let i = 0; i + 1 < ring.length; i++) {
          const key = [String(ring[i]), String(ring[i + 1])].sort().join(' ')
          sides.set(key, (sides.get(key) ?? 0) + 1)
        }
      }
    }
    const onOutside = new Set<string>()
    for (const community of demo.communities) {
      for (const ring of polygons(community).flat()) {
        for (let i = 0; i + 1 < ring.length; i++) {
          onOutside.add([String(ring[i]), String(ring[i + 1])].sort().join(' '))
        }
      }
    }
    for (const [side, times] of sides) {
      if (!onOutside.has(side)) expect(times).toBe(2)
    }
  })

  test('no building overlaps another', () => {
    const found = nearPairs(demo.buildings).filter(([i, j]) =>
      overlap(demo.buildings[i]!, demo.buildings[j]!),
    )
    expect(found.map(([i, j]) => `${demo.buildings[i]!.sourceId} ${demo.buildings[j]!.sourceId}`)).toEqual([])
  })

  test('every building lies wholly in the micro-grid that its code names', () => {
    const rings = new Map(demo['micro-grids'].map((cell) => [codeOf(cell), polygons(cell).flat()]))
    for (const building of demo.buildings) {
      const cell = rings.get(codeOf(building).slice(0, 17))!
      for (const corner of polygons(building)[0]![0]!) {
        // Even-odd over all rings: inside the cell, outside its holes.
        expect(cell.filter((ring) => isInside(corner, ring)).length % 2).toBe(1)
      }
    }
  })

  test('nine of ten general grids have 300 to 500 households', () => {
    const general = demo.grids.filter(({ properties }) => properties.kind === 'general')
    const households = general.map((grid) =>
      demo.buildings
        .filter((building) => codeOf(building).startsWith(codeOf(grid)))
        .reduce((sum, { properties }) => sum + (properties.households as number), 0),
    )
    const fitting = households.filter((count) => count >= 300 && count <= 500)
    expect(fitting.length / general.length).toBeGreaterThanOrEqual(0.9)
  })

  test('roads meet only at their ends and 99 % of them hang together', () => {
    expect(largestComponentShare(demo.roads)).toBeGreaterThanOrEqual(0.99)
    const inner = new Map<string, number>()
    const ends = new Set<string>()
    for (const { geometry } of demo.roads) {
      const line = geometry.coordinates as LngLat[]
      ends.add(String(line[0])).add(String(line.at(-1)))
      for (const point of line.slice(1, -1)) inner.set(String(point), (inner.get(String(point)) ?? 0) + 1)
    }
    for (const [point, times] of inner) {
      expect(times).toBe(1)
      expect(ends.has(point)).toBe(false)
    }
  })

  test('hazards are counted back from the given time: none is reported in the future', () => {
    const nowIso = '2026-06-30T08:00:00.000Z'
    const { hazards } = generateDemo({ seed: 1, nowIso })
    const ages = hazards.map(
      ({ properties }) => Date.parse(nowIso) - Date.parse(properties.reportedAt as string),
    )
    expect(Math.min(...ages)).toBeGreaterThan(0)
    expect(Math.max(...ages)).toBeLessThan(91 * 86_400_000)
    const closed = hazards.filter(({ properties }) => properties.state === 'closed')
    expect(closed.length / hazards.length).toBeGreaterThan(0.5)
  })

  test('an area of several sub-districts keeps the hierarchy and the shared borders', () => {
    const large: DemoLayers = generateDemo({ seed: 2, buildings: 20_000 })
    expect(Math.abs(large.buildings.length - 20_000)).toBeLessThan(2000)
    const total = (features: IncomingFeature[]) => features.reduce((sum, feature) => sum + areaOf(feature), 0)
    expect(total(large.grids) / total(large.communities)).toBeCloseTo(1, 8)
    expect(total(large['micro-grids']) / total(large.communities)).toBeCloseTo(1, 8)
    expect(new Set(large.communities.map((community) => codeOf(community).slice(0, 9))).size).toBe(7)
    expect(new Set(large.buildings.map(codeOf)).size).toBe(large.buildings.length)
    expect(largestComponentShare(large.roads)).toBeGreaterThanOrEqual(0.99)
    // Corners where the creek meets the canal are where cells once crossed themselves.
    const rings = large['micro-grids'].flatMap((cell) => polygons(cell).flat())
    expect(rings.filter((ring) => !isSimple(ring.slice(0, -1)))).toEqual([])
  }, 60_000)
})
