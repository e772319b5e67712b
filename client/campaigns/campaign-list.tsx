import { Button, UnstyledButton } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Campaign } from '../../geodata/campaigns/campaign.schema.ts'
import { listCampaigns } from '../api/campaigns.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { useMay } from '../ui/session.ts'
import { campaignAsk } from './campaigns-ask.ts'
import { ShareBar } from './share-bar.tsx'
import { percent } from './words.ts'

/** All campaigns, those under way first. */
export function CampaignList({ setAsk }: { setAsk(next: string | undefined): void }) {
  const { t } = useTexts()
  const may = useMay('campaign')
  const found = useQuery({ queryKey: ['campaigns'], queryFn: listCampaigns })
  if (!found.data) return <LoadState error={found.error} onRetry={() => void found.refetch()} />
  return (
    <>
      <p className="gw-hint">{t('campaigns.lead')}</p>
      {found.data.length === 0 && <p>{t('campaigns.none')}</p>}
      <ul className="gw-campaign-list">
        {found.data.map((campaign) => (
          <li key={campaign.id}>
            <Row campaign={campaign} onOpen={() => setAsk(campaignAsk(campaign.id, {}))} />
          </li>
        ))}
      </ul>
      {may && (
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => setAsk('new')}
          data-testid="campaign-new"
        >
          {t('campaigns.new')}
        </Button>
      )}
    </>
  )
}

function Row({ campaign, onOpen }: { campaign: Campaign; onOpen(): void }) {
  const { t } = useTexts()
  const { name, startsOn, endsOn, ended, counts } = campaign
  const { targets, visited, states } = counts
  const progress = t('campaigns.progress', { visited, targets, share: percent(visited, targets) })
  const overdue = states['reinspect-overdue']
  return (
    <UnstyledButton className="gw-campaign-row" onClick={onOpen} data-testid="campaign-row">
      <b>{name}</b>
      <small>
        {t('campaigns.days', { from: startsOn, to: endsOn })}
        {ended && ` · ${t('campaigns.ended')}`}
      </small>
      <ShareBar done={visited} all={targets} label={progress} />
      <small>
        {progress}
        {overdue > 0 && (
          <>
            {' · '}
            <em data-tone="critical">{t('campaigns.overdueCount', { count: overdue })}</em>
          </>
        )}
      </small>
    </UnstyledButton>
  )
}
