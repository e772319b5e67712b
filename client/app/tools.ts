import {
  type Icon,
  IconBookmark,
  IconCode,
  IconColumns2,
  IconCurrentLocation,
  IconHeadset,
  IconHistory,
  IconMapSearch,
  IconMessageReport,
  IconPencil,
  IconPhotoDown,
  IconPrinter,
  IconRoute,
  IconRulerMeasure,
} from '@tabler/icons-react'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { Permission } from '../../geodata/access/permissions.ts'
import type { ToolProps } from '../map/tool.ts'
import { usePermissions } from '../ui/session.ts'

export interface Tool {
  id: string
  /** i18n keys `tool.<id>` in client/ui name it. */
  icon: Icon
  /** A key, or two one after the other (`b b`), pressed while nobody types. */
  shortcut?: string
  group: 'edit' | 'measure' | 'look' | 'output'
  /** Left out: for everyone who may see the map. */
  needs?: Permission
  Panel: LazyExoticComponent<ComponentType<ToolProps>>
  /** The keys it answers while it is open, for the overview of shortcuts. */
  Keys?: LazyExoticComponent<ComponentType>
}

/** Tools in the order of their buttons. Adding one here gives it a button, a command, a shortcut and a link. */
export const TOOLS: Tool[] = [
  {
    id: 'edit',
    icon: IconPencil,
    shortcut: 'e',
    group: 'edit',
    needs: 'edit',
    Panel: lazy(() => import('../editing/edit-tool.tsx')),
    Keys: lazy(() => import('../editing/keys/edit-key-list.tsx')),
  },
  {
    id: 'report',
    icon: IconMessageReport,
    shortcut: 'r',
    group: 'edit',
    needs: 'report',
    Panel: lazy(() => import('../cases/report/report-tool.tsx')),
  },
  {
    id: 'hotline',
    icon: IconHeadset,
    shortcut: 'h h',
    group: 'edit',
    needs: 'dispatch',
    Panel: lazy(() => import('../dispatch/hotline/hotline-tool.tsx')),
  },
  {
    id: 'round',
    icon: IconRoute,
    shortcut: 'd',
    group: 'edit',
    needs: 'plan',
    Panel: lazy(() => import('../patrols/planning/draw-tool.tsx')),
  },
  {
    id: 'measure',
    icon: IconRulerMeasure,
    shortcut: 'm',
    group: 'measure',
    Panel: lazy(() => import('../measuring/measure-tool.tsx')),
  },
  {
    id: 'goto',
    icon: IconMapSearch,
    shortcut: 'o',
    group: 'look',
    Panel: lazy(() => import('../measuring/goto-tool.tsx')),
  },
  {
    id: 'locate',
    icon: IconCurrentLocation,
    shortcut: 'l',
    group: 'look',
    Panel: lazy(() => import('../measuring/locate-tool.tsx')),
  },
  {
    id: 'bookmarks',
    icon: IconBookmark,
    shortcut: 'b b',
    group: 'look',
    Panel: lazy(() => import('../bookmarks/bookmarks-tool.tsx')),
  },
  {
    id: 'compare',
    icon: IconColumns2,
    shortcut: 'x',
    group: 'look',
    Panel: lazy(() => import('../comparing/compare-tool.tsx')),
  },
  {
    id: 'replay',
    icon: IconHistory,
    shortcut: 'h r',
    group: 'look',
    Panel: lazy(() => import('../replay/replay-tool.tsx')),
  },
  {
    id: 'picture',
    icon: IconPhotoDown,
    shortcut: 's',
    group: 'output',
    Panel: lazy(() => import('../printing/picture-tool.tsx')),
  },
  {
    id: 'print',
    icon: IconPrinter,
    shortcut: 'p',
    group: 'output',
    Panel: lazy(() => import('../printing/print-tool.tsx')),
  },
  {
    id: 'embed',
    icon: IconCode,
    group: 'output',
    Panel: lazy(() => import('../embedding/embed-tool.tsx')),
  },
]

/** The tools of whoever is signed in. */
export function useTools(): Tool[] {
  const may = usePermissions()
  return TOOLS.filter(({ needs }) => needs === undefined || may(needs))
}
