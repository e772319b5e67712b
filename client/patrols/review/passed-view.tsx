import { Button, TextInput } from '@mantine/core'
import { IconMaximize, IconPolygon } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { readArea } from '../../../geodata/shared/read-area.ts'
import { getPassed } from '../../api/walks-review.ts'
import { useAreas } from '../../map/use-areas.ts'
import { useDrawArea } from '../../map/use-draw-area.ts'
import type { WorkPanelProps } from '../../map/work-panel.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { TOKENS } from '../../ui/tokens.ts'
import { clockOf, dateOf } from '../planning/shift.ts'
import { teamWords } from '../planning/words.ts'
import { keepPassed, lastPassed } from './passed-store.ts'
import { type Period, spanOf } from './walked-ask.ts'

interface PassedViewProps extends Pick<WorkPanelProps, 'map' | 'scheme'> {
  period: Period
  onLook(runId: number): void
}

const NO_AREAS: LngLat[][] = []
const MOST_DAYS = 62

/** Who went through an area between two moments. */
export function PassedView({ period, map, scheme, onLook }: PassedViewProps) {
  const { t } = useTexts()
  const [asked, setAsked] = useState(() => {
    const span = spanOf(period, new Date())
    return { from: fieldOf(span.from), to: fieldOf(span.to), ...lastPassed() }
  })
  const put = (next: Partial<typeof asked>) =>
    setAsked((before) => {
      const whole = { ...before, ...next }
      keepPassed(whole)
      return whole
    })
  const { area, from, to } = asked
  useAreas(map?.map ?? null, area ? [area] : NO_AREAS, TOKENS[scheme])
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  const isSpan = days > 0 && days <= MOST_DAYS
  const passed = useQuery({
    queryKey: ['patrols', 'passed', area, from, to],
    queryFn: ({ signal }) => getPassed({ area: area!, from: instantOf(from), to: instantOf(to) }, signal),
    enabled: area !== undefined && isSpan,
  })
  return (
    <div className="gw-walked-run" data-testid="walked-passed-view">
      <h3>{t('walked.passed')}</h3>
      <p className="gw-hint">{t('walked.passedHint')}</p>
      <AreaButtons
        map={map}
        scheme={scheme}
        hasArea={area !== undefined}
        onArea={(next) => put({ area: next })}
      />
      <div className="gw-walked-span">
        <TextInput
          type="datetime-local"
          size="xs"
          label={t('walked.passedFrom')}
          value={from}
          onChange={(event) => put({ from: event.currentTarget.value })}
          data-testid="passed-from"
        />
        <TextInput
          type="datetime-local"
          size="xs"
          label={t('walked.passedTo')}
          value={to}
          error={!isSpan && t('walked.spanWrong', { days: MOST_DAYS })}
          onChange={(event) => put({ to: event.currentTarget.value })}
          data-testid="passed-to"
        />
      </div>
      {area && isSpan && !passed.data && (
        <LoadState error={passed.error} onRetry={() => void passed.refetch()} />
      )}
      {passed.data && (
        <>
          <p className="gw-hint" role="status" data-testid="passed-count">
            {passed.data.passes.length === 0
              ? t('walked.nobody')
              : t(passed.data.isCut ? 'walked.passesCut' : 'walked.passes', {
                  count: passed.data.passes.length,
                })}
          </p>
          <ul className="gw-walked-stops gw-walked-passes">
            {passed.data.passes.map(({ runId, person, team, plan, from: since, to: until, positions }) => (
              <li key={`${runId} ${since}`} data-testid="walked-pass">
                <button type="button" onClick={() => onLook(runId)}>
                  <b>
                    {person} · {teamWords(team)}
                  </b>
                  <em>{t('walked.positions', { count: positions })}</em>
                  <span>
                    {formatTime(since)}–{clockOf(until)} · {plan.name}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

interface AreaButtonsProps extends Pick<WorkPanelProps, 'map' | 'scheme'> {
  hasArea: boolean
  onArea(ring: LngLat[]): void
}

function AreaButtons({ map, scheme, hasArea, onArea }: AreaButtonsProps) {
  const { t } = useTexts()
  const [wrong, setWrong] = useState<string>()
  const { drawing, draw } = useDrawArea(map, scheme, (ring) => {
    const read = readArea(ring.map((at) => at.join()).join(';'))
    setWrong(read.ok ? undefined : read.reason)
    if (read.ok) onArea(read.ring)
  })
  if (drawing)
    return (
      <>
        <p className="gw-hint" role="status">
          {t('walked.drawing', { count: drawing.count })}
        </p>
        <div className="gw-walked-acts">
          <Button size="compact-sm" disabled={drawing.count < 3} onClick={drawing.finish}>
            {t('walked.finishArea')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={drawing.cancel}>
            {t('walked.cancelArea')}
          </Button>
        </div>
      </>
    )
  return (
    <>
      <div className="gw-walked-acts">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPolygon size={14} />}
          onClick={draw}
          data-testid="passed-draw"
        >
          {t(hasArea ? 'walked.redrawArea' : 'walked.drawArea')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconMaximize size={14} />}
          disabled={!map}
          onClick={() => map && onArea(ringOf(map.visibleBox()))}
          data-testid="passed-view"
        >
          {t('walked.shownArea')}
        </Button>
      </div>
      {wrong && (
        <p className="gw-wrong" role="alert">
          {wrong}
        </p>
      )}
    </>
  )
}

const round = (degrees: number) => Number(degrees.toFixed(6))
function ringOf(box: readonly [number, number, number, number]): LngLat[] {
  const [west, south, east, north] = [round(box[0]), round(box[1]), round(box[2]), round(box[3])]
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]
}

const fieldOf = (instant: string): string => `${dateOf(instant)}T${clockOf(instant)}`
const instantOf = (field: string): string => new Date(field).toISOString()
