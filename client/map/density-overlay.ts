import { HeatmapLayer } from '@deck.gl/aggregation-layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Tokens } from '../ui/tokens.ts'

export interface DensityPoint {
  lngLat: LngLat
  weight: number
}

export interface DensityOverlay {
  update(points: DensityPoint[], tokens: Tokens): void
  remove(): void
}

/** A heat map under the labels. Loaded only when someone turns it on: deck.gl is its own chunk. */
export function addDensityOverlay(map: MapLibreMap, beforeId: string): DensityOverlay {
  const overlay = new MapLibreOverlay({ interleaved: true, layers: [] })
  map.addControl(overlay)
  return {
    update(points, tokens) {
      const layer = new HeatmapLayer<DensityPoint>({
        id: 'density',
        data: points,
        getPosition: (point) => point.lngLat,
        getWeight: (point) => point.weight,
        radiusPixels: 52,
        intensity: 1,
        threshold: 0.04,
        opacity: 0.75,
        colorRange: densityRamp(tokens).map(toRgb),
        debounceTimeout: 80,
        beforeId,
      } as ConstructorParameters<typeof HeatmapLayer<DensityPoint>>[0])
      overlay.setProps({ layers: [layer] })
    },
    remove: () => void map.removeControl(overlay),
  }
}

/** Colours from few to many; the legend shows the same. */
export const densityRamp = (tokens: Tokens): string[] => [
  tokens.info,
  tokens.info,
  tokens.due,
  tokens.due,
  tokens.critical,
  tokens.critical,
]

const toRgb = (colour: string): [number, number, number] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as [number, number, number]
