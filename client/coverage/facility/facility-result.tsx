import './facility.css'
import { Button, Checkbox } from '@mantine/core'
import { IconMapPinQuestion } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { FacilityResult } from '../../../geodata/coverage/facility/facility.schema.ts'
import { formatCount } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { useMay } from '../../ui/session.ts'
import type { AnalysisResultProps } from '../analysis-view.ts'
import { CoverCells } from './cover-cells.tsx'
import { CoverFigures } from './cover-figures.tsx'
import { DistanceBars } from './distance-bars.tsx'
import { kindNames, mainCount, shareOf, walkWords } from './facility-words.ts'
import { readParams } from './read-params.ts'

const DRAWN = ['reach', 'gap', 'street', 'building', 'facility'].map((part) => ({ part }))

/** The answer in a sentence, how far circles would have been wrong, figures, and what would fix it. */
export default function FacilityResultView(props: AnalysisResultProps) {
  // What the server's schema for this kind says.
  const result = props.analysis.result as unknown as FacilityResult | null
  return result && <Shown key={props.analysis.id} {...props} result={result} />
}

function Shown({
  result,
  analysis,
  showParts,
  askNext,
  select,
}: AnalysisResultProps & { result: FacilityResult }) {
  const texts = useTexts()
  const { t, lang } = texts
  const mayAsk = useMay('analyse')
  const params = readParams(analysis.params)
  const [hasCircles, setCircles] = useState(false)
  useEffect(() => {
    showParts(hasCircles ? [...DRAWN, { part: 'straight' }] : DRAWN)
    return () => showParts(undefined)
  }, [hasCircles, showParts])
  const { unit, all, covered, straight } = mainCount(result)
  const count = (value: number) => t(`facilityCover.count.${unit}`, { value: formatCount(value) })
  const walk = walkWords(params, result.limitMetres, texts)
  const kinds = kindNames(params.kinds, lang)
  return (
    <div className="gw-facility" data-testid="facility-result">
      <p className="gw-facility-answer" aria-live="polite">
        {all === 0
          ? t('facilityCover.nobody')
          : covered === all
            ? t('facilityCover.allCovered', { all: count(all), walk, kinds })
            : t('facilityCover.answer', {
                share: shareOf(covered, all),
                all: count(all),
                walk,
                kinds,
                left: count(all - covered),
              })}
      </p>
      {all > 0 && straight !== covered && (
        <p className="gw-hint" data-testid="facility-straight">
          {t('facilityCover.straightSays', {
            share: shareOf(straight, all),
            more: count(straight - covered),
          })}
        </p>
      )}
      {result.area.straightSquareMetres !== null && (
        <Checkbox
          size="xs"
          label={t('facilityCover.showCircles')}
          checked={hasCircles}
          onChange={(event) => setCircles(event.currentTarget.checked)}
          data-testid="facility-circles"
        />
      )}
      <CoverFigures result={result} params={params} />
      {mayAsk && covered < all && (
        <Button
          variant="default"
          fullWidth
          leftSection={<IconMapPinQuestion size={16} aria-hidden="true" />}
          onClick={() =>
            askNext('siting', {
              kinds: params.kinds.slice(0, 1),
              walkMetres: Math.max(20, Math.round(result.limitMetres)),
            })
          }
          data-testid="facility-fix"
        >
          {t('facilityCover.fix')}
        </Button>
      )}
      <DistanceBars result={result} />
      <CoverCells result={result} onSelect={select} />
    </div>
  )
}
