import type { DueAnswer } from '../../../geodata/patrols/due.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import { clockOf, type Shift } from './shift.ts'

const HEIGHT = 28

interface ForecastProps {
  hours: DueAnswer['forecast']
  shift: Shift
}

/** How many limits break hour by hour if nobody comes; the hours of the shift stand out. */
export function Forecast({ hours, shift }: ForecastProps) {
  const { t } = useTexts()
  const shown = hours.slice(0, 24)
  const most = Math.max(...shown.map(({ breaking }) => breaking))
  if (!(most > 0)) return <p className="gw-hint">{t('planning.noneBreak')}</p>
  const sum = shown.reduce((total, { breaking }) => total + breaking, 0)
  const words = t('planning.forecast', { count: sum })
  return (
    <figure className="gw-forecast">
      <svg viewBox={`0 0 ${shown.length * 10} ${HEIGHT + 10}`} role="img" aria-label={words}>
        {shown.map(({ from, breaking }, at) => {
          const high = breaking === 0 ? 1 : Math.max(2, (breaking / most) * (HEIGHT - 9))
          return (
            <g key={from} data-within={Date.parse(from) < Date.parse(shift.to) || undefined}>
              <rect x={at * 10 + 1} y={HEIGHT - high} width="8" height={high} />
              {breaking > 0 && (
                <text x={at * 10 + 5} y={HEIGHT - high - 2} textAnchor="middle">
                  {breaking}
                </text>
              )}
              {at % 4 === 0 && (
                <text x={at * 10 + 5} y={HEIGHT + 9} textAnchor="middle">
                  {clockOf(from).slice(0, 2)}
                </text>
              )}
            </g>
          )
        })}
      </svg>
      <figcaption className="gw-hint">{words}</figcaption>
    </figure>
  )
}
