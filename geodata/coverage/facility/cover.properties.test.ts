import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildGraph } from '../../network/build-graph.ts'
import { nearest } from '../../network/nearest.ts'
import { serviceArea } from '../../network/service-area.ts'
import { snap } from '../../network/snap.ts'
import { at, snapAll, somePlaces, someRoads } from '../../network/test-streets.ts'
import type { WalkGraph } from '../../network/walk-graph.ts'
import type { Bbox, LngLat } from '../../shared/geojson.ts'
import { assignToPolygons } from './assign-to-polygons.ts'
import { CATCHMENT_WEIGHTS } from './catchments.ts'
import { type CoverQuestion, coverByFacilities, type Places } from './cover-by-facilities.ts'
import { streetRuns } from './street-runs.ts'

const RUNS = { seed: 7, numRuns: 40 }
const ACCESS_METRES = 80
const STEP = 5
/** About a metre, in degrees of the lattice of tests. */
const METRE = [1 / 95_000, 1 / 111_000] as const

const places = (all: readonly LngLat[]): Places => ({
  lng: Float64Array.from(all, ([lng]) => lng),
  lat: Float64Array.from(all, ([, lat]) => lat),
})

function ask(
  graph: WalkGraph,
  sites: readonly LngLat[],
  homes: readonly LngLat[],
  more: Partial<CoverQuestion> = {},
): CoverQuestion {
  return {
    streets: graph,
    facilities: { ...places(sites), supply: Float64Array.from(sites, (_, i) => i + 1) },
    // Every fourth is not known, every fifth is none.
    buildings: {
      ...places(homes),
      demand: Float64Array.from(homes, (_, i) => (i % 4 === 3 ? Number.NaN : i % 5)),
    },
    bbox: undefined,
    limitMetres: 300,
    bandMetres: [],
    accessMetres: ACCESS_METRES,
    weights: 'gaussian',
    straight: false,
    ...more,
  }
}

const question = fc.record({
  roads: someRoads(),
  sites: somePlaces(5),
  homes: somePlaces(20),
  limitMetres: fc.integer({ min: 0, max: 900 }),
  weights: fc.constantFrom(...CATCHMENT_WEIGHTS),
})

test('nearest ≤ second; reached by nobody exactly when the nearest is too far; every supply is shared out whole', () => {
  fc.assert(
    fc.property(question, ({ roads, sites, homes, limitMetres, weights }) => {
      const graph = buildGraph(roads)
      const asked = ask(graph, sites, homes, { limitMetres, weights })
      const found = coverByFacilities(asked)
      for (const home of homes.keys()) {
        const first = found.nearest.firstMetres[home]!
        expect(first).toBeLessThanOrEqual(found.nearest.secondMetres[home]!)
        if (Math.abs(first - limitMetres) > 1e-6)
          expect(found.reachedBy[home]! > 0).toBe(first <= limitMetres)
        const place = snap(graph, homes[home]!, ACCESS_METRES)
        expect(found.isOffStreet[home]).toBe(place ? 0 : 1)
        const standing = found.sources.flatMap((source) => source ?? [])
        const inReach = place
          ? nearest(graph, place, standing, 9).filter(({ metres }) => metres <= limitMetres)
          : []
        expect(found.reachedBy[home]).toBe(inReach.length)
      }
      let [used, supplied] = [0, 0]
      for (const home of homes.keys())
        used += (asked.buildings.demand[home]! || 0) * found.accessibility[home]!
      for (const site of sites.keys())
        if (!Number.isNaN(found.ratio[site]!)) supplied += asked.facilities.supply[site]!
      expect(used).toBeCloseTo(supplied, 6)
    }),
    RUNS,
  )
})

test('one more facility uncovers nothing and brings nobody farther; a longer way uncovers nothing', () => {
  fc.assert(
    fc.property(question, ({ roads, sites, homes, limitMetres }) => {
      const graph = buildGraph(roads)
      const fewer = coverByFacilities(ask(graph, sites.slice(1), homes, { limitMetres }))
      const more = coverByFacilities(ask(graph, sites, homes, { limitMetres }))
      const longer = coverByFacilities(ask(graph, sites, homes, { limitMetres: limitMetres + 100 }))
      for (const home of homes.keys()) {
        expect(more.nearest.firstMetres[home]!).toBeLessThanOrEqual(fewer.nearest.firstMetres[home]! + 1e-9)
        expect(more.nearest.secondMetres[home]!).toBeLessThanOrEqual(fewer.nearest.secondMetres[home]! + 1e-9)
        expect(more.reachedBy[home]!).toBeGreaterThanOrEqual(fewer.reachedBy[home]!)
        expect(longer.reachedBy[home]!).toBeGreaterThanOrEqual(more.reachedBy[home]!)
        // A way along streets is never shorter than the straight one.
        if (more.nearest.firstMetres[home]! <= limitMetres - 0.1) expect(more.isNearStraight[home]).toBe(1)
      }
    }),
    RUNS,
  )
})

test('ground is in the area exactly when its walk is short enough, to a step beside the border', () => {
  const bbox: Bbox = [...at(1, 1), ...at(5, 5)]
  fc.assert(
    fc.property(
      someRoads(),
      somePlaces(3),
      somePlaces(12),
      fc.integer({ min: 50, max: 600 }),
      (roads, sites, asked, limitMetres) => {
        const graph = buildGraph(roads)
        const { areas, sources } = coverByFacilities(ask(graph, sites, [], { bbox, limitMetres }))
        const standing = sources.flatMap((source) => source ?? [])
        const isNear = (lngLat: LngLat) => {
          const place = snap(graph, lngLat, ACCESS_METRES)
          const [found] = place ? nearest(graph, place, standing, 1) : []
          return found !== undefined && found.metres <= limitMetres
        }
        const inBox = asked.filter(
          ([lng, lat]) => lng > bbox[0] && lat > bbox[1] && lng < bbox[2] && lat < bbox[3],
        )
        const drawn = assignToPolygons(areas[0]!.polygons, places(inBox), [0, 0])
        for (const [i, place] of inBox.entries()) {
          const around = [-1.6, -0.8, 0, 0.8, 1.6].flatMap((x) =>
            [-1.6, -0.8, 0, 0.8, 1.6].map(
              (y): LngLat => [place[0] + x * STEP * METRE[0], place[1] + y * STEP * METRE[1]],
            ),
          )
          expect(around.map(isNear)).toContain(drawn[i]! >= 0)
        }
      },
    ),
    RUNS,
  )
})

test('streets in stretches are all of the streets, and what is reached of them', () => {
  fc.assert(
    fc.property(question, ({ roads, sites, limitMetres }) => {
      const graph = buildGraph(roads)
      const { streets, sources } = coverByFacilities(ask(graph, sites, [], { limitMetres }))
      const runs = [...streetRuns(graph, streets, undefined)]
      const sum = (all: Iterable<number>) => [...all].reduce((metres, one) => metres + one, 0)
      const standing = sources.flatMap((source) => source ?? [])
      expect(sum(runs.map(({ metres }) => metres))).toBeCloseTo(sum(graph.edgeMetres), 6)
      expect(sum(runs.filter(({ isReached }) => isReached).map(({ metres }) => metres))).toBeCloseTo(
        sum(serviceArea(graph, standing, limitMetres).map(({ metres }) => metres)),
        6,
      )
      for (const { coordinates } of runs) expect(coordinates.length).toBeGreaterThanOrEqual(2)
    }),
    RUNS,
  )
})

test('a facility off the streets serves nobody, and its number stays with it', () => {
  const roads = [{ id: 1, coordinates: [at(0, 0), at(4, 0)], walkable: true }]
  const graph = buildGraph(roads)
  const found = coverByFacilities(ask(graph, [at(2, 5), at(1, 0)], [at(2, 0), at(3, 3)]))
  expect(found.sources.map((source) => source !== undefined)).toEqual([false, true])
  expect([...found.nearest.first]).toEqual([1, -1])
  expect([...found.isOffStreet]).toEqual([0, 1])
  expect([...found.reached]).toEqual([0, 1])
  expect(snapAll(graph, [at(2, 5)], 80)).toEqual([])
})
