import { Alert, Button, NumberInput, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { CRS_LIST } from '../../geodata/crs/crs-list.ts'
import {
  type Settings,
  type SettingsAnswer,
  type SettingsPatch,
  settingsPatchSchema,
  settingsSchema,
} from '../../geodata/settings/settings.schema.ts'
import { ApiError } from '../api/request.ts'
import { getSettings, patchSettings } from '../api/settings.ts'
import { useTexts } from '../ui/i18n.ts'
import { LoadState } from '../ui/load-state.tsx'
import { toastDone, toastFailed } from '../ui/toast.tsx'

const KEY = ['settings']

/** What holds for everyone who uses this installation. */
export function SharedSettings() {
  const settings = useQuery({ queryKey: KEY, queryFn: getSettings })
  if (!settings.data) return <LoadState error={settings.error} onRetry={() => void settings.refetch()} />
  return <SettingsForm key={settings.data.version} answer={settings.data} />
}

const READOUTS = CRS_LIST.filter(({ id }) => settingsSchema.shape.readoutCrs.safeParse(id).success)

interface Draft {
  areaName: string
  min: number | string
  max: number | string
  reviewNumber: string
  divisionCode: string
  readoutCrs: string
  trackDays: number | string
}

const draftOf = (settings: Settings): Draft => ({
  areaName: settings.areaName ?? '',
  ...settings.householdBand,
  reviewNumber: settings.reviewNumber ?? '',
  divisionCode: settings.divisionCode ?? '',
  readoutCrs: settings.readoutCrs,
  trackDays: settings.trackDays,
})

function SettingsForm({ answer }: { answer: SettingsAnswer }) {
  const { t, lang } = useTexts()
  const queries = useQueryClient()
  const before = draftOf(answer.values)
  const [draft, setDraft] = useState(before)
  const set = (patch: Partial<Draft>) => setDraft((old) => ({ ...old, ...patch }))
  const { min, max } = draft
  const bandFits = typeof min === 'number' && typeof max === 'number' && min > 0 && min < max
  const patch = patchOf(before, draft)
  const divisionWrong = !settingsPatchSchema.shape.divisionCode.safeParse(draft.divisionCode.trim()).success
  const daysWrong = !settingsSchema.shape.trackDays.safeParse(draft.trackDays).success
  const fits = bandFits && !divisionWrong && !daysWrong
  const changed = Object.keys(patch).length > 0

  const save = useMutation({
    mutationFn: (wanted: { version: number; patch: SettingsPatch }) =>
      patchSettings(wanted.version, wanted.patch),
    onSuccess: (saved) => {
      const undo = patchOf(draft, before)
      toastDone(t('settings.saved'), {
        undo: async () => {
          accept(await patchSettings(saved.version, undo))
        },
      })
      accept(saved)
    },
    onError: (error) => {
      if (error instanceof ApiError && error.status === 412) void queries.invalidateQueries({ queryKey: KEY })
      else toastFailed(error)
    },
  })
  function accept(saved: SettingsAnswer) {
    queries.setQueryData(KEY, saved)
    // The name of the area and the review number are shown all over the page.
    void queries.invalidateQueries({ queryKey: ['workspace'] })
  }
  const conflict = save.error instanceof ApiError && save.error.status === 412
  function submit(event: FormEvent) {
    event.preventDefault()
    if (changed && fits) save.mutate({ version: answer.version, patch })
  }
  return (
    <form className="gw-form" onSubmit={submit}>
      <TextInput
        label={t('settings.areaName')}
        description={t('settings.areaNameHint')}
        value={draft.areaName}
        maxLength={80}
        onChange={(event) => set({ areaName: event.currentTarget.value })}
        data-testid="area-name"
      />
      <fieldset className="gw-band-fields">
        <legend>{t('settings.band')}</legend>
        <p className="gw-hint">{t('settings.bandHint')}</p>
        <div className="gw-pair">
          <NumberInput
            label={t('settings.bandMin')}
            value={min}
            min={1}
            allowDecimal={false}
            onChange={(next) => set({ min: next })}
          />
          <NumberInput
            label={t('settings.bandMax')}
            value={max}
            min={1}
            allowDecimal={false}
            onChange={(next) => set({ max: next })}
          />
        </div>
        {!bandFits && (
          <p className="gw-wrong" role="alert">
            {t('settings.bandWrong')}
          </p>
        )}
      </fieldset>
      <TextInput
        label={t('settings.review')}
        description={t('settings.reviewHint')}
        value={draft.reviewNumber}
        maxLength={60}
        onChange={(event) => set({ reviewNumber: event.currentTarget.value })}
      />
      <TextInput
        label={t('settings.division')}
        description={t('settings.divisionHint')}
        value={draft.divisionCode}
        inputMode="numeric"
        error={divisionWrong && t('settings.divisionWrong')}
        onChange={(event) => set({ divisionCode: event.currentTarget.value })}
      />
      <Select
        label={t('settings.crs')}
        description={t('settings.crsHint')}
        searchable
        allowDeselect={false}
        value={draft.readoutCrs}
        onChange={(next) => next && set({ readoutCrs: next })}
        data={READOUTS.map((crs) => ({ value: crs.id, label: `${crs[lang]} (${crs.id})` }))}
      />
      <NumberInput
        label={t('settings.trackDays')}
        description={t('settings.trackDaysHint')}
        value={draft.trackDays}
        min={1}
        allowDecimal={false}
        error={daysWrong && t('settings.trackDaysWrong')}
        onChange={(next) => set({ trackDays: next })}
        data-testid="track-days"
      />
      {!daysWrong && Number(draft.trackDays) < answer.values.trackDays && (
        <Alert color="orange" role="status" data-testid="track-days-less">
          {t('settings.trackDaysLess', { days: draft.trackDays })}
        </Alert>
      )}
      {conflict && (
        <Alert color="orange" role="alert">
          {t('settings.conflict')}
        </Alert>
      )}
      <Button type="submit" disabled={!changed || !fits} loading={save.isPending} data-testid="settings-save">
        {t('settings.save')}
      </Button>
    </form>
  )
}

/** Only what differs, so that a change by someone else to another setting is not taken back. */
function patchOf(before: Draft, after: Draft): SettingsPatch {
  const patch: SettingsPatch = {}
  const trimmed = (text: string) => text.trim()
  if (trimmed(after.areaName) !== trimmed(before.areaName)) patch.areaName = trimmed(after.areaName)
  if (trimmed(after.reviewNumber) !== trimmed(before.reviewNumber))
    patch.reviewNumber = trimmed(after.reviewNumber)
  if (trimmed(after.divisionCode) !== trimmed(before.divisionCode))
    patch.divisionCode = trimmed(after.divisionCode)
  if (after.readoutCrs !== before.readoutCrs) patch.readoutCrs = after.readoutCrs
  if (after.trackDays !== before.trackDays) patch.trackDays = Number(after.trackDays)
  if (after.min !== before.min || after.max !== before.max)
    patch.householdBand = { min: Number(after.min), max: Number(after.max) }
  return patch
}
