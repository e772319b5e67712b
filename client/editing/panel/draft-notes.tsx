import { Alert } from '@mantine/core'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { type DraftState, draftStore } from '../draft-store.ts'

/** What the user must know of the draft itself: restored, damaged, held by another tab, not kept. */
export function DraftNotes({ draft }: { draft: DraftState }) {
  const { t } = useTexts()
  const close = {
    withCloseButton: true,
    closeButtonLabel: t('editing.read'),
    onClose: draftStore.dismissNotes,
  }
  return (
    <>
      {draft.status === 'elsewhere' && (
        <Alert color="orange" p="xs" role="alert" data-testid="draft-elsewhere">
          {t('editing.elsewhere')}
        </Alert>
      )}
      {draft.status === 'unanswered' && (
        <Alert color="orange" p="xs" role="alert" data-testid="draft-unanswered">
          {t('editing.unanswered')}
        </Alert>
      )}
      {draft.unkept && (
        <Alert color="orange" p="xs" role="alert">
          {t('editing.unkept')}
        </Alert>
      )}
      {draft.damaged && (
        <Alert color="orange" p="xs" role="alert" {...close} data-testid="draft-damaged">
          {t('editing.damaged')} <small>{draft.damaged}</small>
        </Alert>
      )}
      {draft.restored && (
        <Alert p="xs" role="status" {...close} data-testid="draft-restored">
          {t('editing.restored', {
            time: formatTime(draft.restored.at),
            count: draft.restored.changes,
          })}
        </Alert>
      )}
    </>
  )
}
