import { Button } from '@mantine/core'
import { IconFlag, IconFlagOff, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Campaign } from '../../geodata/campaigns/campaign.schema.ts'
import { chooseTargets, deleteCampaign, getCampaign, postCampaign, putCampaign } from '../api/campaigns.ts'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { useTexts } from '../ui/i18n.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { useMay } from '../ui/session.ts'
import { toastDone } from '../ui/toast.tsx'
import { campaignAsk } from './campaigns-ask.ts'
import { filterOf } from './filter-of.ts'
import { listed } from './words.ts'

interface CampaignActionsProps extends WorkPanelProps {
  campaign: Campaign
  onEdit(): void
}

/** Changing, choosing anew, ending and opening again, and deleting while nobody was visited; for those who manage campaigns. */
export function CampaignActions({ campaign, exportUrl, filtered, setAsk, onEdit }: CampaignActionsProps) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const may = useMay('campaign')
  const { id, version, layer, ended } = campaign
  const again = () => queries.invalidateQueries({ queryKey: ['campaigns'] })
  // What narrows the list now is the new choice; a list that is not narrowed leaves the filter as it was.
  const filter = filtered(layer) ? { filter: filterOf(exportUrl(layer)) } : {}
  const tried = useMutation({ mutationFn: () => chooseTargets(id, version, { ...filter, dryRun: true }) })
  const choose = useMutation({
    mutationFn: () => chooseTargets(id, version, { ...filter, dryRun: false }),
    onSuccess: ({ added, removed }) => {
      const before = campaign.filter
      tried.reset()
      toastDone(t('campaigns.chosen', { added, removed }), {
        undo: async () => {
          const now = await getCampaign(id)
          await chooseTargets(id, now.version, { filter: before, dryRun: false })
          await again()
        },
      })
      void again()
    },
  })
  const change = (next: boolean, at: Campaign) => {
    const { name, note, checklistId, startsOn, endsOn, reinspectDays } = at
    return putCampaign(id, at.version, {
      ...{ name, note, checklistId, startsOn, endsOn, reinspectDays },
      ended: next,
    })
  }
  const end = useMutation({
    mutationFn: () => change(!ended, campaign),
    onSuccess: () => {
      toastDone(t(ended ? 'campaigns.nowOpen' : 'campaigns.nowEnded'), {
        undo: async () => {
          await change(ended, await getCampaign(id))
          await again()
        },
      })
      void again()
    },
  })
  const remove = useMutation({
    mutationFn: () => deleteCampaign(id, version),
    onSuccess: () => {
      setAsk(undefined)
      toastDone(t('campaigns.deleted', { name: campaign.name }), {
        undo: async () => {
          const { name, note, checklistId, startsOn, endsOn, reinspectDays } = campaign
          const said = { name, note, checklistId, startsOn, endsOn, reinspectDays }
          const made = await postCampaign({ ...said, layer, filter: campaign.filter })
          await again()
          setAsk(campaignAsk(made.id, {}))
        },
      })
      void again()
    },
  })
  if (!may) return null
  const answer = tried.data
  const changes = answer ? answer.added + answer.removed : 0
  return (
    <>
      <Button
        size="compact-md"
        variant="default"
        leftSection={<IconPencil size={16} aria-hidden="true" />}
        onClick={onEdit}
        data-testid="campaign-edit"
      >
        {t('campaigns.edit')}
      </Button>
      {!ended && (
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden="true" />}
          loading={tried.isPending}
          onClick={() => tried.mutate()}
          data-testid="campaign-choose"
        >
          {t(filtered(layer) ? 'campaigns.chooseFiltered' : 'campaigns.choose')}
        </Button>
      )}
      <Button
        size="compact-md"
        variant="default"
        leftSection={
          ended ? <IconFlagOff size={16} aria-hidden="true" /> : <IconFlag size={16} aria-hidden="true" />
        }
        loading={end.isPending}
        onClick={() => end.mutate()}
      >
        {t(ended ? 'campaigns.reopen' : 'campaigns.end')}
      </Button>
      {campaign.counts.states.unvisited === campaign.counts.targets && (
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden="true" />}
          loading={remove.isPending}
          onClick={() => remove.mutate()}
          data-testid="campaign-delete"
        >
          {t('campaigns.delete')}
        </Button>
      )}
      <ProblemAlert error={tried.error ?? choose.error ?? end.error ?? remove.error} />
      {answer && (
        <div className="gw-campaign-card" aria-live="polite" data-testid="campaign-changes">
          <p>
            {changes === 0
              ? t('campaigns.noChanges')
              : t('campaigns.changes', { added: answer.added, removed: answer.removed, kept: answer.kept })}
          </p>
          {answer.addedNames.length > 0 && (
            <p className="gw-hint">{t('campaigns.added', { names: listed(answer.addedNames, lang) })}</p>
          )}
          {answer.removedNames.length > 0 && (
            <p className="gw-hint">{t('campaigns.removed', { names: listed(answer.removedNames, lang) })}</p>
          )}
          <div className="gw-acts">
            {changes > 0 && (
              <Button
                size="compact-md"
                loading={choose.isPending}
                onClick={() => choose.mutate()}
                data-testid="campaign-choose-now"
              >
                {t('campaigns.take')}
              </Button>
            )}
            <Button size="compact-md" variant="default" onClick={() => tried.reset()}>
              {t(changes > 0 ? 'acts.cancel' : 'toast.close')}
            </Button>
          </div>
        </div>
      )}
    </>
  )
}
