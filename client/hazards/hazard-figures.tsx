import { Button } from '@mantine/core'
import { IconList } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { ENDED_STATES } from '../../geodata/hazards/deadline.ts'
import { HAZARD_STATES } from '../../geodata/hazards/hazard.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { getHazardFigures } from '../api/figures.ts'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { CellLevel, readLevel } from '../ui/cell-level.tsx'
import { CellTable } from '../ui/cell-table.tsx'
import { Figure } from '../ui/figure.tsx'
import { formatCount, formatTime } from '../ui/format.ts'
import { addTexts, useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { texts } from './texts.ts'

addTexts(texts)

/** Deadlines pass without an event, so the figures are asked again. */
const AGAIN_MS = 60_000
const OPEN_FILTER = `state:${HAZARD_STATES.filter((state) => !ENDED_STATES.includes(state)).join(',')}`

interface HazardFiguresProps extends WorkPanelProps {
  /** What there is to do about them, between the figures and the table of cells. */
  children: ReactNode
}

/** Hazards in figures: what is overdue, what soon will be, out of how many, and where. */
export default function HazardFigures({ ask, setAsk, select, openList, children }: HazardFiguresProps) {
  const { t, lang } = useTexts()
  const cells = readLevel(ask)
  const figures = useQuery({
    queryKey: ['figures', 'hazards', cells],
    queryFn: () => getHazardFigures(cells),
    refetchInterval: AGAIN_MS,
  })
  if (!figures.data) return <LoadState error={figures.error} onRetry={() => void figures.refetch()} />
  const { at, total, open, overdue, dueSoon, noDeadline, outside } = figures.data
  const ofOpen = t('hazards.ofOpen', { count: open })
  const list = () => openList('hazards', OPEN_FILTER, 'dueAt')
  return (
    <>
      <p className="gw-hint">{t('hazards.lead', { time: formatTime(at) })}</p>
      <dl className="gw-figure-grid">
        <Figure
          label={t('hazards.overdue')}
          value={formatCount(overdue)}
          outOf={ofOpen}
          formula={t('hazards.overdueFormula')}
          tone={overdue > 0 ? 'critical' : undefined}
          onOpen={list}
          testId="figure-overdue"
        />
        <Figure
          label={t('hazards.dueSoon')}
          value={formatCount(dueSoon)}
          outOf={ofOpen}
          formula={t('hazards.dueSoonFormula')}
          tone={dueSoon > 0 ? 'due' : undefined}
          onOpen={list}
        />
        <Figure
          label={t('hazards.open')}
          value={formatCount(open)}
          outOf={t('hazards.ofAll', { count: total })}
          formula={t('hazards.openFormula')}
          onOpen={list}
          testId="figure-open"
        />
        <Figure
          label={t('hazards.noDeadline')}
          value={formatCount(noDeadline)}
          outOf={ofOpen}
          formula={t('hazards.noDeadlineFormula')}
        />
      </dl>
      <Button variant="default" fullWidth leftSection={<IconList size={16} />} onClick={list}>
        {t('hazards.openList')}
      </Button>
      {children}
      <h3>{t('hazards.table')}</h3>
      <CellLevel value={cells} onChange={(next) => setAsk(next === 'grids' ? undefined : next)} />
      <CellTable
        caption={t('hazards.table')}
        nameLabel={LAYERS[cells].noun[lang]}
        rows={figures.data.cells}
        columns={[
          {
            id: 'overdue',
            label: t('hazards.overdue'),
            show: (row) => (row.overdue > 0 ? <b data-tone="critical">{row.overdue}</b> : 0),
          },
          { id: 'soon', label: t('hazards.dueSoon'), show: (row) => row.dueSoon },
          { id: 'open', label: t('hazards.open'), show: (row) => row.open },
        ]}
        onSelect={(row) => select(row.code)}
        empty={t('hazards.none')}
      />
      {outside.open > 0 && <p className="gw-hint">{t('hazards.outside', { count: outside.open })}</p>}
    </>
  )
}
