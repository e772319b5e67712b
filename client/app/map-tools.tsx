import { ActionIcon, Tooltip } from '@mantine/core'
import { IconAngle, IconMinus, IconNavigation, IconPlus, IconWorld } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { MapHandle } from '../map/map-handle.ts'
import { useTexts } from '../ui/i18n.ts'

/** Buttons for what a mouse does by dragging or scrolling. */
export function MapTools({ map, onOverview }: { map: MapHandle | null; onOverview(): void }) {
  const { t } = useTexts()
  if (!map) return null
  const tool = (label: string, icon: ReactNode, act: () => void) => (
    <Tooltip label={label} position="left">
      <ActionIcon variant="default" size={32} aria-label={label} onClick={act}>
        {icon}
      </ActionIcon>
    </Tooltip>
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
    </div>
  )
}
