import { useTexts } from '../ui/i18n.ts'
import { formatAge, formatClock, formatClockSeconds } from './format.ts'
import { leftOf, type TourState } from './tour.ts'
import type { Level } from './watchdog.ts'

interface StatusProps {
  nowMs: number | undefined
  /** The server's time of what is shown; undefined: nothing is shown yet. */
  dataMs: number | undefined
  level: Level
  tour: TourState
  stops: number
  dwellMs: number
}

/** What the tour does next, how old the data is, and what time it is: the server's, not this computer's. */
export function Status({ nowMs, dataMs, level, tour, stops, dwellMs }: StatusProps) {
  const { t, lang } = useTexts()
  const clock = nowMs === undefined ? '--:--' : formatClock(nowMs)
  return (
    <div className="gw-wall-status">
      {(stops > 1 || tour.heldBy) && <Ring tour={tour} stops={stops} dwellMs={dwellMs} />}
      <time className="gw-wall-clock" data-testid="wall-clock">
        {clock}
      </time>
      <output className="gw-wall-age" data-level={level} data-testid="wall-age">
        {dataMs === undefined || nowMs === undefined ? (
          t('wall.noData')
        ) : (
          <>
            <span>{t('wall.data', { time: formatClockSeconds(dataMs) })}</span>{' '}
            <span>{t('wall.age', { age: formatAge(nowMs - dataMs, lang) })}</span>
          </>
        )}
      </output>
    </div>
  )
}

const RADIUS = 15
const ROUND = 2 * Math.PI * RADIUS

function Ring({ tour, stops, dwellMs }: Pick<StatusProps, 'tour' | 'stops' | 'dwellMs'>) {
  const { t } = useTexts()
  const left = leftOf(tour, dwellMs)
  const said = tour.isPaused
    ? t('wall.tour.paused')
    : tour.heldBy
      ? t('wall.tour.held')
      : t('wall.tour.next', { seconds: Math.ceil((left * dwellMs) / 1000) })
  return (
    <span
      className="gw-wall-ring"
      role="img"
      aria-label={said}
      data-held={tour.heldBy !== undefined || undefined}
      data-testid="wall-ring"
    >
      <svg viewBox="0 0 36 36" aria-hidden="true">
        <circle cx="18" cy="18" r={RADIUS} />
        {!tour.isPaused && <circle cx="18" cy="18" r={RADIUS} strokeDasharray={`${left * ROUND} ${ROUND}`} />}
      </svg>
      <span aria-hidden="true">
        {tour.isPaused ? '❚❚' : tour.heldBy ? '!' : t('wall.tour.stop', { at: tour.at + 1, count: stops })}
      </span>
    </span>
  )
}
