import { UnstyledButton } from '@mantine/core'
import type { AnalysisSummary } from '../../geodata/coverage/analysis.schema.ts'
import { isOver } from '../../geodata/patrols/generation.schema.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { extentOf } from './extent-of.ts'
import { titleOf } from './title-of.ts'
import { useAnalyses } from './use-analysis.ts'

interface AnalysisListProps {
  map: MapHandle | null
  openId: string | undefined
  setAsk(ask: string | undefined): void
}

/** What was asked before, the newest first. */
export function AnalysisList({ map, openId, setAsk }: AnalysisListProps) {
  const texts = useTexts()
  const { t } = texts
  const { data, error, refetch } = useAnalyses()
  return (
    <section aria-label={t('coverage.asked')}>
      <h3>{t('coverage.asked')}</h3>
      {!data && <LoadState error={error} onRetry={() => void refetch()} />}
      {data?.analyses.length === 0 && <p className="gw-hint">{t('coverage.noneAsked')}</p>}
      <ul className="gw-analysis-list">
        {data?.analyses.map((one) => (
          <li key={one.id}>
            <UnstyledButton
              className="gw-analysis"
              aria-current={one.id === openId || undefined}
              onClick={() => {
                const box = extentOf(one)
                if (box) map?.fit(box)
                setAsk(one.id)
              }}
              data-testid="analysis-row"
            >
              <b>{titleOf(one, texts)}</b>
              <Mark analysis={one} />
              <small>
                {[
                  ...(one.title ? [t(`coverage.kinds.${one.kind}.name`)] : []),
                  formatTime(one.createdAt),
                  one.createdBy,
                ].join(' · ')}
              </small>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Its state, in words; of one that is done only whether the data have changed since. */
function Mark({ analysis: { state, staleSince, progress } }: { analysis: AnalysisSummary }) {
  const { t } = useTexts()
  if (state === 'done')
    return staleSince ? (
      <span className="gw-analysis-mark" data-tone="due">
        {t('coverage.stale')}
      </span>
    ) : null
  return (
    <span className="gw-analysis-mark" data-tone={state === 'failed' ? 'critical' : undefined}>
      {t(`coverage.states.${state}`)}
      {!isOver(state) && state === 'running' && ` ${Math.round(progress * 100)}%`}
    </span>
  )
}
