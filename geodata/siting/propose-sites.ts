import { withinStraight } from '../coverage/facility/within-straight.ts'
import { segmentMetres } from '../network/segment-metres.ts'
import { between } from '../network/snap.ts'
import type { Streets } from '../network/walk-graph.ts'
import type { LngLat } from '../shared/geojson.ts'
import type { CandidateOrigin } from './siting-choices.ts'

export interface Candidate {
  origin: CandidateOrigin
  lngLat: LngLat
  name: string | null
  price: number
  /** Of the facility or checkpoint that stands there. */
  id: number | null
}

/** Nodes where at least three edges end. */
export function crossings({
  nodeCount,
  linkStart,
  edgeFrom,
  edgeTo,
  edgeCount,
  pointStart,
  pointLng,
  pointLat,
}: Streets): LngLat[] {
  const found: LngLat[] = []
  const isTold = new Uint8Array(nodeCount)
  const tell = (node: number, point: number) => {
    if (isTold[node] || linkStart[node + 1]! - linkStart[node]! < 3) return
    isTold[node] = 1
    found.push([pointLng[point]!, pointLat[point]!])
  }
  for (let edge = 0; edge < edgeCount; edge++) {
    tell(edgeFrom[edge]!, pointStart[edge]!)
    tell(edgeTo[edge]!, pointStart[edge + 1]! - 1)
  }
  return found
}

/** Places on every edge, no farther apart than some metres, the same from both its ends. */
export function alongStreets(streets: Streets, metres: number): LngLat[] {
  const { edgeCount, edgeMetres, pointStart, pointMetres } = streets
  const found: LngLat[] = []
  for (let edge = 0; edge < edgeCount; edge++) {
    const length = edgeMetres[edge]!
    const parts = Math.max(1, Math.round(length / metres))
    let point = pointStart[edge]!
    for (let part = 0; part < parts; part++) {
      const at = ((part + 0.5) * length) / parts
      while (point + 2 < pointStart[edge + 1]! && pointMetres[point + 1]! < at) point++
      const stretch = pointMetres[point + 1]! - pointMetres[point]!
      found.push(between(streets, point, stretch > 0 ? (at - pointMetres[point]!) / stretch : 0))
    }
  }
  return found
}

/** Those within some metres, straight, of somebody who may need them. */
export function nearNeed<Place extends { lngLat: LngLat }>(
  places: readonly Place[],
  needs: readonly LngLat[],
  metres: number,
): Place[] {
  const lng = Float64Array.from(places, ({ lngLat }) => lngLat[0])
  const lat = Float64Array.from(places, ({ lngLat }) => lngLat[1])
  const isNear = withinStraight({ lng, lat }, needs, metres)
  return places.filter((_, at) => isNear[at])
}

/** The first of places that are closer to each other than some metres. */
export function spaceOut<Place extends { lngLat: LngLat }>(
  places: readonly Place[],
  metres: number,
): Place[] {
  if (metres <= 0) return [...places]
  const kept: Place[] = []
  const cells = new Map<string, LngLat[]>()
  const high = metres / 110_000
  for (const place of places) {
    const [lng, lat] = place.lngLat
    // Bands of latitude have cells of their own width, wide enough for both their edges.
    const row = Math.floor(lat / high)
    const isFree = (at: number): boolean => {
      const column = Math.floor(lng / wideAt(at, high))
      for (const beside of [column - 1, column, column + 1])
        for (const other of cells.get(`${at} ${beside}`) ?? [])
          if (segmentMetres(lng, lat, ...other) < metres) return false
      return true
    }
    if (!isFree(row - 1) || !isFree(row) || !isFree(row + 1)) continue
    kept.push(place)
    const key = `${row} ${Math.floor(lng / wideAt(row, high))}`
    const cell = cells.get(key)
    if (cell) cell.push(place.lngLat)
    else cells.set(key, [place.lngLat])
  }
  return kept
}

const wideAt = (row: number, high: number): number =>
  (high * 1.001) / Math.max(0.01, Math.cos((Math.min(89, (Math.abs(row) + 2) * high) * Math.PI) / 180))

/** At most so many, the spacing being widened as far as it takes; what comes first stays longest. */
export function thinOut<Place extends { lngLat: LngLat }>(
  places: readonly Place[],
  spacingMetres: number,
  most: number,
): { places: Place[]; spacingMetres: number } {
  let metres = spacingMetres
  let left = spaceOut(places, metres)
  while (left.length > most && metres < 50_000) {
    metres = Math.max(20, metres * 1.25)
    left = spaceOut(left, metres)
  }
  return { places: left.slice(0, most), spacingMetres: metres }
}
