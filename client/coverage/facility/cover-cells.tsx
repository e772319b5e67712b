import { useState } from 'react'
import type { FacilityResult } from '../../../geodata/coverage/facility/facility.schema.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import { CELL_LAYERS, type CellLayer } from '../../../geodata/shared/codes.ts'
import { CellLevel } from '../../ui/cell-level.tsx'
import { CellTable } from '../../ui/cell-table.tsx'
import { formatCount } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { shareOf } from './facility-words.ts'

/** The cells of a level, the most uncovered households first, and how many have nobody covered at all. */
export function CoverCells({ result, onSelect }: { result: FacilityResult; onSelect(code: string): void }) {
  const { t, lang } = useTexts()
  const { rows, totals } = result.cells
  const [level, setLevel] = useState<CellLayer>(
    () => CELL_LAYERS.find((one) => totals[one] > 1) ?? 'micro-grids',
  )
  const shown = rows.filter((row) => row.level === level)
  const without = shown.filter((row) => row.buildings > 0 && row.coveredBuildings === 0).length
  const cells = LAYERS[level].title[lang]
  const caption = t('facilityCover.cells', { cells })
  return (
    <section aria-label={caption}>
      <h3>{caption}</h3>
      <CellLevel value={level} onChange={setLevel} />
      <p className="gw-hint" data-testid="cells-without">
        {t('facilityCover.cellsWithout', {
          cells,
          without: formatCount(without),
          all: formatCount(totals[level]),
        })}
      </p>
      <CellTable
        caption={caption}
        nameLabel={LAYERS[level].noun[lang]}
        rows={shown}
        columns={[
          {
            id: 'share',
            label: t('facilityCover.covered'),
            show: (row) =>
              row.households
                ? shareOf(row.coveredHouseholds, row.households)
                : shareOf(row.coveredBuildings, row.buildings),
          },
          {
            id: 'left',
            label: t('facilityCover.leftHouseholds'),
            show: (row) =>
              row.households === null ? '—' : formatCount(row.households - (row.coveredHouseholds ?? 0)),
          },
          {
            id: 'buildings',
            label: t('facilityCover.leftBuildings'),
            show: (row) => formatCount(row.buildings - row.coveredBuildings),
          },
        ]}
        onSelect={(row) => onSelect(row.code)}
        empty={t('facilityCover.noCells')}
      />
      {totals[level] > shown.length && (
        <p className="gw-hint">
          {t('facilityCover.cellsMore', { shown: shown.length, all: formatCount(totals[level]) })}
        </p>
      )}
    </section>
  )
}
