import { describe, expect, test } from 'vitest'
import { createRandom } from '../demo/random.ts'
import { localPlane } from '../editing/local-plane.ts'
import { buildGraph } from '../network/build-graph.ts'
import { findPieces, type PathPiece, placeOn } from '../network/find-path.ts'
import type { RoadLine, WalkGraph } from '../network/walk-graph.ts'
import type { LngLat } from '../shared/geojson.ts'
import { matchTrack } from './match-track.ts'
import type { TrackPoint } from './track.ts'

const ORIGIN: LngLat = [121.5, 31.28]
const { toLngLat } = localPlane(ORIGIN)
const at = (east: number, north: number): LngLat => {
  const [lng, lat] = toLngLat([east, north])
  return [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7]
}

/** A town of blocks of 60 to 110 metres, some with a lane through, streets not quite straight. */
function town(seed: number, blocks = 9): WalkGraph {
  const random = createRandom(seed)
  const lines = Array.from({ length: blocks }, (_, n) => n * 85 + random.between(-12, 12))
  const corner = lines.map((x) => lines.map((y) => at(x + random.between(-5, 5), y + random.between(-5, 5))))
  const roads: RoadLine[] = []
  const add = (coordinates: LngLat[]) => roads.push({ id: roads.length + 1, coordinates, walkable: true })
  for (let x = 0; x < blocks; x++)
    for (let y = 0; y < blocks; y++) {
      if (x + 1 < blocks) add([corner[x]![y]!, corner[x + 1]![y]!])
      if (y + 1 < blocks) add([corner[x]![y]!, corner[x]![y + 1]!])
      if (x + 1 < blocks && y + 1 < blocks && random.chance(0.25))
        add([corner[x]![y]!, corner[x + 1]![y + 1]!])
    }
  return buildGraph(roads)
}

/** From crossing to crossing, as someone with a list would walk. */
function walk(graph: WalkGraph, seed: number, stops: number): PathPiece[] {
  const random = createRandom(seed, 7)
  const pieces: PathPiece[] = []
  let edge = random.int(0, graph.edgeCount - 1)
  for (let stop = 0; stop < stops; stop++) {
    const next = random.int(0, graph.edgeCount - 1)
    const place = (one: number) => ({
      edge: one,
      fraction: 0.5,
      lngLat: placeOn(graph, one, 0.5),
      distanceMetres: 0,
    })
    pieces.push(...(findPieces(graph, place(edge), place(next))?.pieces ?? []))
    edge = next
  }
  return pieces.filter(({ fromFraction, toFraction }) => fromFraction !== toFraction)
}

/** A position each second at 1.2 m/s, with errors of `sigma` in each direction. */
function record(graph: WalkGraph, pieces: PathPiece[], sigma: number, seed: number): TrackPoint[] {
  const random = createRandom(seed, 3)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
  const points: TrackPoint[] = []
  let [metres, next, second] = [0, 0, 0]
  for (const { edge, fromFraction, toFraction } of pieces) {
    const length = Math.abs(toFraction - fromFraction) * graph.edgeMetres[edge]!
    for (; next <= metres + length; next += 1.2) {
      const fraction = fromFraction + ((next - metres) / length) * (toFraction - fromFraction)
      const true_ = placeOn(graph, edge, fraction)
      points.push({
        at: second++ * 1000,
        lngLat: localPlane(true_).toLngLat([sigma * normal(), sigma * normal()]),
      })
    }
    metres += length
  }
  return points
}

/** Metres of each edge that a way covers, in tenths of a metre. */
function cover(graph: WalkGraph, pieces: readonly PathPiece[]): Map<number, Uint8Array> {
  const covered = new Map<number, Uint8Array>()
  for (const { edge, fromFraction, toFraction } of pieces) {
    const cells = Math.max(1, Math.round(graph.edgeMetres[edge]! * 10))
    const own = covered.get(edge) ?? new Uint8Array(cells)
    own.fill(
      1,
      Math.round(Math.min(fromFraction, toFraction) * cells),
      Math.round(Math.max(fromFraction, toFraction) * cells),
    )
    covered.set(edge, own)
  }
  return covered
}

function lengths(graph: WalkGraph, truth: PathPiece[], found: PathPiece[]) {
  const [a, b] = [cover(graph, truth), cover(graph, found)]
  let [real, both, wrong] = [0, 0, 0]
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const [own, other] = [a.get(edge), b.get(edge)]
    for (let cell = 0; cell < (own ?? other ?? []).length; cell++) {
      if (own?.[cell]) real++
      if (own?.[cell] && other?.[cell]) both++
      if (!own?.[cell] && other?.[cell]) wrong++
    }
  }
  return { right: both / real, wrong: wrong / real }
}

describe.each([
  { sigma: 5, least: 0.98 },
  { sigma: 10, least: 0.95 },
])('of positions that err by $sigma m', ({ sigma, least }) => {
  test(`at least ${least * 100} % of the length walked is found, and hardly any that was not`, () => {
    const shares = Array.from({ length: 12 }, (_, seed) => {
      const graph = town(seed)
      const truth = walk(graph, seed, 5)
      const { runs } = matchTrack(graph, record(graph, truth, sigma, seed), { sigmaMetres: sigma })
      return lengths(
        graph,
        truth,
        runs.flatMap(({ pieces }) => pieces),
      )
    })
    const mean = (of: (one: (typeof shares)[number]) => number) =>
      shares.reduce((sum, one) => sum + of(one), 0) / shares.length
    expect(mean(({ right }) => right)).toBeGreaterThanOrEqual(least)
    expect(mean(({ wrong }) => wrong)).toBeLessThanOrEqual(1 - least + 0.01)
  })
})

test('positions that are missing break the track: nothing is made up between', () => {
  const graph = town(1)
  const points = record(graph, walk(graph, 1, 4), 3, 1)
  const from = points[Math.floor(points.length / 3)]!.at
  const seen = points.filter((point) => point.at < from || point.at > from + 200_000)
  const { runs } = matchTrack(graph, seen)
  expect(runs.length).toBe(2)
  expect(runs[0]!.to).toBeLessThanOrEqual(from)
  expect(runs[1]!.from).toBeGreaterThan(from + 200_000 - 1)
})

test('nothing, one position, positions far from all streets, and all at one moment are no track', () => {
  const graph = town(2)
  const here = { at: 0, lngLat: placeOn(graph, 3, 0.5) }
  for (const points of [
    [],
    [here],
    [here, here],
    [
      { ...here, lngLat: at(9000, 9000) },
      { at: 5000, lngLat: at(9000, 9010) },
    ],
  ])
    expect(matchTrack(graph, points)).toMatchObject({ runs: [], metres: 0 })
  const vague = Array.from({ length: 50 }, (_, n) => ({ ...here, at: n * 1000, accuracyMetres: 500 }))
  expect(matchTrack(graph, vague)).toEqual({ runs: [], metres: 0, unmatched: 50 })
})

test('the order in which positions arrive does not matter, nor repeats', () => {
  const graph = town(3)
  const points = record(graph, walk(graph, 3, 3), 4, 3)
  const mixed = createRandom(1).shuffle([...points, ...points.slice(0, 50)])
  expect(matchTrack(graph, mixed).runs).toEqual(matchTrack(graph, points).runs)
})
