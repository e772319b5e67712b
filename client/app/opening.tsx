import { Alert, Button } from '@mantine/core'
import { useTexts } from '../ui/i18n.ts'
import { PanelSkeleton } from '../ui/panel-skeleton.tsx'
import { ProblemText } from '../ui/problem-text.tsx'

interface OpeningProps {
  error: Error | null
  onRetry(): void
}

/** Before the server has said what there is: the frame without its content, or why there is none and what to do. */
export function Opening({ error, onRetry }: OpeningProps) {
  const { t } = useTexts()
  if (error)
    return (
      <main className="gw-fail" id="map">
        <Alert color="orange" title={t('error.title')} role="alert">
          <ProblemText error={error} />
          <p className="gw-hint">{t('error.hint')}</p>
          <Button onClick={onRetry}>{t('error.retry')}</Button>
        </Alert>
      </main>
    )
  return (
    <main className="gw-stage" id="map" aria-busy="true">
      <div className="gw-rail" />
      <PanelFrame side="left" />
      <output className="gw-opening">{t('app.opening')}</output>
      <PanelFrame side="right" />
    </main>
  )
}

/** A panel whose code is on its way. */
export function PanelFrame({ side }: { side: 'left' | 'right' }) {
  return (
    <div className={`gw-panel gw-panel-${side}`}>
      <PanelSkeleton />
    </div>
  )
}
