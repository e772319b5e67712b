import { ActionIcon } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useTexts } from '../ui/i18n.ts'
import { SHEET_HEIGHTS, setPanelSize, usePanelSize } from '../ui/panel-size.ts'

/** Makes a sheet higher or lower in three steps, without a drag. */
export function SheetSize() {
  const { t } = useTexts()
  const at = SHEET_HEIGHTS.indexOf(usePanelSize().sheet)
  const button = (label: string, next: number, icon: typeof IconChevronUp) => {
    const Sign = icon
    const height = SHEET_HEIGHTS[next]
    return (
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={label}
        disabled={height === undefined}
        onClick={() => height && setPanelSize({ sheet: height })}
      >
        <Sign size={18} />
      </ActionIcon>
    )
  }
  return (
    <>
      {button(t('panel.taller'), at + 1, IconChevronUp)}
      {button(t('panel.shorter'), at - 1, IconChevronDown)}
    </>
  )
}
