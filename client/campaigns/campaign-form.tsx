import { Button, SegmentedControl } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addDays } from '../../geodata/campaigns/after-visit.ts'
import { CAMPAIGN_LAYERS, type CampaignLayer } from '../../geodata/campaigns/campaign.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { countFeatures, deleteCampaign, listChecklists, postCampaign } from '../api/campaigns.ts'
import type { WorkPanelProps } from '../map/work-panel.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { toastDone } from '../ui/toast.tsx'
import { BackLink } from './back-link.tsx'
import { type CampaignDraft, CampaignFields, readDraft } from './campaign-fields.tsx'
import { campaignAsk } from './campaigns-ask.ts'
import { filterOf } from './filter-of.ts'
import { today } from './words.ts'

/** What was typed outlives a look at the list, where the targets are chosen; a reload forgets it. */
let unsaved: Draft | undefined

interface Draft extends CampaignDraft {
  layer: CampaignLayer
}

const empty = (): Draft => ({
  name: '',
  note: '',
  layer: 'buildings',
  checklistId: undefined,
  startsOn: today(),
  endsOn: addDays(today(), 90),
  reinspectDays: 14,
})

/** A campaign is made: its days, its checklist, and as its targets what the list leaves now. */
export function CampaignForm({ setAsk, exportUrl, filtered, openList }: WorkPanelProps) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const [draft, keep] = useState(() => unsaved ?? empty())
  const [told, setTold] = useState(false)
  const set = (part: Partial<Draft>) => {
    unsaved = { ...draft, ...part }
    keep(unsaved)
  }
  const { layer } = draft
  const filter = filterOf(exportUrl(layer))
  const lists = useQuery({ queryKey: ['checklists'], queryFn: listChecklists })
  const choices = (lists.data ?? []).filter(({ purpose, active }) => purpose === 'visit' && active)
  const typed = { ...draft, checklistId: draft.checklistId ?? choices[0]?.id }
  const count = useQuery({
    queryKey: ['campaigns', 'count', layer, filter],
    queryFn: () => countFeatures(layer, filter),
  })
  const make = useMutation({
    mutationFn: (said: NonNullable<ReturnType<typeof readDraft>>) => postCampaign({ ...said, layer, filter }),
    onSuccess: (made) => {
      unsaved = undefined
      setAsk(campaignAsk(made.id, {}))
      toastDone(t('campaigns.made', { name: made.name, count: made.counts.targets }), {
        undo: async () => {
          await deleteCampaign(made.id, made.version)
          setAsk(undefined)
          await queries.invalidateQueries({ queryKey: ['campaigns'] })
        },
      })
      void queries.invalidateQueries({ queryKey: ['campaigns'] })
    },
  })
  const nouns = LAYERS[layer].title[lang]
  return (
    <form
      className="gw-form"
      onSubmit={(event) => {
        event.preventDefault()
        setTold(true)
        const said = readDraft(typed)
        if (said && !make.isPending) make.mutate(said)
      }}
      data-testid="campaign-form"
    >
      <BackLink label={t('campaigns.back')} onClick={() => setAsk(undefined)} />
      <CampaignFields draft={typed} set={set} checklists={choices} told={told} />
      <fieldset className="gw-campaign-choice">
        <legend>{t('campaigns.targets')}</legend>
        <SegmentedControl
          size="xs"
          fullWidth
          value={layer}
          onChange={(next) => set({ layer: CAMPAIGN_LAYERS.find((each) => each === next) ?? 'buildings' })}
          data={CAMPAIGN_LAYERS.map((each) => ({ value: each, label: LAYERS[each].title[lang] }))}
          aria-label={t('campaigns.targets')}
        />
        <p aria-live="polite" data-testid="campaign-count">
          {count.data === undefined
            ? '…'
            : t(filtered(layer) ? 'campaigns.countFiltered' : 'campaigns.countAll', {
                count: formatCount(count.data),
                nouns,
              })}
        </p>
        <p className="gw-hint">{t('campaigns.frozen')}</p>
        {/* Opened from here the list is not narrowed: what narrows it already stays. */}
        {!filtered(layer) && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFilter size={16} aria-hidden="true" />}
            onClick={() => openList(layer)}
          >
            {t('campaigns.openList', { nouns })}
          </Button>
        )}
      </fieldset>
      <ProblemAlert error={make.error ?? lists.error ?? count.error} />
      <Button type="submit" loading={make.isPending} disabled={count.data === 0} data-testid="campaign-make">
        {t('campaigns.make')}
      </Button>
    </form>
  )
}
