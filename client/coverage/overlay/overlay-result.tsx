import '../../ui/panels.css'
import {
  type OverlayPiece,
  type OverlayRow,
  overlayResultSchema,
} from '../../../geodata/duties/overlay.schema.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import { CellTable } from '../../ui/cell-table.tsx'
import { Figure } from '../../ui/figure.tsx'
import { formatCount } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import type { AnalysisResultProps } from '../analysis-view.ts'
import { hectares, shareWords } from './words.ts'

/** Which zone for which cell, and what zone borders cut. */
export default function OverlayResult({ analysis, select }: AnalysisResultProps) {
  const { t, lang } = useTexts()
  const found = overlayResultSchema.parse(analysis.result)
  const { level, cells, split, slivers, rows, zones } = found
  const names = LAYERS[level].title[lang]
  const name = (piece: Pick<OverlayPiece, 'name' | 'code'> | null) =>
    piece?.name ?? piece?.code ?? t('overlayView.none')
  /** By households where the cell has any, otherwise by ground. */
  const shareOf = ({ householdShare, areaShare }: OverlayPiece) => shareWords(householdShare ?? areaShare)
  const others = ({ pieces, main }: OverlayRow) =>
    pieces
      .filter((piece) => piece.zone !== main?.zone && !piece.isSliver)
      .map((piece) => `${name(piece)} ${shareOf(piece)}`)
  return (
    <div data-testid="overlay-result">
      <dl className="gw-figure-grid">
        <Figure
          label={t('overlayView.split', { cells: names })}
          value={formatCount(split)}
          outOf={t('overlayView.splitOf', { count: formatCount(cells) })}
          formula={t('overlayView.splitFormula', { cells: names })}
          tone={split > 0 ? 'due' : undefined}
          testId="figure-split"
        />
        <Figure
          label={t('overlayView.misplaced')}
          value={formatCount(found.misplacedHouseholds)}
          outOf={t('overlayView.misplacedOf', { count: formatCount(slivers) })}
          formula={t('overlayView.misplacedFormula')}
        />
        <Figure
          label={t('overlayView.outside')}
          value={hectares(found.outsideSquareMetres)}
          outOf={t('overlayView.outsideOf', { area: hectares(found.squareMetres) })}
          formula={t('overlayView.outsideFormula')}
        />
      </dl>
      <h3>{t('overlayView.rows')}</h3>
      <CellTable
        caption={t('overlayView.rows')}
        nameLabel={LAYERS[level].noun[lang]}
        rows={rows}
        columns={[
          {
            id: 'main',
            label: t('overlayView.main'),
            show: ({ main }) => (
              <>
                {name(main)} <small>{main ? shareOf(main) : ''}</small>
              </>
            ),
          },
          {
            id: 'others',
            label: t('overlayView.others'),
            show: (row) => (
              <span data-tone={row.isSplit ? 'due' : undefined}>{others(row).join(' · ') || '—'}</span>
            ),
          },
        ]}
        onSelect={({ code }) => select(code)}
        empty={t('overlayView.empty')}
      />
      {cells > rows.length && <p className="gw-hint">{t('overlayView.rowsCut', { count: rows.length })}</p>}
      <h3>{t('overlayView.zones')}</h3>
      <CellTable
        caption={t('overlayView.zones')}
        nameLabel={t('overlayView.zone')}
        rows={zones.map((zone) => ({
          ...zone,
          code: zone.code ?? String(zone.zone),
          name: name(zone),
        }))}
        columns={[
          { id: 'cells', label: t('overlayView.zonesCells'), show: (row) => formatCount(row.cells) },
          {
            id: 'households',
            label: t('overlayView.households'),
            show: (row) => formatCount(row.households),
          },
          { id: 'area', label: t('overlayView.area'), show: (row) => hectares(row.squareMetres) },
        ]}
        onSelect={({ zone }) => zone !== null && select(`zones/${zone}`)}
        empty={t('overlayView.empty')}
      />
    </div>
  )
}
