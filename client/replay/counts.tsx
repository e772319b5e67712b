import { STATUS } from '../../geodata/hazards/replay-timeline.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import { lookOf } from './replay-looks.ts'

interface CountsProps {
  /** By status. */
  counts: Int32Array
  reported: number
  ended: number
  scheme: Scheme
  /** Read aloud when it changes: not while it is played. */
  isSaid: boolean
}

const SHOWN = ['open', 'soon', 'overdue', 'ended'] as const
/** What the marks above the line of time tell of, in their colours. */
const MARKS = ['reported', 'ended', 'overdue'] as const

/** How many stand how; the diamonds explain those on the map. */
export function Counts({ counts, reported, ended, scheme, isSaid }: CountsProps) {
  const { t } = useTexts()
  return (
    <div className="gw-replay-counts">
      <ul aria-label={t('replay.counts')} aria-live={isSaid ? 'polite' : 'off'} data-testid="replay-counts">
        {SHOWN.map((name) => {
          const { fill, line, radiusPixels } = lookOf(STATUS[name])
          const tokens = TOKENS[scheme]
          const count = counts[STATUS[name]]!
          return (
            <li key={name} data-tone={name === 'overdue' && count > 0 ? 'critical' : undefined}>
              <svg viewBox="-12 -12 24 24" width={20} height={20} aria-hidden="true">
                <path
                  d={`M0 ${-radiusPixels}L${radiusPixels} 0L0 ${radiusPixels}L${-radiusPixels} 0Z`}
                  fill={tokens[fill]}
                  stroke={tokens[line]}
                  strokeWidth={1.5}
                />
              </svg>
              <span>{t(`replay.${name}`)}</span>{' '}
              <b data-testid={`replay-count-${name}`}>{formatCount(count)}</b>
            </li>
          )
        })}
      </ul>
      <span className="gw-replay-key">
        <small data-testid="replay-came">
          {t('replay.came', { reported: formatCount(reported), ended: formatCount(ended) })}
        </small>
        {MARKS.map((kind) => (
          <small key={kind}>
            <i data-kind={kind} aria-hidden="true" />
            {t(`replay.step.${kind}`)}
          </small>
        ))}
      </span>
    </div>
  )
}
