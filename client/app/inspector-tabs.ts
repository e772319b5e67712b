import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { MapHandle } from '../map/map-handle.ts'

export interface InspectorTabProps {
  layer: LayerId
  feature: StoredFeature
  map: MapHandle | null
  onSelect(at: string | undefined): void
}

export interface InspectorTab {
  id: string
  /** i18n keys `inspector.<id>` in client/ui name it. */
  Tab: LazyExoticComponent<ComponentType<InspectorTabProps>>
}

/** Tabs beside the facts of what is selected. */
export const INSPECTOR_TABS: InspectorTab[] = [
  { id: 'duties', Tab: lazy(() => import('../coverage/duty/duties-tab.tsx')) },
  { id: 'notes', Tab: lazy(() => import('../notes/notes-tab.tsx')) },
  { id: 'history', Tab: lazy(() => import('../history/history-tab.tsx')) },
]
