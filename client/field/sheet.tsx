import { IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTexts } from '../ui/i18n.ts'

interface SheetProps {
  title: string
  onClose(): void
  children: ReactNode
}

/** Over the page, from its lower edge; the browser keeps the focus in it, and Escape closes it. */
export function Sheet({ title, onClose, children }: SheetProps) {
  const { t } = useTexts()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const shown = dialog.current
    shown?.showModal()
    return () => shown?.close()
  }, [])
  return (
    <dialog ref={dialog} className="gw-field-sheet" aria-labelledby={id} onCancel={onClose}>
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" className="gw-field-icon" aria-label={t('field.close')} onClick={onClose}>
          <IconX size={22} />
        </button>
      </header>
      {children}
    </dialog>
  )
}
