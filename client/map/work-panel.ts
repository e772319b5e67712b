import type { Workspace } from '../../geodata/places/workspace.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Language } from '../ui/i18n.ts'
import type { Scheme } from '../ui/tokens.ts'
import type { MapHandle } from './map-handle.ts'

/** What the part that a workspace draws on the map is given; it takes away what it put there when it unmounts. */
export interface MapPartProps {
  map: MapHandle
  scheme: Scheme
  /** The tool that draws the same things is open and has the clicks. */
  drawing: boolean
  /** What the workspace was asked; see WorkPanelProps. */
  ask: string | undefined
  select(at: string | undefined): void
}

/**
 * What the right-hand panel of a workspace is given while nothing is selected. It is loaded with the workspace, draws
 * only its body, and takes away what it put on the map when it unmounts.
 */
export interface WorkPanelProps {
  map: MapHandle | null
  workspace: Workspace
  scheme: Scheme
  lang: Language
  /** What the panel was asked, kept in the URL (`ask=`). */
  ask: string | undefined
  setAsk(next: string | undefined): void
  /** `tab`: what of it is opened; left out: what is open already. */
  select(at: string | undefined, tab?: string): void
  /** Opens the list of a layer, narrowed as the URL writes it (`f-<layer>=…`) and in this order. */
  openList(layer: LayerId, filter?: string, sort?: string): void
  /** Shows the part of the left-hand panel that belongs to the workspace. */
  openOwnPart(): void
  /** Address of a download of what the layer's filter leaves now. */
  exportUrl(layer: LayerId): string
  filtered(layer: LayerId): boolean
  onImported(): void
  setTheme(scheme: Scheme): void
  setLanguage(lang: Language): void
}
