import type { Icon } from '@tabler/icons-react'
import type { ComponentType, LazyExoticComponent } from 'react'
import type { ToolProps } from '../map/tool.ts'

export interface Tool {
  id: string
  /** i18n keys `tool.<id>` in client/ui name it. */
  icon: Icon
  /** A single key, pressed while nobody types. */
  shortcut?: string
  group: 'edit' | 'measure' | 'look' | 'output'
  Panel: LazyExoticComponent<ComponentType<ToolProps>>
}

/** Tools in the order of their buttons. Adding one here gives it a button, a command, a shortcut and a link. */
export const TOOLS: Tool[] = []
