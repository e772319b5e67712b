import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Campaign } from '../../geodata/campaigns/campaign.schema.ts'
import { listChecklists, putCampaign } from '../api/campaigns.ts'
import { useTexts } from '../ui/i18n.ts'
import { toastDone } from '../ui/toast.tsx'
import { type CampaignDraft, CampaignFields, readDraft } from './campaign-fields.tsx'
import { FormActs } from './form-acts.tsx'

/** The name, the days and the checklist of a campaign that is under way. */
export function CampaignEdit({ campaign: newest, onDone }: { campaign: Campaign; onDone(): void }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  // As it was when the form was opened: what somebody changed since is refused, not written over.
  const [campaign] = useState(newest)
  const [draft, setDraft] = useState<CampaignDraft>(() => ({ ...campaign, note: campaign.note ?? '' }))
  const [told, setTold] = useState(false)
  const lists = useQuery({ queryKey: ['checklists'], queryFn: listChecklists })
  const again = () => queries.invalidateQueries({ queryKey: ['campaigns'] })
  const { id, ended, checklistId } = campaign
  const save = useMutation({
    mutationFn: (change: NonNullable<ReturnType<typeof readDraft>>) =>
      putCampaign(id, campaign.version, { ...change, ended }),
    onSuccess: (saved) => {
      toastDone(t('campaigns.changed', { name: saved.name }), {
        undo: async () => {
          const { name, note, startsOn, endsOn, reinspectDays } = campaign
          const before = { name, note, checklistId, startsOn, endsOn, reinspectDays, ended }
          await putCampaign(id, saved.version, before)
          await again()
        },
      })
      void again()
      onDone()
    },
    onError: () => void again(),
  })
  return (
    <form
      className="gw-form gw-campaign-card"
      onSubmit={(event) => {
        event.preventDefault()
        setTold(true)
        const change = readDraft(draft)
        if (change && !save.isPending) save.mutate(change)
      }}
      data-testid="campaign-edit-form"
    >
      <CampaignFields
        draft={draft}
        set={(part) => setDraft((before) => ({ ...before, ...part }))}
        checklists={(lists.data ?? []).filter(
          ({ id: list, purpose, active }) => purpose === 'visit' && (active || list === checklistId),
        )}
        told={told}
      />
      <FormActs
        error={save.error ?? lists.error}
        pending={save.isPending}
        onLeave={onDone}
        testId="campaign-save"
      />
    </form>
  )
}
