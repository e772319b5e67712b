import { ActionIcon } from '@mantine/core'
import { IconAngle, IconMinus, IconNavigation, IconPlus, IconWorld } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { MapHandle } from '../map/map-handle.ts'
import { useTexts } from '../ui/i18n.ts'
import { tip } from '../ui/tip.ts'
import { useTools } from './tools.ts'
import type { View } from './use-view.ts'

/** Buttons for what a mouse does by dragging or scrolling. */
interface MapToolsProps {
  map: MapHandle | null
  view: View
  onOverview(): void
}

export function MapTools({ map, view, onOverview }: MapToolsProps) {
  const { t } = useTexts()
  const tools = useTools()
  if (!map) return null
  const tool = (label: string, icon: ReactNode, act: () => void) => (
    <ActionIcon variant="default" size={32} aria-label={label} onClick={act} {...tip(label, 'left')}>
      {icon}
    </ActionIcon>
  )
  return (
    <div className="gw-tools">
      <ActionIcon.Group orientation="vertical">
        {tool(t('map.zoomIn'), <IconPlus size={16} />, () => map.zoomBy(1))}
        {tool(t('map.zoomOut'), <IconMinus size={16} />, () => map.zoomBy(-1))}
      </ActionIcon.Group>
      <ActionIcon.Group orientation="vertical">
        {tool(t('map.tilt'), <IconAngle size={16} />, map.toggleTilt)}
        {tool(t('map.north'), <IconNavigation size={16} />, map.faceNorth)}
        {tool(t('command.fit'), <IconWorld size={16} />, onOverview)}
      </ActionIcon.Group>
      <ActionIcon.Group orientation="vertical">
        {tools.map(({ id, icon: Sign, shortcut }) => (
          <ActionIcon
            key={id}
            variant={view.search.tool === id ? 'filled' : 'default'}
            size={32}
            aria-label={t(`tool.${id}`)}
            aria-pressed={view.search.tool === id}
            data-testid={`tool-${id}`}
            onClick={() =>
              view.change({ tool: view.search.tool === id ? undefined : id, with: undefined }, 'replace')
            }
            {...tip(shortcut ? `${t(`tool.${id}`)} (${shortcut.toUpperCase()})` : t(`tool.${id}`), 'left')}
          >
            <Sign size={16} />
          </ActionIcon>
        ))}
      </ActionIcon.Group>
    </div>
  )
}
