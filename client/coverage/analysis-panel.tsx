import { Alert } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Suspense } from 'react'
import { isOver } from '../../geodata/patrols/generation.schema.ts'
import { getPartFeatures, rerunAnalysis } from '../api/analyses.ts'
import { boxOf } from '../map/box-of.ts'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { PanelSkeleton } from '../ui/panel-skeleton.tsx'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { ProblemText } from '../ui/problem-text.tsx'
import { toastFailed } from '../ui/toast.tsx'
import { AnalysisActions } from './analysis-actions.tsx'
import { viewOf } from './analysis-views.ts'
import { AreaWords } from './area-words.tsx'
import { changeDraft } from './drafts.ts'
import { PartLegend } from './part-legend.tsx'
import { PartList } from './part-list.tsx'
import { Progress } from './progress.tsx'
import { changeShown } from './shown-parts.ts'
import { titleOf } from './title-of.ts'
import { askListAnew, keepAnalysis, useAnalysis } from './use-analysis.ts'

/** One analysis: how far it is, or what was found. */
export function AnalysisPanel({ id, ...props }: WorkPanelProps & { id: string }) {
  const texts = useTexts()
  const { t } = texts
  const queries = useQueryClient()
  const { data: analysis, error, refetch } = useAnalysis(id, true)
  const { map, setAsk } = props
  const again = useMutation({
    mutationFn: () => rerunAnalysis(id),
    onSuccess: (next) => {
      keepAnalysis(queries, next)
      void askListAnew(queries)
      setAsk(next.id)
    },
  })
  if (!analysis) return <LoadState error={error} onRetry={() => void refetch()} />
  const view = viewOf(analysis.kind)
  const { state, kind, notes, staleSince } = analysis

  /** Goes to a feature and marks it. */
  async function showFeature(part: string, feature: number) {
    changeShown(id, { chosen: { part, id: feature } })
    try {
      const { features } = await getPartFeatures(id, part, { cursor: String(feature - 1), limit: 1 })
      const [found] = features
      if (found) map?.fit(boxOf(found.geometry), 18)
    } catch (error) {
      toastFailed(error)
    }
  }
  return (
    <article className="gw-analysis-panel" data-testid="analysis" data-state={state}>
      <header>
        <h3>{titleOf(analysis, texts)}</h3>
        <p className="gw-hint gw-analysis-sub">
          <AreaWords codes={analysis.area} /> · {formatTime(analysis.finishedAt ?? analysis.createdAt)} ·{' '}
          {analysis.createdBy}
        </p>
        {staleSince && (
          <p className="gw-analysis-mark" data-tone="due" role="status" data-testid="stale">
            {t('coverage.staleSince', { time: formatTime(staleSince) })}
          </p>
        )}
        <AnalysisActions
          analysis={analysis}
          onAgain={() => again.mutate()}
          isAsking={again.isPending}
          onChange={() => {
            changeDraft(kind, { title: analysis.title, area: analysis.area, params: analysis.params })
            setAsk(kind)
            props.openOwnPart()
          }}
          onDeleted={() => setAsk(undefined)}
          map={map}
          workspace={props.workspace}
        />
        <ProblemAlert error={again.error} />
      </header>
      {!isOver(state) && <Progress analysis={analysis} />}
      {state === 'failed' && analysis.problem && (
        <Alert color="orange" role="alert">
          <ProblemText error={analysis.problem} />
        </Alert>
      )}
      {state === 'cancelled' && <p className="gw-hint">{t('coverage.wasCancelled')}</p>}
      {state === 'done' && view && (
        <>
          {notes.length > 0 && (
            <Alert variant="default" title={t('coverage.notes')} data-testid="analysis-notes">
              <ul className="gw-analysis-notes">
                {notes.map((note) => (
                  <li key={JSON.stringify(note)}>{view.note(note, texts)}</li>
                ))}
              </ul>
            </Alert>
          )}
          <Suspense fallback={<PanelSkeleton />}>
            <view.Result
              {...props}
              analysis={analysis}
              showParts={(parts) => changeShown(id, { parts })}
              showFeature={(part, feature) => void showFeature(part, feature)}
              askNext={(next, params) => {
                changeDraft(next, { params: { ...viewOf(next)?.initial(), ...params }, area: analysis.area })
                setAsk(next)
                props.openOwnPart()
              }}
              reload={() => void refetch()}
            />
          </Suspense>
          <PartLegend analysis={analysis} scheme={props.scheme} />
          <PartList analysis={analysis} onShow={(part, feature) => void showFeature(part, feature)} />
        </>
      )}
    </article>
  )
}
