import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'

/** Largest raw tile, before compression. */
export const BYTE_BUDGET = 512 * 1024

/** From here on a tile shows all there is, unless that would be over the budget. */
const COMPLETE_ZOOM = 14
/** The client draws closer zooms from tiles of this one. */
export const TILE_MAX_ZOOM = 16

export interface TileRules {
  /** Wire names of the attributes besides the id. */
  attributes: string[]
  /** The most features in a tile; undefined: all. One more is picked, and shown, to see that some are left out. */
  limit: number | undefined
  /** Polygons smaller than this are left out, in square tile units; a screen pixel is 64 of them. */
  minArea: number
  /** Only these values of the layer's kind property. */
  kinds: readonly string[] | undefined
  /** What is lost against a tile without a budget. */
  degraded: 'nothing' | 'attributes' | 'features'
}

const LIMITS = [12_000, 6000, 3000, 1500, 750, 375]
export const STEPS = LIMITS.length + 1

/** At low zooms only the roads that a map of that scale shows. */
const ROAD_KINDS: Record<number, readonly string[]> = {
  11: ['main'],
  12: ['main', 'minor'],
  13: ['main', 'minor', 'service'],
}

/**
 * What a tile of a layer holds at a zoom. Step 0 is the full tile; when its bytes are over the budget the next step
 * is tried: step 1 keeps only the attributes that styles colour by, and from there on ever fewer features, those of
 * the highest rank (the largest, longest or newest). Below zoom 14 a tile starts with at most 12,000 features.
 *
 * Buildings below zoom 14 carry their use alone, and those under half a screen pixel are left out.
 */
export function tileRules(layer: LayerId, z: number, step: number): TileRules {
  const { tileProperties, kindProperty, stateProperty } = LAYERS[layer]
  const styling = tileProperties.filter((name) => name === kindProperty || name === stateProperty)
  const small = layer === 'buildings' && z < COMPLETE_ZOOM
  return {
    attributes: small || step > 0 ? styling : tileProperties,
    limit: step > 0 ? LIMITS[step - 1]! : z < COMPLETE_ZOOM ? LIMITS[0]! : undefined,
    minArea: small ? 32 : 0,
    kinds: layer === 'roads' ? ROAD_KINDS[z] : undefined,
    degraded: step === 0 ? 'nothing' : step === 1 ? 'attributes' : 'features',
  }
}

/** Cells have a second layer in their tiles: a point to put the name at. */
export const hasLabels = (layer: LayerId): boolean =>
  layer === 'communities' || layer === 'grids' || layer === 'micro-grids' || layer === 'zones'
export const labelLayer = (layer: LayerId): string => `${layer}-labels`
export const LABEL_ATTRIBUTES = ['code', 'name']
