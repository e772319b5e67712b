import { Alert, Button } from '@mantine/core'
import { useTexts } from './i18n.ts'
import { PanelSkeleton } from './panel-skeleton.tsx'
import { ProblemText } from './problem-text.tsx'

interface LoadStateProps {
  error: Error | null
  onRetry(): void
}

/** In place of what is still to come, or could not come: why, and a way to ask again. */
export function LoadState({ error, onRetry }: LoadStateProps) {
  const { t } = useTexts()
  if (!error) return <PanelSkeleton />
  return (
    <Alert color="orange" title={t('error.title')} role="alert">
      <ProblemText error={error} />
      <Button size="xs" variant="default" onClick={onRetry}>
        {t('error.retry')}
      </Button>
    </Alert>
  )
}
