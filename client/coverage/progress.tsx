import { Progress as Bar, Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Analysis } from '../../geodata/coverage/analysis.schema.ts'
import { cancelAnalysis } from '../api/analyses.ts'
import { useTexts } from '../ui/i18n.ts'
import { useMay } from '../ui/session.ts'
import { toastFailed } from '../ui/toast.tsx'
import { viewOf } from './analysis-views.ts'
import { askListAnew, keepAnalysis } from './use-analysis.ts'

/** How far an analysis is, what it does now, and a way to end it. */
export function Progress({ analysis }: { analysis: Analysis }) {
  const texts = useTexts()
  const { t } = texts
  const queries = useQueryClient()
  const mayEnd = useMay('analyse')
  const ending = useMutation({
    mutationFn: () => cancelAnalysis(analysis.id),
    onSuccess: (ended) => {
      keepAnalysis(queries, ended)
      void askListAnew(queries)
    },
    onError: toastFailed,
  })
  const { state, progress, stage, kind } = analysis
  const doing =
    state === 'waiting'
      ? t('coverage.states.waiting')
      : stage === 'keep'
        ? t('coverage.keeping')
        : (viewOf(kind)?.stage(stage, texts) ?? t('coverage.states.running'))
  return (
    <div className="gw-analysis-progress">
      <Bar
        value={state === 'waiting' ? 0 : Math.max(3, progress * 100)}
        animated={state === 'running'}
        aria-label={t('coverage.progress')}
      />
      <p role="status">
        {doing}
        {state === 'running' && ` · ${Math.round(progress * 100)}%`}
      </p>
      {mayEnd && (
        <Button
          size="xs"
          variant="default"
          loading={ending.isPending}
          onClick={() => ending.mutate()}
          data-testid="analysis-cancel"
        >
          {t('coverage.cancel')}
        </Button>
      )}
    </div>
  )
}
