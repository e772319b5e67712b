import { Button } from '@mantine/core'
import { IconList } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { LAYERS } from '../../geodata/layers.ts'
import { RISKS } from '../../geodata/patrols/checkpoint.schema.ts'
import { getPatrolFigures } from '../api/figures.ts'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { CellLevel, readLevel } from '../ui/cell-level.tsx'
import { CellTable } from '../ui/cell-table.tsx'
import { Figure } from '../ui/figure.tsx'
import { formatCount, formatTenths, formatTenthsInColumn } from '../ui/format.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { NormsForm } from './norms/norms-form.tsx'
import { texts } from './texts.ts'

addTexts(texts)

/** The patrols workspace: how much walking the norms of the checkpoints ask for, and where. */
export default function NormsPanel({ ask, setAsk, select, openList }: WorkPanelProps) {
  const { t, lang, enums } = useTexts()
  const cells = readLevel(ask)
  const figures = useQuery({
    queryKey: ['figures', 'patrols', cells],
    queryFn: () => getPatrolFigures(cells),
  })
  if (!figures.data) return <LoadState error={figures.error} onRetry={() => void figures.refetch()} />
  const { checkpoints, visitsPerDay, serviceMinutesPerDay, byRisk, outside } = figures.data
  const out = t('patrols.ofCheckpoints', { count: checkpoints })
  const ratio = (value: number, by: number) => (by > 0 ? formatTenths(value / by) : '—')
  return (
    <>
      <p className="gw-hint">{t('patrols.lead')}</p>
      <dl className="gw-figure-grid">
        <Figure
          label={t('patrols.visits')}
          value={t('patrols.visitsValue', { value: formatTenths(visitsPerDay) })}
          outOf={`${out} · ${t('patrols.perCheckpoint', { value: ratio(visitsPerDay, checkpoints) })}`}
          formula={t('patrols.visitsFormula')}
          onOpen={() => openList('checkpoints', undefined, 'intervalMinutes')}
          testId="figure-visits"
        />
        <Figure
          label={t('patrols.hours')}
          value={t('patrols.hoursValue', { value: formatTenths(serviceMinutesPerDay / 60) })}
          outOf={t('patrols.perVisit', { value: ratio(serviceMinutesPerDay, visitsPerDay) })}
          formula={t('patrols.hoursFormula')}
        />
      </dl>
      <Button
        variant="default"
        fullWidth
        leftSection={<IconList size={16} />}
        onClick={() => openList('checkpoints', undefined, '-risk')}
      >
        {t('patrols.openList')}
      </Button>
      {byRisk.length > 0 && (
        <>
          <h3>{t('patrols.risk')}</h3>
          <table className="gw-table">
            <thead>
              <tr>
                <th scope="col">{t('patrols.riskOf')}</th>
                <th scope="col" className="gw-number">
                  {t('patrols.checkpoints')}
                </th>
                <th scope="col" className="gw-number">
                  {t('patrols.visitsShort')}
                </th>
                <th scope="col" className="gw-number">
                  {t('patrols.hoursShort')}
                </th>
              </tr>
            </thead>
            <tbody>
              {[...RISKS].reverse().map((risk) => {
                const row = byRisk.find((candidate) => candidate.risk === risk)
                return (
                  <tr key={risk}>
                    <th scope="row">{enums('risk', risk)}</th>
                    <td className="gw-number">{formatCount(row?.checkpoints ?? 0)}</td>
                    <td className="gw-number">{formatTenthsInColumn(row?.visitsPerDay ?? 0)}</td>
                    <td className="gw-number">
                      {formatTenthsInColumn((row?.serviceMinutesPerDay ?? 0) / 60)}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </>
      )}
      <h3>{t('norms.title')}</h3>
      <NormsForm onOpenSites={() => openList('checkpoints', undefined, 'intervalMinutes')} />
      <h3>{t('patrols.table')}</h3>
      <CellLevel value={cells} onChange={(next) => setAsk(next === 'grids' ? undefined : next)} />
      <CellTable
        caption={t('patrols.table')}
        nameLabel={LAYERS[cells].noun[lang]}
        rows={figures.data.cells}
        columns={[
          { id: 'checkpoints', label: t('patrols.checkpoints'), show: (row) => formatCount(row.checkpoints) },
          {
            id: 'visits',
            label: t('patrols.visitsShort'),
            show: (row) => formatTenthsInColumn(row.visitsPerDay),
          },
          {
            id: 'hours',
            label: t('patrols.hoursShort'),
            show: (row) => formatTenthsInColumn(row.serviceMinutesPerDay / 60),
          },
        ]}
        onSelect={(row) => select(row.code)}
        empty={t('patrols.none')}
      />
      {outside.checkpoints > 0 && (
        <p className="gw-hint">
          {t('patrols.outside', { count: outside.checkpoints, visits: formatTenths(outside.visitsPerDay) })}
        </p>
      )}
    </>
  )
}
