import {
  type Icon,
  IconCurrentLocation,
  IconMinus,
  IconNavigation,
  IconPlus,
  IconRoute,
} from '@tabler/icons-react'
import { useTexts } from '../../ui/i18n.ts'

interface MapToolsProps {
  isFollowing: boolean
  isHeadingUp: boolean
  onFollow(is: boolean): void
  onHeadingUp(is: boolean): void
  onWhole(): void
  onZoom(levels: number): void
}

export function MapTools(props: MapToolsProps) {
  const { isFollowing, isHeadingUp, onFollow, onHeadingUp, onWhole, onZoom } = props
  const { t } = useTexts()
  const tool = (id: string, Icon: Icon, label: string, press: () => void, isOn?: boolean) => (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isOn}
      data-testid={`field-map-${id}`}
      onClick={press}
    >
      <Icon size={24} />
    </button>
  )
  return (
    <fieldset className="gw-field-map-tools" aria-label={t('fieldMap.tools')}>
      {tool('me', IconCurrentLocation, t('fieldMap.me'), () => onFollow(!isFollowing), isFollowing)}
      {tool('heading', IconNavigation, t('fieldMap.headingUp'), () => onHeadingUp(!isHeadingUp), isHeadingUp)}
      {tool('whole', IconRoute, t('fieldMap.whole'), onWhole)}
      {tool('zoom-in', IconPlus, t('map.zoomIn'), () => onZoom(1))}
      {tool('zoom-out', IconMinus, t('map.zoomOut'), () => onZoom(-1))}
    </fieldset>
  )
}
