import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Tokens } from '../ui/tokens.ts'

export interface AreaOutline {
  /** Rings are open. Corners are shown as well where `corners` names them. */
  put(rings: readonly (readonly LngLat[])[], corners?: readonly LngLat[]): void
  remove(): void
}

/** Puts outlines of areas on the map, dashed so that they are no border, under `name` for source and layers. */
export function areaOutline(map: MapLibreMap, name: string, tokens: Tokens): AreaOutline {
  map.addSource(name, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } })
  map.addLayer({
    id: `${name}-casing`,
    type: 'line',
    source: name,
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': tokens.halo, 'line-width': 5, 'line-opacity': 0.8 },
  })
  map.addLayer({
    id: `${name}-line`,
    type: 'line',
    source: name,
    layout: { 'line-join': 'round' },
    paint: { 'line-color': tokens.accent, 'line-width': 2, 'line-dasharray': [3, 2] },
  })
  map.addLayer({
    id: `${name}-corners`,
    type: 'circle',
    source: name,
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': 4,
      'circle-color': tokens.casing,
      'circle-stroke-color': tokens.accent,
      'circle-stroke-width': 2,
    },
  })
  return {
    put(rings, corners = []) {
      const geometries: GeoJSON.Geometry[] = [
        ...corners.map((at): GeoJSON.Point => ({ type: 'Point', coordinates: [...at] })),
        ...rings
          .filter((ring) => ring.length > 1)
          .map(
            (ring): GeoJSON.LineString => ({
              type: 'LineString',
              coordinates: [...ring, ...(ring.length > 2 ? [ring[0]!] : [])].map((at) => [...at]),
            }),
          ),
      ]
      const source = map.getSource(name) as GeoJSONSource | undefined
      source?.setData({
        type: 'FeatureCollection',
        features: geometries.map((geometry) => ({ type: 'Feature', properties: {}, geometry })),
      })
    },
    remove() {
      // The map may be gone already.
      if (!map.style) return
      for (const part of ['casing', 'line', 'corners']) map.removeLayer(`${name}-${part}`)
      map.removeSource(name)
    },
  }
}
