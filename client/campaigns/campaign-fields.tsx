import { NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core'
import type { CampaignChange } from '../../geodata/campaigns/campaign.schema.ts'
import type { Checklist } from '../../geodata/campaigns/checklist.schema.ts'
import { useTexts } from '../ui/i18n.ts'

/** What is said of a campaign beside its targets, as it is typed. */
export interface CampaignDraft {
  name: string
  note: string
  checklistId: number | undefined
  startsOn: string
  endsOn: string
  reinspectDays: number | string
}

/** As it is sent; undefined while something lacks or does not fit. */
export function readDraft(draft: CampaignDraft): Omit<CampaignChange, 'ended'> | undefined {
  const { name, note, checklistId, startsOn, endsOn, reinspectDays } = draft
  const days = Number(reinspectDays)
  if (name.trim() === '' || checklistId === undefined || days < 1) return undefined
  if (startsOn === '' || endsOn === '' || endsOn < startsOn) return undefined
  return { name, note: note.trim() === '' ? null : note, checklistId, startsOn, endsOn, reinspectDays: days }
}

interface CampaignFieldsProps {
  draft: CampaignDraft
  set(part: Partial<CampaignDraft>): void
  checklists: readonly Checklist[]
  /** Whether it was to be sent: only then is what lacks said. */
  told: boolean
}

/** The fields of a campaign beside its targets. */
export function CampaignFields({ draft, set, checklists, told }: CampaignFieldsProps) {
  const { t } = useTexts()
  const { name, note, checklistId, startsOn, endsOn, reinspectDays } = draft
  return (
    <>
      <TextInput
        label={t('campaigns.name')}
        value={name}
        maxLength={60}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={told && name.trim() === '' ? t('campaigns.nameMissing') : undefined}
        data-testid="campaign-name"
      />
      <NativeSelect
        label={t('campaigns.checklist')}
        value={String(checklistId ?? '')}
        onChange={(event) => set({ checklistId: Number(event.currentTarget.value) })}
        data={checklists.map((each) => ({ value: String(each.id), label: each.name }))}
      />
      <div className="gw-campaign-pair">
        <TextInput
          type="date"
          label={t('campaigns.from')}
          value={startsOn}
          onChange={(event) => set({ startsOn: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('campaigns.to')}
          value={endsOn}
          error={endsOn !== '' && endsOn < startsOn ? t('campaigns.backwards') : undefined}
          onChange={(event) => set({ endsOn: event.currentTarget.value })}
          data-testid="campaign-to"
        />
      </div>
      <NumberInput
        label={t('campaigns.reinspectDays')}
        description={t('campaigns.reinspectHint')}
        min={1}
        max={366}
        allowDecimal={false}
        value={reinspectDays}
        onChange={(value) => set({ reinspectDays: value })}
      />
      <Textarea
        label={t('campaigns.note')}
        autosize
        maxLength={1000}
        value={note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
    </>
  )
}
