import { describe, expect, test } from 'vitest'
import { distanceMetres, lengthMetres } from '../editing/measure.ts'
import type { LngLat } from '../shared/geojson.ts'
import { buildGraph, updateGraph } from './build-graph.ts'
import { costMatrix } from './cost-matrix.ts'
import { findPath, placeOn } from './find-path.ts'
import { nearest } from './nearest.ts'
import { parts } from './parts.ts'
import { segmentMetres } from './segment-metres.ts'
import { serviceArea } from './service-area.ts'
import { snap } from './snap.ts'
import { at, road, snapAll } from './test-streets.ts'

const snapped = (graph: Parameters<typeof snap>[0], lngLat: LngLat) => snap(graph, lngLat)!

describe('graph', () => {
  test('roads meet at shared vertices within them, not where their lines merely cross', () => {
    const graph = buildGraph([
      road(1, [0, 0], [1, 0], [2, 0]),
      road(2, [1, -1], [1, 0], [1, 1]),
      // Crosses the first between its vertices: a bridge.
      { id: 3, coordinates: [at(0.5, -1), at(0.5, 1)], walkable: true },
    ])
    expect(graph.edgeCount).toBe(5)
    expect([...graph.edgeRoad]).toEqual([1, 1, 2, 2, 3])
    expect(parts(graph).parts.map(({ edges }) => edges)).toEqual([4, 1])
  })

  test('vertices 4 mm apart are one, 2 cm apart are two', () => {
    const [lng, lat] = at(1, 0)
    const meeting = (away: number) =>
      parts(
        buildGraph([
          road(1, [0, 0], [1, 0]),
          { ...road(2, [1, 0], [2, 0]), coordinates: [[lng + away, lat], at(2, 0)] },
        ]),
      ).parts.length
    expect(meeting(4e-8)).toBe(1)
    expect(meeting(2e-7)).toBe(2)
  })

  test('a road that passes a place twice has a node there, and one that closes on itself is one edge', () => {
    const eight = buildGraph([road(1, [0, 0], [1, 0], [1, 1], [0, 1], [1, 0], [2, 0])])
    expect([eight.nodeCount, eight.edgeCount]).toEqual([3, 3])
    const ring = buildGraph([road(1, [0, 0], [1, 0], [1, 1], [0, 0])])
    expect([ring.nodeCount, ring.edgeCount]).toEqual([1, 1])
  })

  test('roads that are shut, or that are but a point, are not there', () => {
    const graph = buildGraph([{ ...road(1, [0, 0], [1, 0]), walkable: false }, road(2, [3, 3], [3, 3])])
    expect([graph.nodeCount, graph.edgeCount]).toEqual([0, 0])
    expect(snap(graph, at(0, 0))).toBeUndefined()
    expect(parts(graph).parts).toEqual([])
  })

  test('an edit that shuts a road heals the cuts that it made in others, and leaves the old graph as it was', () => {
    const before = buildGraph([road(1, [0, 0], [1, 0], [2, 0]), road(2, [1, 0], [1, 1])])
    const after = updateGraph(before, { removed: [], put: [{ ...road(2, [1, 0], [1, 1]), walkable: false }] })
    expect(after.edgeCount).toBe(1)
    expect(before.edgeCount).toBe(3)
    expect(updateGraph(after, { removed: [1], put: [] }).edgeCount).toBe(0)
  })

  test('lengths are geodesic for short stretches, long ones and near the poles', () => {
    const stretches: [LngLat, LngLat][] = [
      [at(0, 0), at(3, 4)],
      [
        [9.5, 47.1],
        [9.9, 47.6],
      ],
      [
        [20, 79.99],
        [20.02, 79.995],
      ],
      [
        [20, 89],
        [170, 89.5],
      ],
      [
        [0, 0],
        [0, 0.008],
      ],
    ]
    for (const [from, to] of stretches) {
      const exact = distanceMetres(from, to)
      expect(Math.abs(segmentMetres(...from, ...to) - exact) / exact).toBeLessThan(1e-7)
    }
  })
})

describe('snap', () => {
  const graph = buildGraph([road(1, [0, 0], [2, 0]), road(2, [2, 0], [2, 2])])

  test('takes the foot on the nearest street and tells how far it is', () => {
    const found = snapped(graph, at(1, 0.5))
    expect(found).toMatchObject({ edge: 0 })
    expect(found.fraction).toBeCloseTo(0.5, 6)
    expect(found.distanceMetres).toBeCloseTo(distanceMetres(at(1, 0.5), at(1, 0)), 3)
  })

  test('beyond the reach there is nothing, and a wide reach finds what lies far away', () => {
    expect(snap(graph, at(0, 1))).toBeUndefined()
    expect(snap(graph, at(0, 1), 112)).toMatchObject({ edge: 0, fraction: 0 })
    expect(snap(graph, [122, 31.2], 100_000)).toMatchObject({ edge: 0, fraction: 1 })
  })

  test('at a crossing, where several streets are as near, it is always the first', () => {
    for (const place of [at(2, 0), at(2.3, -0.2)])
      expect(snapped(graph, place)).toMatchObject({ edge: 0, fraction: 1 })
  })

  test('a street across the antimeridian’s other side is found', () => {
    const far = buildGraph([
      {
        id: 1,
        coordinates: [
          [-180, 10],
          [-179.999, 10],
        ],
        walkable: true,
      },
    ])
    expect(snap(far, [179.9999, 10])).toMatchObject({ edge: 0, fraction: 0 })
  })

  test('a road around the world costs no memory and is found anywhere', () => {
    const far = buildGraph([
      {
        id: 1,
        coordinates: [
          [-170, -80],
          [170, 80],
        ],
        walkable: true,
      },
    ])
    expect(snap(far, [0, 0.0001])?.distanceMetres).toBeLessThan(12)
  })
})

describe('ways', () => {
  // A block with a street of one end (0,0)–(2,0)–(2,2)–(0,2)–(0,0), and a lane apart from it.
  const graph = buildGraph([
    road(1, [0, 0], [2, 0]),
    road(2, [2, 0], [2, 2]),
    road(3, [2, 2], [0, 2]),
    road(4, [0, 2], [0, 0]),
    road(9, [5, 5], [6, 5]),
  ])

  test('between two places on one street the way is along it, unless around is shorter', () => {
    const bent = buildGraph([road(1, [0, 0], [0, 5], [1, 5], [1, 0]), road(2, [0, 0], [1, 0])])
    const near = findPath(bent, snapped(bent, at(0, 1)), snapped(bent, at(0, 2)))!
    expect(near.metres).toBeCloseTo(distanceMetres(at(0, 1), at(0, 2)), 3)
    const around = findPath(bent, snapped(bent, at(0, 1)), snapped(bent, at(1, 1)))!
    expect(around.roadIds).toEqual([1, 2, 1])
    expect(around.metres).toBeCloseTo(lengthMetres([at(0, 1), at(0, 0), at(1, 0), at(1, 1)]), 3)
  })

  test('a path runs from place to place over the corners, and its roads are told in order', () => {
    const path = findPath(graph, snapped(graph, at(1, 0)), snapped(graph, at(2, 1.5)))!
    expect(path.roadIds).toEqual([1, 2])
    expect(path.coordinates).toHaveLength(3)
    expect(path.coordinates[1]).toEqual(at(2, 0))
    expect(path.metres).toBeCloseTo(lengthMetres(path.coordinates), 4)
  })

  test('on a closed street the way takes the shorter side', () => {
    const ring = buildGraph([road(1, [0, 0], [4, 0], [4, 4], [0, 4], [0, 0]), road(2, [0, 0], [-1, 0])])
    const path = findPath(ring, snapped(ring, at(0, 1)), snapped(ring, at(1, 0)))!
    expect(path.metres).toBeCloseTo(lengthMetres([at(0, 1), at(0, 0), at(1, 0)]), 3)
    expect(path.coordinates).toHaveLength(3)
  })

  test('to where one stands it is no way, and still a line', () => {
    const here = snapped(graph, at(1, 0))
    expect(findPath(graph, here, here)).toMatchObject({ metres: 0, roadIds: [], coordinates: { length: 2 } })
  })

  test('to another part of the network there is no way', () => {
    const [here, there] = snapAll(graph, [at(1, 0), at(5.5, 5)])
    expect(findPath(graph, here!, there!)).toBeUndefined()
    expect([...costMatrix(graph, [here!, there!], [here!, there!])]).toEqual([0, Infinity, Infinity, 0])
  })

  test('the nearest on foot is not the nearest as the crow flies, and ties go to the first', () => {
    const bent = buildGraph([road(1, [0, 0], [0, 5], [1, 5], [1, 0])])
    const targets = snapAll(bent, [at(1, 0), at(0, 3), at(0, 3), at(0, 0.5)])
    expect(nearest(bent, snapped(bent, at(0, 0)), targets, 3).map(({ target }) => target)).toEqual([3, 1, 2])
    expect(nearest(bent, snapped(bent, at(0, 0)), targets, 0)).toEqual([])
    expect(nearest(graph, snapped(graph, at(0, 0)), snapAll(graph, [at(5.5, 5)]), 5)).toEqual([])
  })

  test('parts come largest first, with their boxes', () => {
    const { parts: found, partOfEdge } = parts(graph)
    expect(found.map(({ edges }) => edges)).toEqual([4, 1])
    expect(found[1]!.bbox).toEqual([...at(5, 5), ...at(6, 5)])
    expect([...partOfEdge]).toEqual([0, 0, 0, 0, 1])
  })
})

describe('service area', () => {
  test('from the middle of a street it reaches both ways and around the corner, once', () => {
    const graph = buildGraph([road(1, [0, 0], [0, 2]), road(2, [0, 2], [0, 4]), road(3, [0, 2], [3, 2])])
    const length = distanceMetres(at(0, 0), at(0, 2))
    const area = serviceArea(graph, [snapped(graph, at(0, 1))], length * 0.75)
    expect(area.map(({ edge }) => edge)).toEqual([0, 1, 2])
    expect(area[0]!.metres).toBeCloseTo(length, 3)
    expect(area[1]!.metres).toBeCloseTo(length / 4, 3)
    expect(area[2]!.metres).toBeCloseTo(length / 4, 3)
  })

  test('the way from the gate to the street counts, and one longer than the limit reaches nothing', () => {
    const graph = buildGraph([road(1, [0, 0], [0, 9])])
    const gate = snapped(graph, at(0.5, 4.5))
    const [reached] = serviceArea(graph, [gate], 100)
    expect(reached!.metres).toBeCloseTo(2 * (100 - gate.distanceMetres), 3)
    expect(serviceArea(graph, [gate], gate.distanceMetres - 1)).toEqual([])
  })

  test('an edge reached from both ends keeps its gap in the middle', () => {
    const graph = buildGraph([road(1, [0, 0], [0, 9])])
    const [reached] = serviceArea(graph, snapAll(graph, [at(0, 0), at(0, 9)]), 100)
    expect(reached!.reached).toHaveLength(2)
    expect(placeOn(graph, 0, reached!.reached[0]![1])[1]).toBeCloseTo(31.2009, 4)
  })
})
