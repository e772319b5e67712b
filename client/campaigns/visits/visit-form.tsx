import { Button, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addDays } from '../../../geodata/campaigns/after-visit.ts'
import type { Campaign, CampaignTarget, VisitInput } from '../../../geodata/campaigns/campaign.schema.ts'
import type { Checklist } from '../../../geodata/campaigns/checklist.schema.ts'
import { postVisit } from '../../api/campaigns.ts'
import { uploadPhoto } from '../../api/notes.ts'
import { useTexts } from '../../ui/i18n.ts'
import { newUuid } from '../../ui/new-uuid.ts'
import { addToChosen } from '../../ui/photos/add-to-chosen.ts'
import { ChosenPhotos } from '../../ui/photos/chosen-photos.tsx'
import { PhotoButtons } from '../../ui/photos/photo-buttons.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { useMay } from '../../ui/session.ts'
import { toastDone } from '../../ui/toast.tsx'
import { ItemTicks } from '../item-ticks.tsx'
import { today } from '../words.ts'
import { FindingRows } from './finding-row.tsx'
import { emptyDraft, keepVisitDraft, readVisitDraft, type VisitDraft } from './visit-draft.ts'

interface VisitFormProps {
  campaign: Campaign
  target: CampaignTarget
  checklist: Checklist
  onDone(): void
}

/** What an officer enters at the door; kept on the device until it was sent. */
export function VisitForm({ campaign, target, checklist, onDone }: VisitFormProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const mayPhoto = useMay('note')
  const mayReport = useMay('report')
  const [draft, setDraft] = useState(() => readVisitDraft(target.id) ?? emptyDraft())
  const [files, setFiles] = useState<File[]>([])
  const set = (part: Partial<VisitDraft>) => {
    // What may have arrived already is another visit once it says something else.
    const next = { ...draft, ...part, ...(send.isError ? { id: newUuid() } : {}) }
    if (send.isError) send.reset()
    keepVisitDraft(target.id, next)
    setDraft(next)
  }
  const isShut = draft.outcome === 'no-access'
  const open = draft.findings.filter(({ fixed }) => !fixed).length
  const send = useMutation({
    mutationFn: async () => {
      const photos = [...draft.photos]
      for (const file of files) {
        const subject = { layer: campaign.layer, feature: target.feature }
        const photo = await uploadPhoto(
          { subject, note: undefined, file },
          () => {},
          new AbortController().signal,
        )
        photos.push(photo.id)
        // A later try does not send it again.
        set({ photos: [...photos] })
        setFiles((left) => left.filter((each) => each !== file))
      }
      return postVisit(campaign.id, target.id, visitOf(draft, photos, checklist.version))
    },
    onSuccess: ({ target: { state } }) => {
      keepVisitDraft(target.id, undefined)
      toastDone(t('campaigns.recorded', { state: t(`campaigns.states.${state}`) }))
      void queries.invalidateQueries({ queryKey: ['campaigns'] })
      void queries.invalidateQueries({ queryKey: ['cases'] })
      onDone()
    },
  })
  return (
    <form
      className="gw-form gw-visit"
      onSubmit={(event) => {
        event.preventDefault()
        if (!send.isPending) send.mutate()
      }}
      data-testid="visit-form"
    >
      <h3>{t('campaigns.visit')}</h3>
      <SegmentedControl
        fullWidth
        size="md"
        aria-label={t('campaigns.visit')}
        value={draft.outcome}
        onChange={(next) => set({ outcome: next === 'no-access' ? 'no-access' : 'checked' })}
        data={[
          { value: 'checked', label: t('campaigns.letIn') },
          { value: 'no-access', label: t('campaigns.shut') },
        ]}
      />
      {!isShut && (
        <>
          <fieldset>
            <legend>{t('campaigns.findings')}</legend>
            <FindingRows
              items={checklist.findings}
              findings={draft.findings}
              make={(found) => ({ ...found, case: false })}
              mayReport={mayReport}
              onChange={(findings) => set({ findings })}
            />
            {draft.findings.length === 0 && <p className="gw-hint">{t('campaigns.noFindings')}</p>}
          </fieldset>
          {checklist.measures.length > 0 && (
            <fieldset>
              <legend>{t('campaigns.measures')}</legend>
              <ItemTicks
                items={checklist.measures}
                ticked={draft.measures}
                onChange={(measures) => set({ measures })}
              />
            </fieldset>
          )}
        </>
      )}
      <Textarea
        label={t('campaigns.note')}
        autosize
        minRows={2}
        maxLength={1000}
        value={draft.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
        data-testid="visit-note"
      />
      {mayPhoto && (
        <div>
          <PhotoButtons onFiles={(more) => setFiles((chosen) => addToChosen(chosen, more))} />
          <ChosenPhotos
            files={files}
            onDrop={(file) => setFiles((chosen) => chosen.filter((each) => each !== file))}
          />
          {draft.photos.length > 0 && (
            <p className="gw-hint">{t('campaigns.photosSent', { count: draft.photos.length })}</p>
          )}
        </div>
      )}
      <TextInput
        type="date"
        label={t('campaigns.reinspectOn')}
        description={
          open > 0 && draft.reinspectOn === ''
            ? t('campaigns.reinspectDefault', { day: addDays(today(), campaign.reinspectDays) })
            : undefined
        }
        min={today()}
        max={addDays(today(), 366)}
        value={draft.reinspectOn}
        onChange={(event) => set({ reinspectOn: event.currentTarget.value })}
      />
      <ProblemAlert error={send.error} />
      <Button type="submit" size="lg" loading={send.isPending} data-testid="visit-send">
        {t(isShut ? 'campaigns.sendShut' : open > 0 ? 'campaigns.sendFound' : 'campaigns.sendPassed', {
          count: open,
        })}
      </Button>
      <p className="gw-hint">{t('campaigns.draftKept')}</p>
    </form>
  )
}

function visitOf(draft: VisitDraft, photos: string[], checklistVersion: number): VisitInput {
  const { id, outcome, findings, measures, note, reinspectOn } = draft
  const isShut = outcome === 'no-access'
  return {
    id,
    at: null,
    checklistVersion,
    outcome,
    findings: isShut ? [] : findings,
    measures: isShut ? [] : measures,
    photos,
    note: note.trim() === '' ? null : note,
    reinspectOn: reinspectOn === '' ? null : reinspectOn,
  }
}
