import './redraw.css'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { RedrawResult } from '../../../geodata/partition/redraw.schema.ts'
import { readPartFeatures } from '../../api/analysis-features.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { AnalysisResultProps } from '../analysis-view.ts'
import { AlternativeCards } from './alternative-cards.tsx'
import { CellsTable } from './cells-table.tsx'
import { CorrectPart } from './correct-part.tsx'
import { MeasuresTable } from './measures-table.tsx'
import { PublishPart } from './publish-part.tsx'
import { stateWords } from './redraw-words.ts'

const MOST_CELLS = 4_000

/** Alternatives side by side; the chosen one on the map, to be corrected by hand and put in force. */
export default function RedrawResultView(props: AnalysisResultProps) {
  // What the server's schema for this kind says.
  const result = props.analysis.result as unknown as RedrawResult | null
  return (
    result && result.alternatives.length > 0 && <Shown key={props.analysis.id} {...props} result={result} />
  )
}

function Shown({ result, ...props }: AnalysisResultProps & { result: RedrawResult }) {
  const { analysis, showParts, showFeature } = props
  const texts = useTexts()
  const { t } = texts
  const [number, setNumber] = useState(1)
  const [isCorrecting, setCorrecting] = useState(false)
  const cells = useQuery({
    queryKey: ['analyses', analysis.id, 'cell', 'all'],
    queryFn: () => readPartFeatures(analysis.id, 'cell', MOST_CELLS),
    staleTime: Number.POSITIVE_INFINITY,
  })
  useEffect(() => {
    showParts(
      isCorrecting
        ? []
        : ['cell', 'cut'].map((part) => ({ part, filter: ['==', ['get', 'alternative'], number] })),
    )
    return () => showParts(undefined)
  }, [number, isCorrecting, showParts])
  const chosen = result.alternatives.find((one) => one.number === number) ?? result.alternatives[0]!
  const features = cells.data?.features ?? []
  return (
    <div className="gw-redraw" data-testid="redraw-result">
      <AlternativeCards
        alternatives={result.alternatives}
        features={features}
        chosen={chosen.number}
        scheme={props.scheme}
        onChoose={(next) => {
          setNumber(next)
          setCorrecting(false)
        }}
      />
      <p className="gw-redraw-state" data-state={chosen.state} aria-live="polite" data-testid="redraw-state">
        {stateWords(chosen, result, texts)}
      </p>
      {chosen.disconnected > 0 && (
        <p className="gw-redraw-state" data-state="not-found" role="status">
          {t('redraw.disconnected', { count: chosen.disconnected })}
        </p>
      )}
      <MeasuresTable result={result} chosen={chosen.number} />
      {isCorrecting ? (
        <CorrectPart
          {...props}
          result={result}
          alternative={chosen.number}
          onEnd={() => setCorrecting(false)}
        />
      ) : (
        <>
          <CellsTable
            result={result}
            alternative={chosen}
            scheme={props.scheme}
            onShow={(cell) => {
              const at = features.findIndex(
                ({ properties }) => properties.alternative === chosen.number && properties.number === cell,
              )
              if (at >= 0) showFeature('cell', features[at]!.id)
            }}
          />
          <PublishPart
            analysis={analysis}
            result={result}
            alternative={chosen}
            onCorrect={() => setCorrecting(true)}
          />
        </>
      )}
    </div>
  )
}
