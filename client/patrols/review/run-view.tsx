import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { type Run, STOP_STATES } from '../../../geodata/walks/run.schema.ts'
import { OUTCOMES } from '../../../geodata/walks/walk.schema.ts'
import { getRun } from '../../api/walks-review.ts'
import type { WorkPanelProps } from '../../map/work-panel.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { clockOf } from '../planning/shift.ts'
import { teamWords } from '../planning/words.ts'
import { BesideRows } from './beside-rows.tsx'
import { StateCounts, WalkFigures } from './counts.tsx'
import { BesideMark, StopMark } from './stop-mark.tsx'
import { useRunOnMap } from './use-run-on-map.ts'
import { lastKnown, lengthOf } from './walk-until.ts'

const AGAIN_MS = 60_000
/** One press of an arrow key. */
const STEP_SECONDS = 10

interface RunViewProps extends WorkPanelProps {
  runId: number
}

/** One walk against its plan: on the map up to a moment, and stop by stop. */
export function RunView({ runId, map, scheme, lang, select }: RunViewProps) {
  const { t } = useTexts()
  const asked = useQuery({
    queryKey: ['patrols', 'run', runId],
    queryFn: ({ signal }) => getRun(runId, signal),
    // While it goes on there is more to see.
    refetchInterval: ({ state }) => (state.data && state.data.endedAt === null ? AGAIN_MS : false),
  })
  const run = asked.data
  const [chosen, setChosen] = useState<number>()
  // A whole number of steps, so that the slider reaches the end.
  const length = run ? Math.ceil(lengthOf(run) / STEP_SECONDS) * STEP_SECONDS : 0
  const seconds = Math.min(chosen ?? length, length)
  const zoomTo = ([lng, lat]: LngLat) => map?.fit([lng, lat, lng, lat], 17)
  useRunOnMap(map, run, seconds, { scheme, lang })
  return (
    <>
      {!run && <LoadState error={asked.error} onRetry={() => void asked.refetch()} />}
      {run && (
        <div className="gw-walked-run" data-testid="walked-run">
          <b>
            {run.person} · {teamWords(run.team)}
          </b>
          <small>
            {formatTime(run.from)}–{clockOf(run.to)} · {run.plan.name}
          </small>
          {run.isRoundGone && (
            <p className="gw-hint" data-testid="walked-run-gone">
              {t('walked.goneHint')}
            </p>
          )}
          <StateCounts counts={run.counts} />
          <WalkFigures counts={run.counts} />
          {length > 0 ? (
            <Until run={run} length={length} seconds={seconds} onChange={setChosen} />
          ) : (
            <p className="gw-hint">{t('walked.noTrack')}</p>
          )}
          {run.positionsKeptUntil === null && <p className="gw-hint">{t('walked.positionsGone')}</p>}
          <ul className="gw-walked-legend">
            <li data-line="planned">{t('walked.legendPlanned')}</li>
            <li data-line="walked">{t('walked.legendWalked')}</li>
            <li data-line="now">{t('walked.legendNow')}</li>
            {run.offPlan.length > 0 && (
              <li data-line="mark">
                <BesideMark kind="off-plan" />
                {t('walked.offPlanVisits')}
              </li>
            )}
            {run.reports.length > 0 && (
              <li data-line="mark">
                <BesideMark kind="report" />
                {t('walked.reports')}
              </li>
            )}
          </ul>
          <h3>{t('walked.stops')}</h3>
          <StopRows run={run} onZoom={zoomTo} />
          <BesideRows run={run} onZoom={zoomTo} onSelect={select} />
        </div>
      )}
    </>
  )
}

interface UntilProps {
  run: Run
  length: number
  seconds: number
  /** undefined: the end, also while it moves on. */
  onChange(seconds: number | undefined): void
}

function Until({ run, length, seconds, onChange }: UntilProps) {
  const { t } = useTexts()
  const momentOf = (after: number) => clockOf(new Date(Date.parse(run.begunAt) + after * 1000))
  const last = lastKnown(run, seconds)
  const seen = last ? t('walked.lastSeen', { time: momentOf(last[2]) }) : t('walked.notYet')
  return (
    <label className="gw-walked-until">
      <span>{t('walked.until')}</span>
      <b data-testid="walked-moment">{momentOf(seconds)}</b>
      <input
        type="range"
        min={0}
        max={length}
        step={STEP_SECONDS}
        value={seconds}
        aria-valuetext={`${momentOf(seconds)}, ${seen}`}
        onChange={(event) => {
          const next = Number(event.currentTarget.value)
          onChange(next >= length ? undefined : next)
        }}
        data-testid="walked-until"
      />
      <small>{seen}</small>
    </label>
  )
}

function StopRows({ run, onZoom }: { run: Run; onZoom(at: LngLat): void }) {
  const { t, lang } = useTexts()
  let number = 0
  return (
    <ol className="gw-walked-stops">
      {run.stops.map((stop) => {
        // A point to pass is no visit.
        if (stop.state === null) return null
        number++
        return (
          <li key={stop.id} data-state={stop.state} data-testid="walked-stop">
            <button type="button" onClick={() => onZoom(stop.lngLat)}>
              <StopMark state={stop.state} />
              <b>
                {number} {stop.name}
              </b>
              <em>{STOP_STATES[stop.state][lang]}</em>
              <span>
                {t('walked.planned', { time: stop.plannedAt ? clockOf(stop.plannedAt) : '—' })}
                {stop.visits.length === 0 && ` · ${t('walked.notSeen')}`}
              </span>
              {stop.visits.map(({ source, state, startedAt, endedAt }) => (
                <span key={`${source} ${startedAt}`}>
                  {t(state === 'unknown' ? 'walked.silent' : 'walked.actual', {
                    from: clockOf(startedAt),
                    to: clockOf(endedAt),
                  })}
                  {state !== 'unknown' && ` · ${t(`walked.sources.${source}`)}`}
                </span>
              ))}
              {stop.records.map(({ at, outcome, count, note }) => (
                <span key={`${at} ${outcome} ${note}`}>
                  {clockOf(at)} {outcome && `${OUTCOMES[outcome][lang]} ${count}`} {note}
                </span>
              ))}
            </button>
          </li>
        )
      })}
    </ol>
  )
}
