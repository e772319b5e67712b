import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconListDetails, IconMap2, IconStack2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTexts } from '../ui/i18n.ts'

interface RailProps {
  narrow: boolean
  layersOpen: boolean
  placeOpen: boolean
  onMap(): void
  onFold(panel: 'layers' | 'place', folded: boolean): void
  /** Sets the folded panels as written in the URL. */
  onShow(folded: string | undefined): void
}

/** Beside the map the way back to folded panels; on a phone the bar that switches between map and sheets. */
export function Rail({ narrow, layersOpen, placeOpen, onMap, onFold, onShow }: RailProps) {
  const { t } = useTexts()
  const placeShown = placeOpen
  const layersShown = layersOpen && !(narrow && placeOpen)
  const item = (label: string, name: string, icon: ReactNode, current: boolean, act: () => void) => (
    <Tooltip label={label} position="right" disabled={narrow}>
      <UnstyledButton
        className="gw-rail-item"
        aria-label={label}
        aria-current={current ? 'page' : undefined}
        onClick={act}
      >
        {icon}
        {narrow && <small>{name}</small>}
      </UnstyledButton>
    </Tooltip>
  )
  const icon = { size: 20, stroke: 1.6, 'aria-hidden': true } as const
  const layers = t('panel.layers')
  const place = t('panel.place')
  return (
    <nav className="gw-rail" aria-label={t('app.name')}>
      {item(
        t('app.map'),
        t('app.map'),
        <IconMap2 {...icon} />,
        !narrow || !(layersShown || placeShown),
        () => (narrow ? onShow('layers,place') : onMap()),
      )}
      {(narrow || !layersOpen) &&
        item(t('panel.unfold', { panel: layers }), layers, <IconStack2 {...icon} />, layersShown, () =>
          narrow ? onShow('place') : onFold('layers', false),
        )}
      {(narrow || !placeOpen) &&
        item(t('panel.unfold', { panel: place }), place, <IconListDetails {...icon} />, placeShown, () =>
          narrow ? onShow('layers') : onFold('place', false),
        )}
    </nav>
  )
}
