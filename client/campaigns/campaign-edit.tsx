import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Campaign } from '../../geodata/campaigns/campaign.schema.ts'
import { listChecklists, putCampaign } from '../api/campaigns.ts'
import { FormActs } from '../ui/form-acts.tsx'
import { useTexts } from '../ui/i18n.ts'
import { type CampaignDraft, CampaignFields, readDraft } from './campaign-fields.tsx'
import { CardForm } from './card-form.tsx'
import { useStoring } from './use-storing.ts'

/** The name, the days and the checklist of a campaign that is under way. */
export function CampaignEdit({ campaign: newest, onDone }: { campaign: Campaign; onDone(): void }) {
  const { t } = useTexts()
  // As it was when the form was opened: what somebody changed since is refused, not written over.
  const [campaign] = useState(newest)
  const [draft, setDraft] = useState<CampaignDraft>(() => ({ ...campaign, note: campaign.note ?? '' }))
  const [told, setTold] = useState(false)
  const lists = useQuery({ queryKey: ['checklists'], queryFn: listChecklists })
  const { id, ended, checklistId } = campaign
  const save = useStoring({
    key: 'campaigns',
    store: (change: NonNullable<ReturnType<typeof readDraft>>) =>
      putCampaign(id, campaign.version, { ...change, ended }),
    said: ({ name }) => t('campaigns.changed', { name }),
    undo: ({ version }) => {
      const { name, note, startsOn, endsOn, reinspectDays } = campaign
      return putCampaign(id, version, { name, note, checklistId, startsOn, endsOn, reinspectDays, ended })
    },
    onDone,
  })
  return (
    <CardForm
      pending={save.isPending}
      onSend={() => {
        setTold(true)
        const change = readDraft(draft)
        if (change) save.mutate(change)
      }}
      testId="campaign-edit-form"
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
    </CardForm>
  )
}
