import type { ExpressionSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { Geometry, MultiPolygon } from '../../geodata/shared/geojson.ts'
import { putImage } from '../map/draw-image.ts'
import type { Tokens } from '../ui/tokens.ts'
import type { ShapeDifference } from './compare-shapes.ts'

export const DIFFERENCE_SOURCE = 'version-difference'
const HATCH_PIXELS = 12

/**
 * Two versions of a shape on the map: the old one dashed in sky, the new one in the accent; what was added is hatched one way, what was
 * removed the other. Returns a function that takes it away.
 */
export function showDifference(
  map: MapLibreMap,
  before: Geometry,
  after: Geometry,
  { added, removed }: ShapeDifference,
  tokens: Tokens,
): () => void {
  const source = DIFFERENCE_SOURCE
  const feature = (part: string, geometry: Geometry | undefined): GeoJSON.Feature[] =>
    geometry && geometry.coordinates.length > 0 ? [{ type: 'Feature', geometry, properties: { part } }] : []
  putImage(map, 'difference-added', hatch(tokens.accent, 1))
  putImage(map, 'difference-removed', hatch(tokens.info, -1))
  remove(map)
  map.addSource(source, {
    type: 'geojson',
    tolerance: 0,
    data: {
      type: 'FeatureCollection',
      features: [
        ...feature('added', added),
        ...feature('removed', removed),
        ...feature('old', outline(before)),
        ...feature('new', outline(after)),
      ],
    },
  })
  for (const part of ['added', 'removed'] as const)
    map.addLayer({
      id: `${source}-${part}`,
      type: 'fill',
      source,
      filter: ['==', ['get', 'part'], part],
      paint: { 'fill-pattern': `difference-${part}` },
    })
  for (const part of ['new', 'old'] as const) {
    const colour = part === 'new' ? tokens.accent : tokens.info
    const isPart: ExpressionSpecification = ['==', ['get', 'part'], part]
    map.addLayer({
      id: `${source}-${part}-casing`,
      type: 'line',
      source,
      filter: ['all', isPart, ['!=', ['geometry-type'], 'Point']],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': tokens.halo,
        'line-width': part === 'new' ? 6 : 5,
        'line-opacity': part === 'new' ? 0.9 : 0.6,
      },
    })
    map.addLayer({
      id: `${source}-${part}-line`,
      type: 'line',
      source,
      filter: ['all', isPart, ['!=', ['geometry-type'], 'Point']],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': colour,
        'line-width': part === 'new' ? 3 : 2.5,
        ...(part === 'old' ? { 'line-dasharray': [2.5, 1.8] } : {}),
      },
    })
    map.addLayer({
      id: `${source}-${part}-point`,
      type: 'circle',
      source,
      filter: ['all', isPart, ['==', ['geometry-type'], 'Point']],
      paint: {
        'circle-radius': part === 'new' ? 14 : 9,
        'circle-opacity': 0,
        'circle-stroke-color': colour,
        'circle-stroke-width': part === 'new' ? 3 : 2,
      },
    })
  }
  return () => remove(map)
}

const PARTS = [
  'added',
  'removed',
  'new-casing',
  'new-line',
  'new-point',
  'old-casing',
  'old-line',
  'old-point',
]

function remove(map: MapLibreMap): void {
  // The map itself may have gone first.
  if (!map.style) return
  for (const part of PARTS)
    if (map.getLayer(`${DIFFERENCE_SOURCE}-${part}`)) map.removeLayer(`${DIFFERENCE_SOURCE}-${part}`)
  if (map.getSource(DIFFERENCE_SOURCE)) map.removeSource(DIFFERENCE_SOURCE)
}

const outline = (geometry: Geometry): Geometry | undefined =>
  geometry.type === 'MultiPolygon' && isEmpty(geometry) ? undefined : geometry
const isEmpty = ({ coordinates }: MultiPolygon) => coordinates.length === 0

/** Lines at 45° one way or the other, with a dark edge, so that the two can be told apart without colour. */
const hatch = (colour: string, slope: 1 | -1) => ({
  size: HATCH_PIXELS,
  draw(context: CanvasRenderingContext2D, size: number) {
    context.clearRect(0, 0, size, size)
    context.strokeStyle = colour
    context.lineWidth = 2
    for (const shift of [-size, 0, size]) {
      context.beginPath()
      context.moveTo(shift - 2, slope === 1 ? size + 2 : -2)
      context.lineTo(shift + size + 2, slope === 1 ? -2 : size + 2)
      context.stroke()
    }
  },
})
