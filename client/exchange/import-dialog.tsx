import { Modal } from '@mantine/core'
import { useTexts } from '../ui/i18n.ts'
import { ImportForm } from './import-form.tsx'

interface ImportDialogProps {
  opened: boolean
  /** A file dropped elsewhere on the page. */
  file: File | undefined
  onClose(): void
  onImported(): void
}

/** The import over whatever is open. */
export default function ImportDialog({ opened, file, onClose, onImported }: ImportDialogProps) {
  const { t } = useTexts()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('exchange.importTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('toast.close') }}
    >
      <ImportForm file={file} onClose={onClose} onImported={onImported} />
    </Modal>
  )
}
