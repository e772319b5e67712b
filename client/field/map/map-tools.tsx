import { IconCurrentLocation, IconMinus, IconNavigation, IconPlus, IconRoute } from '@tabler/icons-react'
import { useTexts } from '../../ui/i18n.ts'

interface MapToolsProps {
  isFollowing: boolean
  isHeadingUp: boolean
  onFollow(): void
  onHeadingUp(is: boolean): void
  onWhole(): void
  onZoom(levels: number): void
}

export function MapTools({
  isFollowing,
  isHeadingUp,
  onFollow,
  onHeadingUp,
  onWhole,
  onZoom,
}: MapToolsProps) {
  const { t } = useTexts()
  return (
    <div className="gw-field-map-tools" role="toolbar" aria-label={t('fieldMap.tools')}>
      <button
        type="button"
        aria-label={t('fieldMap.me')}
        title={t('fieldMap.me')}
        aria-pressed={isFollowing}
        data-testid="field-map-me"
        onClick={onFollow}
      >
        <IconCurrentLocation size={24} />
      </button>
      <button
        type="button"
        aria-label={t('fieldMap.headingUp')}
        title={t('fieldMap.headingUp')}
        aria-pressed={isHeadingUp}
        data-testid="field-map-heading"
        onClick={() => onHeadingUp(!isHeadingUp)}
      >
        <IconNavigation size={24} />
      </button>
      <button
        type="button"
        aria-label={t('fieldMap.whole')}
        title={t('fieldMap.whole')}
        data-testid="field-map-whole"
        onClick={onWhole}
      >
        <IconRoute size={24} />
      </button>
      <button type="button" aria-label={t('map.zoomIn')} title={t('map.zoomIn')} onClick={() => onZoom(1)}>
        <IconPlus size={24} />
      </button>
      <button type="button" aria-label={t('map.zoomOut')} title={t('map.zoomOut')} onClick={() => onZoom(-1)}>
        <IconMinus size={24} />
      </button>
    </div>
  )
}
