import '../ui/panels.css'
import { Button, Select } from '@mantine/core'
import { IconList } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { perThousandHouseholds } from '../../geodata/coverage/per-thousand.ts'
import { FACILITY_KINDS, type FacilityKind } from '../../geodata/facilities/facility.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import { getCoverage } from '../api/figures.ts'
import { hatchCells } from '../map/hatch-cells.ts'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { CellLevel, readLevel } from '../ui/cell-level.tsx'
import { CellTable } from '../ui/cell-table.tsx'
import { Figure } from '../ui/figure.tsx'
import { formatCount, formatTenths, formatTenthsInColumn } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { TOKENS } from '../ui/tokens.ts'
import { sumCoverage } from './sum-coverage.ts'

const USUAL: FacilityKind = 'aed'

interface Question {
  kind: FacilityKind
  cells: CellLayer
}

/** `aed`, or `aed.micro-grids`; what is broken asks the usual. */
function readQuestion(ask: string | undefined): Question {
  const [kind, cells] = (ask ?? '').split('.')
  const known = Object.keys(FACILITY_KINDS).find((candidate) => candidate === kind)
  return { kind: (known as FacilityKind | undefined) ?? USUAL, cells: readLevel(cells) }
}
const writeQuestion = ({ kind, cells }: Question) => (cells === 'grids' ? kind : `${kind}.${cells}`)

/** At a glance: which cells have none, or the fewest for their households, of a kind of facility. */
export function CountPanel({ map, scheme, ask, setAsk, select, openList }: WorkPanelProps) {
  const { t, lang } = useTexts()
  const { kind, cells } = readQuestion(ask)
  const coverage = useQuery({
    queryKey: ['figures', 'coverage', kind, cells],
    queryFn: () => getCoverage(kind, cells),
  })
  const rows = coverage.data
  const without = useMemo(() => rows?.filter((row) => row.facilities === 0).map(({ id }) => id) ?? [], [rows])
  useEffect(() => {
    if (!map || without.length === 0) return
    return hatchCells(map.map, cells, without, TOKENS[scheme])
  }, [map, cells, without, scheme])

  const question = (
    <>
      <Select
        label={t('coverage.question')}
        aria-label={t('coverage.kind')}
        searchable
        allowDeselect={false}
        value={kind}
        onChange={(next) => next && setAsk(writeQuestion({ kind: next as FacilityKind, cells }))}
        data={Object.entries(FACILITY_KINDS).map(([value, names]) => ({ value, label: names[lang] }))}
        data-testid="coverage-kind"
      />
      <CellLevel value={cells} onChange={(next) => setAsk(writeQuestion({ kind, cells: next }))} />
    </>
  )
  if (!rows)
    return (
      <>
        {question}
        <LoadState error={coverage.error} onRetry={() => void coverage.refetch()} />
      </>
    )
  const sums = sumCoverage(rows)
  const cell = LAYERS[cells].noun[lang]
  const rate = (facilities: number, households: number | null, format = formatTenths) => {
    const value = perThousandHouseholds(facilities, households)
    return value === null ? '—' : format(value)
  }
  return (
    <>
      {question}
      <dl className="gw-figure-grid">
        <Figure
          label={t('coverage.without', { cells: LAYERS[cells].title[lang] })}
          value={formatCount(sums.cellsWithout)}
          outOf={t('coverage.withoutOf', { count: sums.cells })}
          formula={t('coverage.withoutFormula', { cells: LAYERS[cells].title[lang] })}
          tone={sums.cellsWithout > 0 ? 'critical' : undefined}
          testId="figure-without"
        />
        <Figure
          label={t('coverage.rate')}
          value={rate(sums.facilities, sums.households)}
          outOf={t('coverage.rateOf', {
            facilities: formatCount(sums.facilities),
            households: sums.households === null ? '—' : formatCount(sums.households),
          })}
          formula={t('coverage.rateFormula', { cell })}
        />
        <Figure
          label={t('coverage.uncovered')}
          value={sums.households === null ? '—' : formatCount(sums.householdsWithout)}
          outOf={t('coverage.uncoveredOf', {
            count: sums.households === null ? '—' : formatCount(sums.households),
          })}
          formula={t('coverage.uncoveredFormula', { cell })}
        />
      </dl>
      {sums.unknownBuildings > 0 && (
        <p className="gw-hint">{t('coverage.unknown', { count: sums.unknownBuildings })}</p>
      )}
      {sums.notInService > 0 && (
        <p className="gw-hint">{t('coverage.notInService', { count: sums.notInService })}</p>
      )}
      {sums.cellsWithout > 0 && (
        <p className="gw-hint gw-hatch-key">
          <i aria-hidden="true" />
          {t('coverage.hatch', {
            kind: FACILITY_KINDS[kind][lang],
            cells: LAYERS[cells].title[lang].toLowerCase(),
          })}
        </p>
      )}
      <h3>{t('coverage.table', { kind: FACILITY_KINDS[kind][lang] })}</h3>
      <CellTable
        caption={t('coverage.table', { kind: FACILITY_KINDS[kind][lang] })}
        nameLabel={cell}
        rows={rows}
        columns={[
          {
            id: 'facilities',
            label: t('coverage.facilities'),
            show: (row) => (
              <b data-tone={row.facilities === 0 ? 'critical' : undefined}>{formatCount(row.facilities)}</b>
            ),
          },
          {
            id: 'households',
            label: t('coverage.households'),
            show: (row) => (row.households === null ? '—' : formatCount(row.households)),
          },
          {
            id: 'rate',
            label: t('coverage.rate'),
            show: (row) => rate(row.facilities, row.households, formatTenthsInColumn),
          },
        ]}
        onSelect={(row) => select(row.code)}
        empty={t('coverage.none')}
      />
      <Button
        variant="default"
        fullWidth
        leftSection={<IconList size={16} />}
        onClick={() => openList('facilities', `kind:${kind}`)}
      >
        {t('coverage.openList')}
      </Button>
    </>
  )
}
