import { UnstyledButton } from '@mantine/core'
import type { AnalysisFeature } from '../../../geodata/coverage/analysis.schema.ts'
import type { RedrawAlternative } from '../../../geodata/partition/redraw.schema.ts'
import { formatCount } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { Scheme } from '../../ui/tokens.ts'
import { hueOf } from './hues.ts'
import { miniPaths } from './mini-paths.ts'

interface AlternativeCardsProps {
  alternatives: readonly RedrawAlternative[]
  features: readonly AnalysisFeature[]
  chosen: number
  scheme: Scheme
  onChoose(number: number): void
}

const SIZE = 96

/** Small maps of one scale, one for each alternative, with what it is best at. */
export function AlternativeCards({
  alternatives,
  features,
  chosen,
  scheme,
  onChoose,
}: AlternativeCardsProps) {
  const { t } = useTexts()
  const paths = miniPaths(features, SIZE)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a grid of maps
    <div className="gw-redraw-cards" role="group" aria-label={t('redraw.alternatives')}>
      {alternatives.map(({ number, priority, cells, least, most }) => (
        <UnstyledButton
          key={number}
          className="gw-redraw-card"
          aria-pressed={number === chosen}
          onClick={() => onChoose(number)}
          data-testid="redraw-card"
        >
          <svg viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden="true">
            {paths
              .filter((path) => path.alternative === number)
              .map((path) => (
                <path key={path.number} d={path.d} fill={hueOf(scheme, path.number)} />
              ))}
          </svg>
          <b>{t(`redraw.priority.${priority}`)}</b>
          <small>
            {t('redraw.cardFigures', {
              count: cells.length,
              least: formatCount(least),
              most: formatCount(most),
            })}
          </small>
        </UnstyledButton>
      ))}
    </div>
  )
}
