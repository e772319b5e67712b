import type { LayerSpecification } from 'maplibre-gl'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Tokens } from '../ui/tokens.ts'

/** Drawing order, bottom to top. A module puts each of its style layers into one of these. */
export const SLOTS = [
  'plate',
  'ground',
  'roads',
  'buildings',
  'cells',
  'borders',
  'extrusions',
  'labels',
  'points',
] as const
export type Slot = (typeof SLOTS)[number]

export interface SlottedLayer {
  slot: Slot
  spec: LayerSpecification
}

/** Draws into a square of `size` CSS pixels; the context is already scaled to the device's pixels. */
export type DrawSymbol = (context: CanvasRenderingContext2D, size: number) => void

export interface SymbolImage {
  /** edge in CSS pixels */
  size: number
  draw: DrawSymbol
}

/** How a layer of points becomes clusters in the view; see cluster-points.ts. */
export interface PointCluster {
  radiusPixels: number
  /** Points stand alone from this zoom on. */
  singleFromZoom: number
  /**
   * Properties for the symbol layers, made from the tile's; `rank` says which member colours a cluster. null keeps a
   * point out of clusters and their counts.
   */
  properties(tile: Record<string, unknown>, now: Date): { icon: string; rank: number; label: string } | null
  /** Image of a point that is kept out. */
  keptOutIcon?: string
}

/** What a feature folder tells the map about one layer. The map itself knows no feature. */
export interface LayerModule {
  layer: LayerId
  /** Zoom from which it is drawn; below it the layer list says so. */
  fromZoom: number
  styles(tokens: Tokens): SlottedLayer[]
  cluster?: PointCluster
  /** Images by name. Names must be unique among all modules. */
  symbols?(tokens: Tokens): Record<string, SymbolImage>
  /** Style layers that answer a click, with the lowest zoom at which they do. */
  clickable?: { styleLayer: string; fromZoom: number; toZoom?: number }[]
}

export const tileSource = (layer: LayerId) => `tiles-${layer}`
export const pointSource = (layer: LayerId) => `points-${layer}`
/** The layer that makes the point tiles load; see cluster-styles.ts. */
export const loaderLayer = (layer: LayerId) => `${layer}-loader`
export const FONT_STACK = ['Gridward']
