import './sheets.css'
import { ActionIcon, Button } from '@mantine/core'
import { useFocusTrap } from '@mantine/hooks'
import { IconPrinter, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useTexts } from './i18n.ts'

interface SheetsFrameProps {
  title: string
  /** What can be chosen, in the bar. */
  choices: ReactNode
  /** How far it is, told as it changes. */
  state: ReactNode
  isReady: boolean
  printLabel: string
  onClose(): void
  children: ReactNode
}

/** Sheets of A4 paper over the whole page, as they will be printed; Escape closes them. */
export function SheetsFrame(props: SheetsFrameProps) {
  const { title, choices, state, isReady, printLabel, onClose, children } = props
  const { t } = useTexts()
  const trap = useFocusTrap()
  useEffect(() => {
    const page = document.createElement('style')
    page.textContent = '@page { size: A4 portrait; margin: 10mm }'
    document.head.append(page)
    function onKey(event: KeyboardEvent) {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      onClose()
    }
    document.addEventListener('keydown', onKey, true)
    return () => {
      page.remove()
      document.removeEventListener('keydown', onKey, true)
    }
  }, [onClose])
  return createPortal(
    <div className="gw-sheets" role="dialog" aria-modal="true" aria-label={title} ref={trap}>
      <header className="gw-sheets-bar">
        <h2>{title}</h2>
        {choices}
        <span role="status" data-testid="sheets-state">
          {state}
        </span>
        <Button
          size="sm"
          leftSection={<IconPrinter size={16} />}
          disabled={!isReady}
          onClick={() => window.print()}
          data-testid="sheets-print"
        >
          {printLabel}
        </Button>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t('toast.close')}
          onClick={onClose}
          data-autofocus
        >
          <IconX size={18} />
        </ActionIcon>
      </header>
      <div className="gw-sheets-view">{children}</div>
    </div>,
    document.body,
  )
}
