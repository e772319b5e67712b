import type { LngLat } from '../../geodata/shared/geojson.ts'

/** Latitudes that the map can be centred on. */
const MOST_LATITUDE = 85

/**
 * Reads a longitude and a latitude as people paste them: `120.62, 31.3`, with any separator or full-width comma. A
 * pair whose second number cannot be a latitude is taken the other way round. undefined for anything else.
 */
export function readLngLat(text: string): LngLat | undefined {
  const numbers = text
    .replaceAll(/[，、；;,\s]+/g, ' ')
    .trim()
    .split(' ')
    .map((part) => (/^[+-]?\d+(\.\d+)?°?$/.test(part) ? Number.parseFloat(part) : Number.NaN))
  if (numbers.length !== 2 || numbers.some(Number.isNaN)) return undefined
  const [first, second] = numbers as [number, number]
  const fits = (lng: number, lat: number) => Math.abs(lng) <= 180 && Math.abs(lat) <= MOST_LATITUDE
  if (fits(first, second)) return [first, second]
  return fits(second, first) ? [second, first] : undefined
}
