import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Tokens } from '../ui/tokens.ts'

export interface PlaceOverlay {
  /** A point and, if it is known, how far off it may be. */
  show(lngLat: LngLat | undefined, accuracyMetres?: number): void
  remove(): void
}

const METRES_PER_DEGREE = 111_320
const CORNERS = 64

/** A ring about a place; plane geometry, good to a few thousandths at the sizes that accuracies have. */
export function accuracyRing([lng, lat]: LngLat, radiusMetres: number): LngLat[] {
  const high = radiusMetres / METRES_PER_DEGREE
  const wide = high / Math.max(0.01, Math.cos((lat * Math.PI) / 180))
  return Array.from({ length: CORNERS + 1 }, (_, at) => {
    const angle = ((at % CORNERS) / CORNERS) * 2 * Math.PI
    return [lng + wide * Math.cos(angle), lat + high * Math.sin(angle)]
  })
}

export function addPlaceOverlay(map: MapLibreMap, name: string, tokens: Tokens): PlaceOverlay {
  map.addSource(name, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
  map.addLayer({
    id: `${name}-area`,
    type: 'fill',
    source: name,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': tokens.accent, 'fill-opacity': 0.16, 'fill-outline-color': tokens.accent },
  })
  map.addLayer({
    id: `${name}-point`,
    type: 'circle',
    source: name,
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': 7,
      'circle-color': tokens.accent,
      'circle-stroke-color': tokens.casing,
      'circle-stroke-width': 2.5,
    },
  })
  return {
    show(lngLat, accuracyMetres) {
      const feature = (geometry: GeoJSON.Geometry): GeoJSON.Feature => ({
        type: 'Feature',
        properties: {},
        geometry,
      })
      const features = lngLat ? [feature({ type: 'Point', coordinates: lngLat })] : []
      if (lngLat && accuracyMetres)
        features.unshift(feature({ type: 'Polygon', coordinates: [accuracyRing(lngLat, accuracyMetres)] }))
      ;(map.getSource(name) as GeoJSONSource | undefined)?.setData({ type: 'FeatureCollection', features })
    },
    remove() {
      if (!map.style) return
      map.removeLayer(`${name}-area`)
      map.removeLayer(`${name}-point`)
      map.removeSource(name)
    },
  }
}
