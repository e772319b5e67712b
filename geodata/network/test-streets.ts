import fc from 'fast-check'
import type { LngLat } from '../shared/geojson.ts'
import { snap } from './snap.ts'
import type { RoadLine, SnappedPoint, WalkGraph } from './walk-graph.ts'

/** Degrees between neighbours of the lattice that tests draw streets on: about 95 by 111 metres. */
const STEP = 0.001
export const at = (column: number, row: number): LngLat => [
  Number((121.5 + column * STEP).toFixed(7)),
  Number((31.2 + row * STEP).toFixed(7)),
]

/** A road through places of the lattice. */
export const road = (id: number, ...places: [column: number, row: number][]): RoadLine => ({
  id,
  coordinates: places.map(([column, row]) => at(column, row)),
  walkable: true,
})

const place = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))

/** Roads that meet often: they wander over few places, cross themselves, lie upon each other, or are but a point. */
export const someRoads = (maxLength = 14): fc.Arbitrary<RoadLine[]> =>
  fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength }).chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc
          .record({
            places: fc.array(place, { minLength: 2, maxLength: 6 }),
            walkable: fc.boolean().map((isShut) => !isShut || id % 7 !== 0),
          })
          .map(({ places, walkable }) => ({ ...road(id, ...places), walkable })),
      ),
    ),
  )

/** Places up to some 60 m beside the lattice. */
export const somePlaces = (length: number): fc.Arbitrary<LngLat[]> =>
  fc.array(
    fc
      .tuple(fc.integer({ min: -5, max: 65 }), fc.integer({ min: -5, max: 65 }))
      .map(([column, row]) => at(column / 10, row / 10)),
    { minLength: length, maxLength: length },
  )

export const snapAll = (graph: WalkGraph, places: LngLat[], withinMetres = 2000): SnappedPoint[] =>
  places.flatMap((lngLat) => snap(graph, lngLat, withinMetres) ?? [])

/** What tells two graphs apart, without the set that they were made of. */
export const figuresOf = ({ roads: _, ...figures }: WalkGraph) => figures
