import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox, LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'

export type LayerCounts = Partial<Record<LayerId, number>>

export interface Workspace {
  /** null until someone names the area */
  name?: string | null
  demo: boolean
  empty: boolean
  engine: 'embedded' | 'postgres'
  bbox: Bbox | null
  counts: LayerCounts
  attributions: { attribution: string; licence: string | null }[]
  basemap: { kind: 'style' | 'pmtiles'; url: string } | null
  reviewNumber: string | null
  dataTime: string | null
  eventId: number
}

export interface ViewCounts {
  counts: LayerCounts
  hazardsOpen: number
}

export interface SearchResult {
  layer: LayerId
  id: number
  code: string | null
  name: string
  subtitle: string | null
  center: LngLat
  bbox: Bbox
}

/** A step of the hierarchy: something with a code that can be selected. */
export interface PlaceStep {
  layer: LayerId
  id: number
  code: string
  name: string
}

export interface Place extends PlaceStep {
  center: LngLat
  bbox: Bbox
  ancestors: PlaceStep[]
  children: { layer: LayerId; count: number }[]
  counts: Record<'buildings' | 'householdsUnknown' | 'hazardsOpen' | 'facilities' | 'checkpoints', number> & {
    /** null: there are buildings and none has a figure. */
    households: number | null
    population: number | null
  }
}

export interface FeaturePage {
  type: 'FeatureCollection'
  features: StoredFeature[]
  numberReturned: number
  numberMatched?: number
  next: string | null
}

export interface CellsAt {
  community: PlaceStep | null
  grid: PlaceStep | null
  microGrid: PlaceStep | null
}

export interface LiveEvent {
  id: number
  kind: 'put' | 'delete' | 'import' | 'note' | 'reset'
  /** undefined with `reset`: too much was missed, load everything again */
  layer?: LayerId
  featureId?: number
  version?: number
  box?: Bbox
}
