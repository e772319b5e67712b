import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Language } from '../ui/i18n.ts'
import type { Legend } from '../ui/legend.tsx'
import type { Scheme } from '../ui/tokens.ts'
import type { MapHandle } from './map-handle.ts'

/**
 * What a tool on the map is given: measuring, editing, comparing, printing. A tool is a lazily loaded component that
 * draws its own floating panel and puts its own sources and layers on the map, and takes them away when it unmounts.
 */
export interface ToolProps {
  map: MapHandle
  workspace: Workspace
  scheme: Scheme
  lang: Language
  visible: ReadonlySet<LayerId>
  /** What the symbols of each layer mean and from which zoom they are drawn, in the order of the layer list. */
  legends: readonly { layer: LayerId; legend: Legend; fromZoom: number }[]
  /** What narrows the layers that are shown, in words. */
  filterWords(): Promise<string[]>
  /** The selected feature, if one is. */
  selected: { layer: LayerId; feature: StoredFeature } | undefined
  /** What the tool keeps in the URL (`with=`), so that a link opens it as it stands. */
  state: string | undefined
  setState(next: string | undefined): void
  /** `tab`: what of it is opened in the right-hand panel; left out: what is open already. */
  select(at: string | undefined, tab?: string): void
  close(): void
}
