import './patrol.css'
import { Anchor } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { type PeriodResult, patrolResultSchema } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import type { CellLayer } from '../../../geodata/shared/codes.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { useMay } from '../../ui/session.ts'
import type { AnalysisResultProps, ShownPart } from '../analysis-view.ts'
import { type EffortView, MapView } from './map-view.tsx'
import { daysOf } from './periods.ts'
import { readParams } from './read-params.ts'
import { CellFigures, TeamFigures } from './result-tables.tsx'
import { TotalFigures } from './total-figures.tsx'
import { TypeBars } from './type-bars.tsx'

/** The figures of a period, beside those of another; by type, cell and team; where time went, on the map. */
export default function PatrolResult({ analysis, map, scheme, select, showParts }: AnalysisResultProps) {
  const { t } = useTexts()
  const maySeeTracks = useMay('track')
  const read = patrolResultSchema.safeParse(analysis.result)
  const found = read.success ? read.data : undefined
  const [level, setLevel] = useState<CellLayer>(() => innermost(found?.first))
  const show = useRef(showParts)
  show.current = showParts
  const [view, setView] = useState<EffortView>('none')
  // Cells of several levels would lie upon each other, and their tints beneath hexagons and streets.
  useEffect(() => {
    const cells: ShownPart = { part: 'cell', filter: ['==', ['get', 'layer'], level] }
    show.current([...(view === 'none' ? [cells] : []), { part: 'target' }])
    return () => show.current(undefined)
  }, [level, view])
  if (!found) return <p className="gw-hint">{t('patrolCover.none')}</p>
  const { source, first, second } = found
  const params = readParams(analysis.params)
  const days = daysOf(first)
  const hasStreets = analysis.parts.some(({ part }) => part === 'street')
  const span = (period: PeriodResult) => ({ from: formatTime(period.from), to: formatTime(period.to) })
  return (
    <div data-testid="patrol-result">
      <p className="gw-hint">
        {source === 'planned' && <b className="gw-patrol-forecast">{t('patrolCover.forecast')}</b>}{' '}
        {t('patrolCover.span', span(first))}
        {second && <> · {t('patrolCover.against', span(second))}</>}
      </p>
      <TotalFigures params={params} first={first} second={second} />
      <p className="gw-hint">{t('patrolCover.boundaries', { at: formatTime(first.boundariesAt) })}</p>
      {hasStreets && (
        <MapView analysisId={analysis.id} map={map} scheme={scheme} view={view} setView={setView} />
      )}
      {source === 'walked' && maySeeTracks && (
        <p>
          <Anchor size="sm" href={playbackAddress(days)} data-testid="patrol-playback">
            {t('patrolCover.playback')}
          </Anchor>
        </p>
      )}
      <h3>{t('patrolCover.types')}</h3>
      <TypeBars types={first.types} />
      <CellFigures first={first} second={second} level={level} setLevel={setLevel} select={select} />
      {first.teams && <TeamFigures teams={first.teams} />}
    </div>
  )
}

const innermost = (first: PeriodResult | undefined): CellLayer =>
  first?.levels.findLast(({ rows }) => rows.length > 0)?.layer ?? 'grids'

/** The review of walks in the workspace of patrols, of the same days. */
function playbackAddress({ first, last }: { first: string; last: string }): string {
  const search = new URLSearchParams(location.search)
  search.set('work', 'patrols')
  search.set('ask', `walked:${first}..${last}:play`)
  return `${location.pathname}?${search}`
}
