import { HexagonLayer } from '@deck.gl/aggregation-layers'
import { PathLayer } from '@deck.gl/layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { Map as MapLibreMap } from 'maplibre-gl'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Tokens } from '../ui/tokens.ts'
import { type DensityPoint, densityRamp, withAlpha } from './density-overlay.ts'
import { firstOwnLabel } from './own-layers.ts'

/** A way with its looks: the wider, the more; never told by its colour alone. */
export interface PaintedWay {
  path: LngLat[]
  /** A colour of the theme. */
  tone: 'critical' | 'due' | 'info' | 'accent' | 'muted'
  widthPixels: number
}

export interface EffortOverlay {
  /** Sums of weights in hexagons. `tell`: the least and the most of those that are drawn. */
  showHexagons(
    points: DensityPoint[],
    radiusMetres: number,
    tokens: Tokens,
    tell: (range: [number, number]) => void,
  ): void
  showWays(ways: PaintedWay[], tokens: Tokens): void
  remove(): void
}

/** Hexagons or ways under the labels. Loaded only when they are asked for: deck.gl is its own chunk. */
export function addEffortOverlay(map: MapLibreMap): EffortOverlay {
  const overlay = new MapLibreOverlay({ interleaved: true, layers: [] })
  map.addControl(overlay)
  const beforeId = firstOwnLabel(map)
  return {
    showHexagons(points, radiusMetres, tokens, tell) {
      overlay.setProps({
        layers: [
          new HexagonLayer<DensityPoint>({
            id: 'effort-hexagons',
            data: points,
            getPosition: ({ lngLat }) => lngLat,
            getColorWeight: ({ weight }) => weight,
            colorAggregation: 'SUM',
            colorScaleType: 'quantile',
            colorRange: densityRamp(tokens),
            radius: radiusMetres,
            coverage: 0.92,
            extruded: false,
            gpuAggregation: false,
            onSetColorDomain: tell,
            beforeId,
          } as ConstructorParameters<typeof HexagonLayer<DensityPoint>>[0]),
        ],
      })
    },
    showWays(ways, tokens) {
      overlay.setProps({
        layers: [
          new PathLayer<PaintedWay>({
            id: 'effort-ways',
            data: ways,
            getPath: ({ path }) => path,
            getColor: ({ tone }) => withAlpha(tokens[tone], tone === 'muted' ? 150 : 235),
            getWidth: ({ widthPixels }) => widthPixels,
            widthUnits: 'pixels',
            capRounded: true,
            jointRounded: true,
            beforeId,
          } as ConstructorParameters<typeof PathLayer<PaintedWay>>[0]),
        ],
      })
    },
    remove() {
      // The map itself may be gone by now.
      if (map.style) map.removeControl(overlay)
    },
  }
}
