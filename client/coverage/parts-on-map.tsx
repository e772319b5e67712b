import './coverage.css'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Analysis } from '../../geodata/coverage/analysis.schema.ts'
import { getPartFeatures } from '../api/analyses.ts'
import type { MapHandle } from '../map/map-handle.ts'
import type { MapPartProps } from '../map/work-panel.ts'
import { FactList } from '../ui/fact-list.tsx'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import { ToolCard } from '../ui/tool-card.tsx'
import { viewOf } from './analysis-views.ts'
import { readAsk } from './ask-state.ts'
import { type DrawnParts, drawParts } from './draw-parts.ts'
import { pressParts } from './press-parts.ts'
import { changeShown, useShown } from './shown-parts.ts'
import { texts } from './texts.ts'
import { useAnalysis } from './use-analysis.ts'

addTexts(texts)

/** The parts of the analysis that is asked for, on the map for as long as the workspace is open; a card for the one pressed. */
export default function PartsOnMap({ map, scheme, drawing, ask }: MapPartProps) {
  const asked = readAsk(ask)
  const id = asked.what === 'analysis' ? asked.id : undefined
  const { data: analysis } = useAnalysis(id)
  if (analysis?.state !== 'done') return null
  return <Parts key={analysis.id} analysis={analysis} map={map} scheme={scheme} drawing={drawing} />
}

interface PartsProps {
  analysis: Analysis
  map: MapHandle
  scheme: Scheme
  drawing: boolean
}

function Parts({ analysis, map, scheme, drawing }: PartsProps) {
  const { id } = analysis
  const view = viewOf(analysis.kind)
  const { parts, hidden, chosen, isOnPaper } = useShown(id)
  const looks = isOnPaper ? 'light' : scheme
  const [drawn, setDrawn] = useState<DrawnParts>()
  const wanted = useMemo(
    () =>
      Object.entries(view?.parts ?? {}).flatMap(([part, look]) => {
        const head = analysis.parts.find((one) => one.part === part)
        const shown = parts ? parts.find((one) => one.part === part) : { part }
        if (!head?.count || !look.layers || !shown || hidden.has(part)) return []
        return [{ head, view: look, filter: 'filter' in shown ? shown.filter : undefined }]
      }),
    [view, analysis, parts, hidden],
  )
  useEffect(() => {
    const made = drawParts(map.map, id, wanted, TOKENS[looks])
    setDrawn(made)
    return () => {
      setDrawn(undefined)
      made.remove()
    }
  }, [map, id, wanted, looks])
  useEffect(() => drawn?.choose(isOnPaper ? undefined : chosen), [drawn, chosen, isOnPaper])
  useEffect(() => {
    if (!drawn || drawing) return
    return pressParts(map, drawn.pressed, (pressed) => changeShown(id, { chosen: pressed }))
  }, [map, drawn, drawing, id])
  return chosen && !drawing ? <PartCard analysis={analysis} chosen={chosen} /> : null
}

/** What a feature says, beside the map. */
function PartCard({ analysis, chosen }: { analysis: Analysis; chosen: { part: string; id: number } }) {
  const texts = useTexts()
  const { part, id } = chosen
  const found = useQuery({
    queryKey: ['analyses', analysis.id, part, id],
    queryFn: () => getPartFeatures(analysis.id, part, { cursor: String(id - 1), limit: 1 }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const look = viewOf(analysis.kind)?.parts[part]
  const properties = found.data?.features[0]?.properties
  if (!look?.describe || !properties) return null
  const { title, facts } = look.describe(properties, texts)
  return (
    <ToolCard
      title={title}
      onClose={() => changeShown(analysis.id, { chosen: undefined })}
      testId="part-card"
    >
      <p className="gw-hint gw-analysis-sub">{look.name(texts)}</p>
      <FactList facts={facts} />
    </ToolCard>
  )
}
