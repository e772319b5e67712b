import { UnstyledButton } from '@mantine/core'
import { useTexts } from '../ui/i18n.ts'
import type { Work } from './view-state.ts'

interface SheetTabsProps {
  work: Work
  shown: 'layers' | 'place' | undefined
  /** undefined: no sheet, the whole map. */
  onShow(sheet: 'layers' | 'place' | undefined): void
}

/** On a narrow window: which panel stands over the map; pressed again, none. */
export function SheetTabs({ work, shown, onShow }: SheetTabsProps) {
  const { t } = useTexts()
  const tab = (sheet: 'layers' | 'place', label: string) => (
    <UnstyledButton
      className="gw-sheet-tab"
      aria-pressed={shown === sheet}
      onClick={() => onShow(shown === sheet ? undefined : sheet)}
      data-testid={`sheet-${sheet}`}
    >
      {label}
    </UnstyledButton>
  )
  return (
    <div className="gw-sheet-tabs">
      {tab('layers', t('panel.layers'))}
      {tab('place', work === 'map' ? t('panel.place') : t(`work.${work}`))}
    </div>
  )
}
