import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import type { FeatureFilter } from '../features/feature.filter.ts'
import { EXTENT, type TileAddress } from './tile-address.ts'
import { BYTE_BUDGET, STEPS, type TileRules, tileRules } from './tile-rules.ts'
import { writeMvtLayer } from './write-mvt.ts'

export interface EncodedTile {
  /** A vector tile without compression; empty when nothing is there. */
  bytes: Uint8Array
  /** Features in it. Where the rules have no limit those without a shape may be counted too. */
  features: number
  /** One more was picked than the rules' limit, so others are left out. That one is in the tile too. */
  cut: boolean
}

/** Makes a tile from the database. Two of them: ST_AsMVT on PostgreSQL, and JavaScript for engines without it. */
export interface TileEncoder {
  encode(
    layer: LayerId,
    address: TileAddress,
    reach: Reach,
    rules: TileRules,
    signal: AbortSignal,
    filter?: FeatureFilter,
  ): Promise<EncodedTile>
}

export interface Tile {
  bytes: Uint8Array
  /** What the byte budget or the feature limit cost. */
  degraded: TileRules['degraded']
}

/**
 * A tile within the byte budget, by as few steps down as that takes (see tileRules). One that lost something has a
 * further layer `<layer>-meta` of one point, with `truncated`, `degraded` and the count of features shown. The last
 * step is served whatever its size. It holds what the reach and the filter leave, by the same rules.
 */
export async function makeTile(
  encoder: TileEncoder,
  layer: LayerId,
  address: TileAddress,
  reach: Reach,
  signal: AbortSignal,
  filter?: FeatureFilter,
): Promise<Tile> {
  if (address.z < LAYERS[layer].minZoom) return { bytes: new Uint8Array(), degraded: 'nothing' }
  for (let step = 0; ; step++) {
    const rules = tileRules(layer, address.z, step)
    const { bytes, features, cut } = await encoder.encode(layer, address, reach, rules, signal, filter)
    if (bytes.length > BYTE_BUDGET && step + 1 < STEPS) continue
    const degraded = cut ? 'features' : rules.degraded
    if (degraded === 'nothing') return { bytes, degraded }
    return { bytes: Buffer.concat([bytes, metaLayer(layer, degraded, features)]), degraded }
  }
}

const metaLayer = (layer: LayerId, degraded: string, features: number): Uint8Array =>
  writeMvtLayer(`${layer}-meta`, [
    {
      id: 1,
      shape: { type: 'point', x: EXTENT / 2, y: EXTENT / 2 },
      attributes: { truncated: true, degraded, features },
    },
  ]).bytes
