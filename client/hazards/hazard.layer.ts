import { ENDED_STATES } from '../../geodata/hazards/deadline.ts'
import { pointStyles } from '../map/cluster-styles.ts'
import { type LayerModule, tileSource } from '../map/layer-module.ts'
import { badge, clusterBadge, letter } from '../map/symbol-shapes.ts'
import { hazardStatus } from './status.ts'

const RANK = { open: 1, soon: 2, overdue: 3 } as const
/** What is over is history: shown where one looks closely, never counted in a cluster. */
const ENDED_FROM_ZOOM = 16

export const hazardLayer: LayerModule = {
  layer: 'hazards',
  fromZoom: 10,
  cluster: {
    radiusPixels: 56,
    singleFromZoom: 17,
    keptOutIcon: 'hazard-closed',
    properties(tile, now) {
      const status = hazardStatus(tile, now)
      if (status === 'closed') return null
      const grave = tile.severity === 'high' || tile.severity === 'critical'
      return {
        icon: `hazard-${status}${grave ? '-grave' : ''}`,
        rank: RANK[status],
        label: String(tile.title ?? ''),
      }
    },
  },
  symbols: (tokens) => {
    const { critical, due, info, onColour, panel, muted, halo } = tokens
    const single = (fill: string, mark: string) =>
      badge({ shape: 'diamond', fill, stroke: halo, radius: 9, mark: letter(mark, onColour, 11) })
    return {
      'hazard-overdue': single(critical, '•'),
      'hazard-overdue-grave': single(critical, '!'),
      'hazard-soon': single(due, '•'),
      'hazard-soon-grave': single(due, '!'),
      'hazard-open': single(info, '•'),
      'hazard-open-grave': single(info, '!'),
      'hazard-closed': badge({ shape: 'diamond', fill: panel, stroke: muted, radius: 5.5 }),
      'hazards-cluster-open': clusterBadge('diamond', info, tokens, false),
      'hazards-cluster-soon': clusterBadge('diamond', due, tokens, false),
      'hazards-cluster-overdue': clusterBadge('diamond', critical, tokens, false),
    }
  },
  styles: (tokens) => [
    {
      slot: 'points',
      spec: {
        id: 'hazards-ended',
        type: 'symbol',
        source: tileSource('hazards'),
        'source-layer': 'hazards',
        minzoom: ENDED_FROM_ZOOM,
        filter: ['in', ['get', 'state'], ['literal', ENDED_STATES]],
        layout: { 'icon-image': 'hazard-closed', 'icon-allow-overlap': true },
      },
    },
    ...pointStyles(
      'hazards',
      {
        images: [
          [1, 'hazards-cluster-open'],
          [2, 'hazards-cluster-soon'],
          [3, 'hazards-cluster-overdue'],
        ],
        textColour: tokens.onColour,
        labelFromZoom: 16.5,
        order: 10,
      },
      tokens,
    ),
  ],
  clickable: [
    { styleLayer: 'hazards-ended', fromZoom: ENDED_FROM_ZOOM },
    { styleLayer: 'hazards-single', fromZoom: 0 },
    { styleLayer: 'hazards-cluster', fromZoom: 0 },
  ],
}
