import { Alert, Button } from '@mantine/core'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'

interface SaveBarProps {
  /** Changes that are not stored yet. */
  count: number
  /** Why they cannot be stored as they are. */
  wrong?: string | undefined
  saving: { isPending: boolean; isStale: boolean; error: Error | null }
  onSave(): void
  onDiscard(): void
}

/** What is not stored yet, in words, and the way to store it or let it go. */
export function SaveBar({ count, wrong, saving, onSave, onDiscard }: SaveBarProps) {
  const { t } = useTexts()
  return (
    <div className="gw-save-bar" data-open={count > 0 || undefined}>
      {saving.isStale ? (
        <Alert color="orange" role="alert">
          {t('caseSettings.stale')}
        </Alert>
      ) : (
        <ProblemAlert error={saving.error} />
      )}
      {wrong && (
        <p className="gw-wrong" role="alert">
          {wrong}
        </p>
      )}
      <div>
        <span aria-live="polite" className="gw-hint" data-testid="unsaved">
          {count > 0 && t('caseSettings.changed', { count })}
        </span>
        <Button size="xs" variant="default" disabled={count === 0} onClick={onDiscard}>
          {t('caseSettings.discard')}
        </Button>
        <Button
          size="xs"
          disabled={count === 0 || wrong !== undefined}
          loading={saving.isPending}
          onClick={onSave}
          data-testid="case-settings-save"
        >
          {t('caseSettings.save')}
        </Button>
      </div>
    </div>
  )
}
