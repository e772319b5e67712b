import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { View } from '../app/use-view.ts'
import type { LayerModule } from '../map/layer-module.ts'
import type { MapHandle } from '../map/map-handle.ts'
import type { Facts } from '../ui/facts.ts'
import type { Legend } from '../ui/legend.tsx'

/** What the features say about their layers; client/app/registry.ts has it. */
export interface ListRegistry {
  modules: readonly LayerModule[]
  legends: Record<LayerId, Legend>
  facts: Record<LayerId, Facts>
}

/** What the list and the filter panel are given by the frame. */
export interface ListsProps {
  view: View
  map: MapHandle | null
  workspace: Workspace
  registry: ListRegistry
  /** What can be seen between the panels, degrees. */
  box: Bbox | undefined
  /** The feature that the inspector shows. */
  selected: { layer: LayerId; id: number } | undefined
  /** The cell that is selected or that the selection lies in. */
  within: { code: string; name: string } | undefined
  onSelect(at: string | undefined): void
  /** Opens the editing tool on what is chosen together; undefined while there is no such tool. */
  onEdit?: (() => void) | undefined
}

/** The layer that the list and the filters are about. */
export const listLayer = (view: View): LayerId => view.search.list ?? 'hazards'
