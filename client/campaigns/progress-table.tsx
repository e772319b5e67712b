import { useQuery } from '@tanstack/react-query'
import type { ProgressCell } from '../../geodata/campaigns/campaign.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { getProgress } from '../api/campaigns.ts'
import { CellLevel } from '../ui/cell-level.tsx'
import { CellTable } from '../ui/cell-table.tsx'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { changeLevel, useLevel } from './shown-level.ts'
import { ToneLegend } from './tone-legend.tsx'
import { percent } from './words.ts'

interface ProgressTableProps {
  id: number
  /** What is visited. */
  noun: string
  onCell(cell: ProgressCell): void
}

/** How far a campaign got in each cell; the map shows the same cells. */
export function ProgressTable({ id, noun, onCell }: ProgressTableProps) {
  const { t, lang } = useTexts()
  const level = useLevel()
  const found = useQuery({
    queryKey: ['campaigns', id, 'progress', level],
    queryFn: () => getProgress(id, level),
  })
  if (!found.data) return <LoadState error={found.error} onRetry={() => void found.refetch()} />
  const { cells, outside } = found.data
  return (
    <>
      <CellLevel value={level} onChange={changeLevel} />
      <p className="gw-hint">{t('campaigns.mapHint')}</p>
      <ToneLegend
        label={t('campaigns.legend')}
        tones={[
          ['open', t('campaigns.tones.open')],
          ['due', t('campaigns.open')],
          ['critical', t('campaigns.overdue')],
          ['done', t('campaigns.tones.done')],
        ]}
      />
      <CellTable
        caption={t('campaigns.byCell')}
        nameLabel={LAYERS[level].noun[lang]}
        rows={cells}
        columns={[
          { id: 'share', label: t('campaigns.share'), show: (row) => percent(row.visited, row.targets) },
          {
            id: 'visited',
            label: t('campaigns.visitedShort'),
            show: (row) => `${formatCount(row.visited)}/${formatCount(row.targets)}`,
          },
          { id: 'findings', label: t('campaigns.openShort'), show: (row) => row.findings },
          {
            id: 'overdue',
            label: t('campaigns.overdueShort'),
            show: (row) => (row.overdue > 0 ? <b data-tone="critical">{row.overdue}</b> : 0),
          },
        ]}
        onSelect={onCell}
        empty={t('campaigns.noCells')}
      />
      {outside > 0 && <p className="gw-hint">{t('campaigns.outside', { count: outside, noun })}</p>}
    </>
  )
}
