import { Button, Menu, SegmentedControl } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Campaign } from '../../geodata/campaigns/campaign.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { campaignFileUrl, getCampaign } from '../api/campaigns.ts'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { Figure } from '../ui/figure.tsx'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { useMay } from '../ui/session.ts'
import { BackLink } from './back-link.tsx'
import { CampaignActions } from './campaign-actions.tsx'
import { CampaignEdit } from './campaign-edit.tsx'
import { campaignAsk, type TargetChoice } from './campaigns-ask.ts'
import { ProgressTable } from './progress-table.tsx'
import { countOpen, TargetList } from './target-list.tsx'
import { percent } from './words.ts'

interface CampaignViewProps extends WorkPanelProps {
  id: number
  choice: TargetChoice
}

/** One campaign: how far it got, cell by cell and place by place. */
export function CampaignView(props: CampaignViewProps) {
  const { id, setAsk } = props
  const { t } = useTexts()
  const found = useQuery({ queryKey: ['campaigns', id], queryFn: () => getCampaign(id) })
  return (
    <>
      <BackLink label={t('campaigns.back')} onClick={() => setAsk(undefined)} />
      {found.data ? (
        <Found {...props} campaign={found.data} />
      ) : (
        <LoadState error={found.error} onRetry={() => void found.refetch()} />
      )}
    </>
  )
}

function Found({ campaign, ...props }: CampaignViewProps & { campaign: Campaign }) {
  const { t, lang } = useTexts()
  const mayExport = useMay('export')
  const { setAsk, select, choice } = props
  const [editing, setEditing] = useState(false)
  const { id, name, note, startsOn, endsOn, ended, checklistName, counts, layer } = campaign
  const { targets, visited, states } = counts
  const choose = (part: TargetChoice) => setAsk(campaignAsk(id, { ...choice, ...part }))
  const show = (state: TargetChoice['state']) => choose({ state, byCell: false })
  const ofAll = t('campaigns.ofTargets', { count: formatCount(targets) })
  const open = countOpen(campaign)
  return (
    <>
      <h3 className="gw-campaign-title">{name}</h3>
      <p className="gw-hint">
        {t('campaigns.days', { from: startsOn, to: endsOn })} · {checklistName}
        {ended && ` · ${t('campaigns.ended')}`}
      </p>
      {note && <p className="gw-campaign-note">{note}</p>}
      <dl className="gw-figure-grid">
        <Figure
          label={t('campaigns.visited')}
          value={percent(visited, targets)}
          outOf={t('campaigns.visitedOf', { visited: formatCount(visited), targets: formatCount(targets) })}
          formula={t('campaigns.visitedFormula')}
          onOpen={() => show('unvisited')}
          testId="figure-visited"
        />
        <Figure
          label={t('campaigns.open')}
          value={formatCount(open)}
          outOf={ofAll}
          formula={t('campaigns.openFormula')}
          tone={open > 0 ? 'due' : undefined}
          onOpen={() => show('open')}
        />
        <Figure
          label={t('campaigns.overdue')}
          value={formatCount(states['reinspect-overdue'])}
          outOf={ofAll}
          formula={t('campaigns.overdueFormula')}
          tone={states['reinspect-overdue'] > 0 ? 'critical' : undefined}
          onOpen={() => show('reinspect-overdue')}
        />
        <Figure
          label={t('campaigns.noAccess')}
          value={formatCount(states['no-access'])}
          outOf={ofAll}
          formula={t('campaigns.noAccessFormula')}
          onOpen={() => show('no-access')}
        />
      </dl>
      {editing ? (
        <CampaignEdit campaign={campaign} onDone={() => setEditing(false)} />
      ) : (
        <div className="gw-acts">
          {mayExport && (
            <Menu withinPortal>
              <Menu.Target>
                <Button
                  size="compact-md"
                  variant="default"
                  leftSection={<IconDownload size={16} aria-hidden="true" />}
                  data-testid="campaign-export"
                >
                  {t('campaigns.export')}
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item component="a" href={campaignFileUrl(id, 'csv')} download>
                  {t('campaigns.csv')}
                </Menu.Item>
                <Menu.Item component="a" href={campaignFileUrl(id, 'geojson')} download>
                  {t('campaigns.geojson')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
          <CampaignActions {...props} campaign={campaign} onEdit={() => setEditing(true)} />
        </div>
      )}
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('campaigns.shown')}
        value={choice.byCell ? 'cells' : 'list'}
        onChange={(next) => choose({ byCell: next === 'cells' })}
        data={[
          { value: 'list', label: t('campaigns.list') },
          { value: 'cells', label: t('campaigns.byCell') },
        ]}
        data-testid="campaign-shown"
      />
      {choice.byCell ? (
        <ProgressTable
          id={id}
          onCell={({ code }) => choose({ cell: code, byCell: false })}
          noun={LAYERS[layer].title[lang]}
        />
      ) : (
        <TargetList
          campaign={campaign}
          choice={choice}
          onChoice={choose}
          onOpen={(target) => setAsk(campaignAsk(id, choice, target))}
          select={select}
        />
      )}
    </>
  )
}
