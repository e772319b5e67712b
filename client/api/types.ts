import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'

export interface FeaturePage {
  type: 'FeatureCollection'
  features: StoredFeature[]
  numberReturned: number
  next: string | null
}

export interface LiveEvent {
  id: number
  kind: 'put' | 'delete' | 'import' | 'note' | 'plan' | 'walk' | 'campaign' | 'reset'
  /** undefined with `reset`: too much was missed, load everything again */
  layer?: LayerId
  featureId?: number
  version?: number
  box?: Bbox
  /** Of a plan or a walk, which have no layer. */
  planId?: number
  runId?: number
  change?: string
  /** Of `campaign`: what is asked for anew, and of which campaign; none: of all. */
  register?: string
  campaignId?: number
}
