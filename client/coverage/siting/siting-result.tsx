import './siting.css'
import { Button, Popover, UnstyledButton } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { SitingResult } from '../../../geodata/siting/siting.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { AnalysisResultProps, ShownPart } from '../analysis-view.ts'
import { AdoptPart } from './adopt-part.tsx'
import { BeyondPart } from './beyond-part.tsx'
import { CurveChart } from './curve-chart.tsx'
import { FiguresTable } from './figures-table.tsx'
import { answerWords, gapWords } from './report-words.ts'
import { SitesPart } from './sites-part.tsx'
import { useSitingWords } from './siting-words.ts'

/** The answer in a sentence, whether it is proven, what fewer or more would do, and the way from proposal to plan. */
export default function SitingResultView(props: AnalysisResultProps) {
  // What the server's schema for this kind says.
  const result = props.analysis.result as unknown as SitingResult | null
  return result && <Shown key={props.analysis.id} {...props} result={result} />
}

/** Places of other steps would look like more of the answer. */
const ANSWER_PARTS: readonly ShownPart[] = [
  { part: 'building' },
  { part: 'link' },
  { part: 'candidate', filter: ['==', ['get', 'steps'], ','] },
  { part: 'site' },
]

function Shown({ result, ...props }: AnalysisResultProps & { result: SitingResult }) {
  const { analysis, showParts, showFeature, select } = props
  const texts = useTexts()
  const { t } = texts
  const words = useSitingWords(result)
  const [shown, setShown] = useState(result.chosen)
  const isAnswer = shown === result.chosen
  // Buildings and ways are those of the answer; of other steps the sites alone are kept.
  useEffect(() => {
    showParts(
      isAnswer ? ANSWER_PARTS : [{ part: 'candidate', filter: ['in', `,${shown},`, ['get', 'steps']] }],
    )
    return () => showParts(undefined)
  }, [shown, isAnswer, showParts])

  const step = result.steps[shown]
  if (!step) return <BeyondPart result={result} select={select} />
  return (
    <div className="gw-siting" data-testid="siting-result">
      <p className="gw-siting-answer" aria-live="polite">
        {answerWords(result, step, texts)}
      </p>
      <div className="gw-siting-proof">
        <Popover position="bottom-start" width={280} withArrow shadow="md">
          <Popover.Target>
            <UnstyledButton className="gw-siting-badge">
              <span data-proven={step.isProven || undefined} data-testid="siting-proof">
                {gapWords(step, texts)}
              </span>
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown className="gw-formula">{t('siting.provenFormula')}</Popover.Dropdown>
        </Popover>
        {!isAnswer && (
          <>
            <span>{t('siting.otherStep', { limit: words.limit(step.limit) })}</span>
            <Button size="compact-xs" variant="default" onClick={() => setShown(result.chosen)}>
              {t('siting.backToAnswer')}
            </Button>
          </>
        )}
      </div>
      <CurveChart result={result} shown={shown} onShow={setShown} />
      <FiguresTable result={result} step={step} />
      <SitesPart
        result={result}
        step={step}
        isAnswer={isAnswer}
        onShow={(at) =>
          isAnswer ? showFeature('site', at + 1) : showFeature('candidate', step.sites[at]!.number)
        }
      />
      <AdoptPart analysis={analysis} result={result} step={step} />
      <BeyondPart result={result} select={select} />
    </div>
  )
}
