import type { GeoJSONSource, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { Geometry } from '../../../geodata/shared/geojson.ts'
import { putImage } from '../../map/draw-image.ts'
import { type Scheme, TOKENS } from '../../ui/tokens.ts'

const SOURCE = 'gw-review-findings'
const HATCH = 'gw-review-hatch'
const HATCH_PIXELS = 12

function layersOf(scheme: Scheme): LayerSpecification[] {
  const { critical, halo } = TOKENS[scheme]
  return [
    {
      id: 'gw-review-fill',
      type: 'fill',
      source: SOURCE,
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-pattern': HATCH },
    },
    {
      id: 'gw-review-casing',
      type: 'line',
      source: SOURCE,
      paint: { 'line-color': halo, 'line-width': 6, 'line-opacity': 0.8 },
    },
    {
      id: 'gw-review-line',
      type: 'line',
      source: SOURCE,
      paint: { 'line-color': critical, 'line-width': 3 },
    },
    {
      id: 'gw-review-point',
      type: 'circle',
      source: SOURCE,
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': 10,
        'circle-opacity': 0,
        'circle-stroke-color': critical,
        'circle-stroke-width': 3,
      },
    },
  ]
}

/** Draws findings over everything, hatched and outlined, until the function returned is called. */
export function showFindings(map: MapLibreMap, geometries: readonly Geometry[], scheme: Scheme): () => void {
  putImage(map, HATCH, {
    size: HATCH_PIXELS,
    draw(context, size) {
      context.clearRect(0, 0, size, size)
      context.strokeStyle = TOKENS[scheme].critical
      context.lineWidth = 2
      for (const shift of [-size, 0, size]) {
        context.beginPath()
        context.moveTo(shift, size)
        context.lineTo(shift + size, 0)
        context.stroke()
      }
    },
  })
  const data = {
    type: 'FeatureCollection' as const,
    features: geometries.map((geometry) => ({ type: 'Feature' as const, properties: {}, geometry })),
  }
  const source = map.getSource<GeoJSONSource>(SOURCE)
  if (source) source.setData(data)
  else map.addSource(SOURCE, { type: 'geojson', data, tolerance: 0 })
  for (const layer of layersOf(scheme)) {
    if (map.getLayer(layer.id)) map.removeLayer(layer.id)
    map.addLayer(layer)
  }
  return () => {
    // The map itself may be gone by now.
    if (!map.style) return
    for (const { id } of layersOf(scheme)) if (map.getLayer(id)) map.removeLayer(id)
    if (map.getSource(SOURCE)) map.removeSource(SOURCE)
    if (map.hasImage(HATCH)) map.removeImage(HATCH)
  }
}

const TYPES = ['Point', 'LineString', 'Polygon', 'MultiPolygon', 'MultiLineString', 'MultiPoint']

/** The server's geometry of a finding, of whatever type the intersection gave; undefined where it has none. */
export function findingGeometry(value: unknown): Geometry | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { type, coordinates } = value as { type?: unknown; coordinates?: unknown }
  return TYPES.includes(String(type)) && Array.isArray(coordinates) ? (value as Geometry) : undefined
}
