import { Alert } from '@mantine/core'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { type Planning, planStore } from './plan-store.ts'

/** What is to be known about the draft of this browser. */
export function PlanNotes({ planning }: { planning: Planning }) {
  const { t } = useTexts()
  const { status, restored, damaged, unkept } = planning
  const close = { withCloseButton: true, closeButtonLabel: t('toast.close'), onClose: planStore.dismissNotes }
  return (
    <>
      {status === 'elsewhere' && (
        <Alert color="orange" role="status">
          {t('planning.elsewhere')}
        </Alert>
      )}
      {restored && (
        <Alert color="blue" role="status" {...close} data-testid="plan-restored">
          {t('planning.restored', { time: formatTime(restored) })}
        </Alert>
      )}
      {damaged && (
        <Alert color="orange" role="alert" {...close}>
          {t('planning.damaged')}
        </Alert>
      )}
      {unkept && (
        <Alert color="orange" role="alert">
          {t('planning.unkept')}
        </Alert>
      )}
    </>
  )
}
