import { pointStyles } from '../map/cluster-styles.ts'
import type { LayerModule } from '../map/layer-module.ts'
import { type Badge, badge } from '../map/symbol-shapes.ts'

/** A ring; risk is told by how much of the disc inside is filled, so that it reads without colour. */
const ring = (fill: string, stroke: string, core: number): Badge => ({
  shape: 'circle',
  fill,
  stroke,
  radius: 7,
  strokeWidth: 2.5,
  mark: (context, size) => {
    if (core === 0) return
    context.beginPath()
    context.arc(size / 2, size / 2, core, 0, Math.PI * 2)
    context.fillStyle = stroke
    context.fill()
  },
})

const FROM_ZOOM = 15.8
const CORE = { low: 0, medium: 2, high: 3.8 } as const

export const checkpointLayer: LayerModule = {
  layer: 'checkpoints',
  fromZoom: FROM_ZOOM,
  cluster: {
    radiusPixels: 80,
    singleFromZoom: 17,
    properties(tile) {
      const risk = tile.risk === 'high' || tile.risk === 'medium' ? tile.risk : 'low'
      return {
        icon: `checkpoint-${risk}`,
        rank: Object.keys(CORE).indexOf(risk),
        label: String(tile.name ?? ''),
      }
    },
  },
  symbols: ({ panel, info }) => ({
    'checkpoint-low': badge(ring(panel, info, CORE.low)),
    'checkpoint-medium': badge(ring(panel, info, CORE.medium)),
    'checkpoint-high': badge(ring(panel, info, CORE.high)),
    'checkpoints-cluster': badge({
      shape: 'circle',
      fill: panel,
      stroke: info,
      radius: 12,
      strokeWidth: 2.5,
    }),
  }),
  styles: (tokens) =>
    pointStyles(
      'checkpoints',
      {
        images: [[0, 'checkpoints-cluster']],
        textColour: tokens.text,
        labelFromZoom: 17.6,
        order: 30,
        clustersFromZoom: FROM_ZOOM,
        clusterShift: -11,
      },
      tokens,
    ),
  clickable: [
    { styleLayer: 'checkpoints-single', fromZoom: FROM_ZOOM },
    { styleLayer: 'checkpoints-cluster', fromZoom: FROM_ZOOM },
  ],
}
