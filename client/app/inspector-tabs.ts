import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { MapHandle } from '../map/map-handle.ts'
import type { CasePart } from '../ui/case-part.ts'
import { CASE_PARTS } from './case-parts.ts'

export interface InspectorTabProps {
  layer: LayerId
  feature: StoredFeature
  map: MapHandle | null
  onSelect(at: string | undefined): void
  /** What other features add to this tab. */
  parts: readonly CasePart[]
}

export interface InspectorTab {
  id: string
  /** i18n keys `inspector.<id>` in client/ui name it. */
  Tab: LazyExoticComponent<ComponentType<InspectorTabProps>>
  /** Left out: of whatever is selected. */
  layer?: LayerId
  parts?: readonly CasePart[]
}

const INSPECTOR_TABS: readonly InspectorTab[] = [
  {
    id: 'case',
    layer: 'hazards',
    parts: CASE_PARTS,
    Tab: lazy(() => import('../cases/case-tab.tsx')),
  },
  { id: 'safety', layer: 'buildings', Tab: lazy(() => import('../campaigns/safety-tab.tsx')) },
  { id: 'duties', Tab: lazy(() => import('../coverage/duty/duties-tab.tsx')) },
  { id: 'notes', Tab: lazy(() => import('../notes/notes-tab.tsx')) },
  { id: 'history', Tab: lazy(() => import('../history/history-tab.tsx')) },
]

/** Tabs beside the facts of what is selected. */
export const tabsOf = (selected: LayerId): readonly InspectorTab[] =>
  INSPECTOR_TABS.filter(({ layer }) => layer === undefined || layer === selected)
