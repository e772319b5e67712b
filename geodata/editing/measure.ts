import geodesic from 'geographiclib-geodesic'
import type { LngLat, MultiPolygon } from '../shared/geojson.ts'

const { WGS84 } = geodesic.Geodesic

/** Geodesic length on WGS 84 in metres (Karney 2013, GeographicLib). */
export function lengthMetres(coordinates: readonly LngLat[]): number {
  let metres = 0
  for (let i = 1; i < coordinates.length; i++) metres += distanceMetres(coordinates[i - 1]!, coordinates[i]!)
  return metres
}

export const distanceMetres = (from: LngLat, to: LngLat): number =>
  WGS84.Inverse(from[1], from[0], to[1], to[0], geodesic.Geodesic.DISTANCE).s12 ?? 0

/** Geodesic area on WGS 84 in square metres, holes taken off, whichever way rings turn (Karney 2013). */
export function areaSquareMetres({ coordinates }: MultiPolygon): number {
  return coordinates.reduce(
    (sum, rings) =>
      sum + rings.reduce((part, ring, i) => part + (i === 0 ? 1 : -1) * Math.abs(ringSquareMetres(ring)), 0),
    0,
  )
}

/** Length of all rings in metres, holes included. */
export const perimeterMetres = ({ coordinates }: MultiPolygon): number =>
  coordinates.flat().reduce((sum, ring) => sum + lengthMetres(ring), 0)

function ringSquareMetres(ring: readonly LngLat[]): number {
  const polygon = WGS84.Polygon()
  for (const [lng, lat] of ring.slice(0, -1)) polygon.AddPoint(lat, lng)
  return polygon.Compute(false, true).area ?? 0
}
