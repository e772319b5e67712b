import {
  type Icon,
  IconArrowsJoin2,
  IconArrowsMaximize,
  IconArrowsMove,
  IconCircleDashed,
  IconCut,
  IconLine,
  IconMapPin,
  IconPointer,
  IconPolygon,
  IconRectangle,
  IconRotate,
  IconShape,
} from '@tabler/icons-react'
import { LAYERS } from '../../../geodata/layers.ts'
import { isCellLayer } from '../../../geodata/shared/codes.ts'
import type { ModeId } from '../modes/modes.ts'
import type { EditState } from '../session.ts'

export interface ModeEntry {
  id: ModeId
  icon: Icon
  /** What must be chosen for it. */
  needs?: 'target'
  /** Geometry of the layer that it draws or changes; left out for any. */
  of?: 'Point' | 'LineString' | 'MultiPolygon'
  cells?: boolean
}

/** In the order of their buttons. */
export const MODE_LIST: ModeEntry[] = [
  { id: 'select', icon: IconPointer },
  { id: 'point', icon: IconMapPin, of: 'Point' },
  { id: 'line', icon: IconLine, of: 'LineString' },
  { id: 'polygon', icon: IconPolygon, of: 'MultiPolygon' },
  { id: 'rectangle', icon: IconRectangle, of: 'MultiPolygon' },
  { id: 'vertices', icon: IconShape, needs: 'target' },
  { id: 'split', icon: IconCut, needs: 'target', cells: true },
  { id: 'merge', icon: IconArrowsJoin2, needs: 'target', cells: true },
  { id: 'hole', icon: IconCircleDashed, needs: 'target', of: 'MultiPolygon', cells: false },
  { id: 'move', icon: IconArrowsMove, needs: 'target', cells: false },
  { id: 'rotate', icon: IconRotate, needs: 'target', cells: false },
  { id: 'scale', icon: IconArrowsMaximize, needs: 'target', cells: false },
]

/** Whether a mode can be used now: true, why not, or undefined when it never applies to the layer. */
export function offers(entry: ModeEntry, state: EditState): true | 'needs-target' | undefined {
  if (entry.of && LAYERS[state.layer].geometry !== entry.of) return undefined
  if (entry.cells !== undefined && isCellLayer(state.layer) !== entry.cells) return undefined
  if ((entry.id === 'rotate' || entry.id === 'scale') && LAYERS[state.layer].geometry === 'Point')
    return undefined
  return entry.needs && !state.target ? 'needs-target' : true
}
