import { FACILITY_KINDS, type FacilityKind } from '../../geodata/facilities/facility.schema.ts'
import { pointStyles } from '../map/cluster-styles.ts'
import type { LayerModule, SymbolImage } from '../map/layer-module.ts'
import { badge, pictogram } from '../map/symbol-shapes.ts'
import { PICTOGRAMS } from './pictograms.ts'

/** Hazards come first: above this the town shows what is wrong, not where every hydrant is. */
const FROM_ZOOM = 15.8

const isKind = (kind: unknown): kind is FacilityKind => typeof kind === 'string' && kind in FACILITY_KINDS

export const facilityLayer: LayerModule = {
  layer: 'facilities',
  fromZoom: FROM_ZOOM,
  cluster: {
    radiusPixels: 80,
    singleFromZoom: 17,
    properties(tile) {
      const kind = isKind(tile.kind) ? tile.kind : 'other'
      const stopped = tile.status === 'out-of-service'
      return {
        icon: `facility-${kind}${stopped ? '-stopped' : ''}`,
        rank: stopped ? 1 : 0,
        label: String(tile.name ?? ''),
      }
    },
  },
  symbols: (tokens) => {
    const images: Record<string, SymbolImage> = {
      'facilities-cluster': badge({ shape: 'square', fill: tokens.panel, stroke: tokens.muted, radius: 11 }),
    }
    for (const [kind, paths] of Object.entries(PICTOGRAMS)) {
      const look = (ink: string) =>
        badge({
          shape: 'square',
          fill: tokens.panel,
          stroke: ink,
          radius: 9.5,
          mark: pictogram(paths, ink, 14),
        })
      images[`facility-${kind}`] = look(tokens.muted)
      images[`facility-${kind}-stopped`] = look(tokens.critical)
    }
    return images
  },
  styles: (tokens) =>
    pointStyles(
      'facilities',
      {
        images: [[0, 'facilities-cluster']],
        textColour: tokens.text,
        labelFromZoom: 17.6,
        order: 20,
        clustersFromZoom: FROM_ZOOM,
        clusterShift: 11,
      },
      tokens,
    ),
  clickable: [
    { styleLayer: 'facilities-single', fromZoom: FROM_ZOOM },
    { styleLayer: 'facilities-cluster', fromZoom: FROM_ZOOM },
  ],
}
