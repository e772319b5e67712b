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
        opacity: 0.8,
        colorRange: densityRamp(tokens),
        debounceTimeout: 80,
        beforeId,
      } as ConstructorParameters<typeof HeatmapLayer<DensityPoint>>[0])
      overlay.setProps({ layers: [layer] })
    },
    remove: () => void map.removeControl(overlay),
  }
}

/** Colours from few to many, with their opacity of 255; the legend's ramp has the same stops. */
const RAMP: [name: 'info' | 'due' | 'critical', alpha: number][] = [
  ['info', 40],
  ['info', 120],
  ['due', 160],
  ['due', 200],
  ['critical', 220],
  ['critical', 240],
]

export const densityRamp = (tokens: Tokens): Rgba[] =>
  RAMP.map(([name, alpha]) => withAlpha(tokens[name], alpha))

type Rgba = [red: number, green: number, blue: number, alpha: number]

export const withAlpha = (colour: string, alpha: number) =>
  [...[1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)), alpha] as Rgba
