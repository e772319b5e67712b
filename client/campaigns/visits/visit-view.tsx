import { Button } from '@mantine/core'
import { IconMapPin } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getCampaign, getTarget, listChecklists } from '../../api/campaigns.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { useMay } from '../../ui/session.ts'
import { BackLink } from '../back-link.tsx'
import { campaignAsk, type TargetChoice } from '../campaigns-ask.ts'
import { StateMark } from '../state-mark.tsx'
import { VisitForm } from './visit-form.tsx'
import { VisitHistory } from './visit-history.tsx'

interface VisitViewProps {
  campaignId: number
  targetId: number
  choice: TargetChoice
  setAsk(next: string | undefined): void
  select(at: string | undefined): void
}

/** One place of a campaign: its visit today, and those before. */
export function VisitView({ campaignId, targetId, choice, setAsk, select }: VisitViewProps) {
  const { t } = useTexts()
  const may = useMay('verify')
  const campaign = useQuery({ queryKey: ['campaigns', campaignId], queryFn: () => getCampaign(campaignId) })
  const found = useQuery({
    queryKey: ['campaigns', campaignId, 'target', targetId],
    queryFn: () => getTarget(campaignId, targetId),
  })
  const lists = useQuery({ queryKey: ['checklists'], queryFn: listChecklists })
  const back = () => setAsk(campaignAsk(campaignId, choice))
  const checklist = lists.data?.find(({ id }) => id === campaign.data?.checklistId)
  if (!campaign.data || !found.data || !checklist)
    return (
      <>
        <BackLink label={t('campaigns.toCampaign')} onClick={back} />
        <LoadState
          error={campaign.error ?? found.error ?? lists.error}
          onRetry={() => {
            void campaign.refetch()
            void found.refetch()
            void lists.refetch()
          }}
        />
      </>
    )
  const { target, visits } = found.data
  const at = target.code?.length === 22 ? target.code : `${campaign.data.layer}/${target.feature}`
  return (
    <>
      <BackLink label={campaign.data.name} onClick={back} />
      <h3 className="gw-campaign-title">{target.name ?? target.code ?? `#${target.feature}`}</h3>
      <p className="gw-campaign-now">
        <StateMark state={target.state} />
        {target.reinspectOn && <span>{t('campaigns.againOn', { day: target.reinspectOn })}</span>}
      </p>
      {target.gone ? (
        <p className="gw-hint">{t('campaigns.goneHint')}</p>
      ) : (
        <Button
          className="gw-campaign-back"
          size="compact-sm"
          variant="default"
          leftSection={<IconMapPin size={16} aria-hidden="true" />}
          onClick={() => select(at)}
        >
          {t('campaigns.onMap')}
        </Button>
      )}
      {may && !campaign.data.ended && !target.gone && (
        <VisitForm campaign={campaign.data} target={target} checklist={checklist} onDone={back} />
      )}
      {campaign.data.ended && <p className="gw-hint">{t('campaigns.endedHint')}</p>}
      <VisitHistory visits={visits} checklist={checklist} select={select} />
    </>
  )
}
