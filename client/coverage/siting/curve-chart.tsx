import type { SitingResult } from '../../../geodata/siting/siting.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import { curvePoints } from './curve-points.ts'
import { useSitingWords } from './siting-words.ts'

interface CurveChartProps {
  result: SitingResult
  /** Which step is shown. */
  shown: number
  onShow(step: number): void
}

const [WIDTH, HEIGHT] = [300, 96]
/** Of the width, that a value takes. */
const LABEL_SHARE = 0.4

/** What fewer or more sites do: a thin line whose every point can be looked at on the map. */
export function CurveChart({ result, shown, onShow }: CurveChartProps) {
  const { t } = useTexts()
  const words = useSitingWords(result)
  const points = curvePoints(result)
  if (points.length < 2) return null
  const line = points
    .map(({ x, y }) => `${(x * WIDTH).toFixed(1)},${((1 - y) * HEIGHT).toFixed(1)}`)
    .join(' ')
  const shownX = points.find(({ step }) => step === shown)?.x ?? 0
  /** The ends tell their value where that of the point shown leaves them room. */
  const labelled = new Set(
    [points[0]!, points.at(-1)!]
      .filter(({ x }) => Math.abs(x - shownX) > LABEL_SHARE)
      .map(({ step }) => step),
  ).add(shown)
  return (
    <figure className="gw-siting-curve" data-testid="siting-curve">
      <figcaption>{t('siting.curve', { what: words.what })}</figcaption>
      <div className="gw-siting-plot">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
          <polyline points={line} />
        </svg>
        {points.map(({ step, x, y, value }) => {
          const { limit } = result.steps[step]!
          return (
            <button
              key={step}
              type="button"
              style={{ left: `${x * 100}%`, top: `${(1 - y) * 100}%` }}
              aria-pressed={step === shown}
              aria-label={t('siting.curvePoint', { limit: words.limit(limit), value: words.worth(value) })}
              data-answer={step === result.chosen || undefined}
              data-end={x < 0.12 ? 'first' : x > 0.88 ? 'last' : undefined}
              onClick={() => onShow(step)}
              data-testid="siting-point"
            >
              <i aria-hidden="true" />
              {labelled.has(step) && (
                <span className="gw-siting-value" aria-hidden="true">
                  {words.worth(value)}
                </span>
              )}
            </button>
          )
        })}
      </div>
      <p className="gw-siting-axis" aria-hidden="true">
        <span>{words.limit(result.steps[points[0]!.step]!.limit)}</span>
        <span>{words.limit(result.steps[points.at(-1)!.step]!.limit)}</span>
      </p>
    </figure>
  )
}
