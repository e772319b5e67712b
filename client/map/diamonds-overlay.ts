import { ScatterplotLayer } from '@deck.gl/layers'
import { MapLibreOverlay } from '@deck.gl/maplibre'
import type { Map as MapLibreMap } from 'maplibre-gl'

/** Diamonds in columns, so that thousands are handed over at once; later ones lie over earlier ones. */
export interface Diamonds {
  /** Longitude, latitude and 0 of each. */
  positions: Float64Array
  /** Four bytes of each. */
  fills: Uint8Array
  lines: Uint8Array
  radiusPixels: Float32Array
}

export interface DiamondsOverlay {
  show(diamonds: Diamonds): void
  remove(): void
}

/** A circle by another norm is a diamond: |x| + |y| instead of the distance. */
class DiamondLayer extends ScatterplotLayer {
  static override layerName = 'DiamondLayer'
  override getShaders() {
    const shaders = super.getShaders()
    const round = 'length(unitPosition)'
    return {
      ...shaders,
      fs: String(shaders.fs).replace(round, '(abs(unitPosition.x) + abs(unitPosition.y))'),
    }
  }
}

const LINE_PIXELS = 1.5

/** Many diamonds that change all the time, above all else as other points are. Loaded only when they are asked for: deck.gl is its own chunk. */
export function addDiamondsOverlay(map: MapLibreMap): DiamondsOverlay {
  const overlay = new MapLibreOverlay({ interleaved: true, layers: [] })
  map.addControl(overlay)
  return {
    show({ positions, fills, lines, radiusPixels }) {
      overlay.setProps({
        layers: [
          new DiamondLayer({
            id: 'diamonds',
            data: {
              length: radiusPixels.length,
              attributes: {
                getPosition: { value: positions, size: 3 },
                getFillColor: { value: fills, size: 4 },
                getLineColor: { value: lines, size: 4 },
                getRadius: { value: radiusPixels, size: 1 },
              },
            },
            radiusUnits: 'pixels',
            lineWidthUnits: 'pixels',
            getLineWidth: LINE_PIXELS,
            stroked: true,
            filled: true,
            // Buildings that stand on the ground must not hide what lies on it.
            parameters: { depthCompare: 'always', depthWriteEnabled: false },
          } as ConstructorParameters<typeof DiamondLayer>[0]),
        ],
      })
    },
    remove() {
      // The map itself may be gone by now.
      if (map.style) map.removeControl(overlay)
    },
  }
}
