import type { LngLatLike, Map as MapLibreMap } from 'maplibre-gl'
import type { Bbox } from '../../geodata/shared/geojson.ts'

/** Zoom, latitude, longitude, then bearing and pitch in degrees when not 0: `15.2/31.3/120.61/-20/45`. */
export interface Camera {
  zoom: number
  lat: number
  lng: number
  bearing: number
  pitch: number
}

export function parseCamera(text: string | undefined): Camera | undefined {
  const [zoom, lat, lng, bearing = 0, pitch = 0] = (text ?? '').split('/').map(Number)
  const camera = { zoom: zoom!, lat: lat!, lng: lng!, bearing, pitch }
  const sound =
    Object.values(camera).every(Number.isFinite) &&
    camera.zoom >= 0 &&
    camera.zoom <= 24 &&
    Math.abs(camera.lat) <= 85.06 &&
    Math.abs(camera.lng) <= 180 &&
    pitch >= 0 &&
    pitch <= 85
  return sound && text?.includes('/') ? camera : undefined
}

export function formatCamera({ zoom, lat, lng, bearing, pitch }: Camera): string {
  const round = (value: number, digits: number) => String(Number(value.toFixed(digits)))
  const parts = [round(zoom, 3), round(lat, 7), round(lng, 7)]
  const turn = round(bearing, 1)
  const tilt = round(pitch, 1)
  if (turn !== '0' || tilt !== '0') parts.push(turn, tilt)
  return parts.join('/')
}

export function readCamera(map: MapLibreMap): Camera {
  const { lng, lat } = map.getCenter()
  return { zoom: map.getZoom(), lat, lng, bearing: map.getBearing(), pitch: map.getPitch() }
}

/** Pixels at each edge of the map that panels cover. */
export interface Insets {
  top: number
  right: number
  bottom: number
  left: number
}

/** Moves so that the box fills what the panels leave free; a point or a tiny box is seen from `maxZoom`. */
export function fitBox(
  map: MapLibreMap,
  [west, south, east, north]: Bbox,
  insets: Insets,
  maxZoom: number,
): void {
  const corners: [LngLatLike, LngLatLike] = [
    [west, south],
    [east, north],
  ]
  const padding = roomFor(map, insets)
  map.fitBounds(corners, {
    padding,
    maxZoom,
    bearing: map.getBearing(),
    pitch: map.getPitch(),
    duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
    linear: true,
  })
}

/** The insets with some air; where both sides together leave too little of the window, each gives way alike. */
export function roomFor(map: MapLibreMap | undefined, insets: Insets): Insets {
  const { clientWidth = innerWidth, clientHeight = innerHeight } = map?.getContainer() ?? {}
  const [left, right] = sharePadding(insets.left, insets.right, clientWidth)
  const [top, bottom] = sharePadding(insets.top, insets.bottom, clientHeight)
  return { left, right, top, bottom }
}

const AIR = 24
const MOST = 0.85

function sharePadding(first: number, second: number, side: number): [number, number] {
  const both = first + second + 2 * AIR
  const scale = Math.min(1, (side * MOST) / both)
  return [(first + AIR) * scale, (second + AIR) * scale]
}

/** The box of what can be seen between the panels, degrees. */
export function visibleBox(map: MapLibreMap, insets: Insets): Bbox {
  const { clientWidth, clientHeight } = map.getContainer()
  const right = Math.max(insets.left + 1, clientWidth - insets.right)
  const bottom = Math.max(insets.top + 1, clientHeight - insets.bottom)
  const corners = [
    [insets.left, insets.top],
    [right, insets.top],
    [insets.left, bottom],
    [right, bottom],
  ].map((pixel) => map.unproject(pixel as [number, number]))
  const lngs = corners.map((corner) => corner.lng)
  const lats = corners.map((corner) => corner.lat)
  return [
    Math.max(-180, Math.min(...lngs)),
    Math.max(-90, Math.min(...lats)),
    Math.min(180, Math.max(...lngs)),
    Math.min(90, Math.max(...lats)),
  ]
}
