import { INDICATORS, type IndicatorId } from '../../geodata/figures/indicators.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { useTexts } from '../ui/i18n.ts'
import type { FigureAsk } from './ask.ts'
import { CLASS_OPACITY, classEnds } from './tint.ts'

const FULL = 100

/** What the tints of the map mean. */
export function TintLegend({ id, asked }: { id: IndicatorId; asked: FigureAsk }) {
  const { t, lang } = useTexts()
  const ends = classEnds(id)
  return (
    <figure className="gw-tint-legend" data-testid="tint-legend">
      <figcaption>
        {t('figures.legend', {
          name: INDICATORS[id].name[lang],
          cells: LAYERS[asked.cells].title[lang].toLowerCase(),
        })}
      </figcaption>
      <ul>
        {ends.map((end, at) => (
          <li key={end}>
            <i aria-hidden="true" style={{ opacity: CLASS_OPACITY[at] }} />
            {t('figures.legendRange', { least: (ends[at - 1] ?? 0) * FULL, most: end * FULL })}
          </li>
        ))}
        <li>
          <i aria-hidden="true" data-unknown />
          {t('figures.legendUnknown')}
        </li>
      </ul>
    </figure>
  )
}
