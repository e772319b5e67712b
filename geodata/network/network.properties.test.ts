import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lengthMetres } from '../editing/measure.ts'
import { buildGraph, updateGraph } from './build-graph.ts'
import { costMatrix } from './cost-matrix.ts'
import { findPath, placeOn } from './find-path.ts'
import { nearest } from './nearest.ts'
import { serviceArea } from './service-area.ts'
import { snap } from './snap.ts'
import { figuresOf, snapAll, somePlaces, someRoads } from './test-streets.ts'
import type { SnappedPoint, WalkGraph } from './walk-graph.ts'

const MICROMETRE = 1e-6
const RUNS = { seed: 5, numRuns: 150 }

/** All pairs of nodes by Floyd and Warshall, and from place to place over all four ends: nothing shared with the search. */
function plainMatrix(graph: WalkGraph, places: SnappedPoint[]): number[][] {
  const { nodeCount: n, edgeFrom, edgeTo, edgeMetres } = graph
  const metres = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 0 : Infinity)),
  )
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const [u, v] = [edgeFrom[edge]!, edgeTo[edge]!]
    metres[u]![v] = metres[v]![u] = Math.min(metres[u]![v]!, edgeMetres[edge]!)
  }
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) metres[i]![j] = Math.min(metres[i]![j]!, metres[i]![k]! + metres[k]![j]!)
  const ends = ({ edge, fraction }: SnappedPoint) =>
    [
      [edgeFrom[edge]!, fraction * edgeMetres[edge]!],
      [edgeTo[edge]!, (1 - fraction) * edgeMetres[edge]!],
    ] as const
  return places.map((a) =>
    places.map((b) => {
      const ways = ends(a).flatMap(([i, before]) =>
        ends(b).map(([j, after]) => before + metres[i]![j]! + after),
      )
      if (a.edge === b.edge) ways.push(Math.abs(a.fraction - b.fraction) * edgeMetres[a.edge]!)
      return Math.min(...ways)
    }),
  )
}

const isClose = (a: number, b: number) => a === b || Math.abs(a - b) < MICROMETRE

test('the matrix is that of a plain all-pairs search, symmetric, and no detour is shorter', () => {
  fc.assert(
    fc.property(someRoads(), somePlaces(6), (roads, asked) => {
      const graph = buildGraph(roads)
      const places = snapAll(graph, asked)
      const n = places.length
      const costs = costMatrix(graph, places, places)
      const plain = plainMatrix(graph, places)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          const cost = costs[i * n + j]!
          expect(isClose(cost, plain[i]![j]!), `${cost} is not ${plain[i]![j]}`).toBe(true)
          expect(isClose(cost, costs[j * n + i]!)).toBe(true)
          for (let k = 0; k < n; k++)
            expect(cost).toBeLessThanOrEqual(costs[i * n + k]! + costs[k * n + j]! + MICROMETRE)
        }
    }),
    RUNS,
  )
})

test('a path is as long as the matrix says, runs from place to place, and is there exactly when a way is', () => {
  fc.assert(
    fc.property(someRoads(), somePlaces(2), (roads, asked) => {
      const graph = buildGraph(roads)
      const [from, to] = snapAll(graph, asked)
      if (!from || !to) return
      const [cost] = costMatrix(graph, [from], [to])
      const path = findPath(graph, from, to)
      expect(path === undefined).toBe(cost === Infinity)
      if (!path) return
      expect(isClose(path.metres, cost!)).toBe(true)
      // What is between two vertices is found by degrees, which is not quite by metres.
      expect(Math.abs(lengthMetres(path.coordinates) - cost!)).toBeLessThan(1e-3 + cost! * 1e-5)
      for (const [end, place] of [
        [path.coordinates[0], from],
        [path.coordinates.at(-1), to],
      ] as const)
        for (const axis of [0, 1] as const) expect(end![axis]).toBeCloseTo(place.lngLat[axis], 9)
      const known = new Set(graph.edgeRoad)
      for (const id of path.roadIds) expect(known.has(id)).toBe(true)
    }),
    RUNS,
  )
})

test('however a set of roads came about by edits, its graph is that of the set built at once', () => {
  fc.assert(
    fc.property(
      someRoads(),
      fc.array(
        fc.record({
          put: someRoads(5),
          removed: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }),
        }),
        {
          maxLength: 5,
        },
      ),
      (first, edits) => {
        const all = new Map(first.map((road) => [road.id, road]))
        const old = buildGraph(first)
        let graph = old
        for (const { put, removed } of edits) {
          const before = figuresOf(graph)
          const copy = structuredClone(before)
          const next = updateGraph(graph, { put, removed })
          expect(before).toEqual(copy)
          graph = next
          for (const id of removed) all.delete(id)
          for (const road of put) all.set(road.id, road)
        }
        expect(figuresOf(graph)).toEqual(figuresOf(buildGraph([...all.values()].reverse())))
        expect(figuresOf(updateGraph(old, { put: [], removed: [] }))).toEqual(figuresOf(old))
      },
    ),
    RUNS,
  )
})

test('a snapped place is on its edge, no place on any edge is nearer, and the reach is kept', () => {
  fc.assert(
    fc.property(
      someRoads(),
      somePlaces(3),
      fc.integer({ min: 5, max: 300 }),
      (roads, asked, withinMetres) => {
        const graph = buildGraph(roads)
        for (const lngLat of asked) {
          const found = snap(graph, lngLat, withinMetres)
          // The places of the lattice of tests are at most 1 m right, so what is between them is tried in steps.
          let least = Infinity
          for (let edge = 0; edge < graph.edgeCount; edge++)
            for (let step = 0; step <= 100; step++)
              least = Math.min(least, lengthMetres([lngLat, placeOn(graph, edge, step / 100)]))
          if (!found) {
            expect(least).toBeGreaterThan(withinMetres * 0.999)
            continue
          }
          expect(found.distanceMetres).toBeLessThanOrEqual(Math.min(withinMetres * 1.001, least + 0.05))
          const on = placeOn(graph, found.edge, found.fraction)
          for (const axis of [0, 1] as const) expect(on[axis]).toBeCloseTo(found.lngLat[axis], 9)
        }
      },
    ),
    RUNS,
  )
})

test('the nearest targets are the first of the matrix’s row', () => {
  fc.assert(
    fc.property(someRoads(), somePlaces(8), fc.integer({ min: 1, max: 8 }), (roads, asked, count) => {
      const graph = buildGraph(roads)
      const [from, ...targets] = snapAll(graph, asked)
      if (!from) return
      const expected = [...costMatrix(graph, [from], targets)]
        .map((metres, i) => metres + from.distanceMetres + targets[i]!.distanceMetres)
        .filter((metres) => metres < Infinity)
        .sort((a, b) => a - b)
        .slice(0, count)
      const found = nearest(graph, from, targets, count)
      expect(found).toHaveLength(expected.length)
      for (const [i, { metres }] of found.entries()) expect(isClose(metres, expected[i]!)).toBe(true)
    }),
    RUNS,
  )
})

test('of an edge without a source min(ℓ, (d − D_u)⁺ + (d − D_v)⁺) is in reach; of the others what lies near enough', () => {
  fc.assert(
    fc.property(someRoads(), somePlaces(3), fc.integer({ min: 0, max: 900 }), (roads, asked, metres) => {
      const graph = buildGraph(roads)
      const sources = snapAll(graph, asked)
      const area = new Map(serviceArea(graph, sources, metres).map((reached) => [reached.edge, reached]))
      const ends = (edge: number, fraction: number): SnappedPoint => ({
        edge,
        fraction,
        lngLat: [0, 0],
        distanceMetres: 0,
      })
      const metresTo = (places: SnappedPoint[]) => {
        const costs = costMatrix(graph, sources, places)
        return places.map((_, i) =>
          Math.min(...sources.map((source, row) => source.distanceMetres + costs[row * places.length + i]!)),
        )
      }
      for (let edge = 0; edge < graph.edgeCount; edge++) {
        const length = graph.edgeMetres[edge]!
        const reached = area.get(edge)?.metres ?? 0
        if (!sources.some((source) => source.edge === edge)) {
          const [u, v] = metresTo([ends(edge, 0), ends(edge, 1)])
          expect(
            isClose(reached, Math.min(length, Math.max(0, metres - u!) + Math.max(0, metres - v!))),
          ).toBe(true)
          continue
        }
        const steps = 200
        const along = metresTo(Array.from({ length: steps }, (_, i) => ends(edge, (i + 0.5) / steps)))
        const counted = (along.filter((way) => way <= metres).length / steps) * length
        expect(Math.abs(reached - counted)).toBeLessThan((length / steps) * 4)
      }
    }),
    RUNS,
  )
})
