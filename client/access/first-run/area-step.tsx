import { Button, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type SettingsAnswer, settingsPatchSchema } from '../../../geodata/settings/settings.schema.ts'
import { getSettings, patchSettings } from '../../api/settings.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { ProblemAlert } from '../../ui/problem-alert.tsx'

/** What the area is called, where it lies administratively and under what number its map was reviewed. */
export function AreaStep({ onDone }: { onDone(): void }) {
  const settings = useQuery({ queryKey: ['settings'], queryFn: getSettings })
  if (!settings.data) return <LoadState error={settings.error} onRetry={() => void settings.refetch()} />
  return <AreaForm answer={settings.data} onDone={onDone} />
}

function AreaForm({ answer, onDone }: { answer: SettingsAnswer; onDone(): void }) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const { values } = answer
  const [name, setName] = useState(values.areaName ?? '')
  const [division, setDivision] = useState(values.divisionCode ?? '')
  const [review, setReview] = useState(values.reviewNumber ?? '')
  const patch = { areaName: name.trim(), divisionCode: division.trim(), reviewNumber: review.trim() }
  const divisionWrong = !settingsPatchSchema.shape.divisionCode.safeParse(patch.divisionCode).success
  const save = useMutation({
    mutationFn: () => patchSettings(answer.version, patch),
    onSuccess: (saved) => {
      queries.setQueryData(['settings'], saved)
      void queries.invalidateQueries({ queryKey: ['workspace'] })
      onDone()
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!divisionWrong) save.mutate()
  }
  return (
    <form className="gw-access-form" onSubmit={submit} noValidate>
      <TextInput
        label={t('access.areaName')}
        description={t('access.areaNameHint')}
        value={name}
        size="md"
        maxLength={80}
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
        data-testid="guide-area-name"
      />
      <TextInput
        label={t('access.division')}
        description={t('access.divisionHint')}
        value={division}
        size="md"
        inputMode="numeric"
        error={divisionWrong && t('access.divisionWrong')}
        onChange={(event) => setDivision(event.currentTarget.value)}
        data-testid="guide-division"
      />
      <TextInput
        label={t('access.review')}
        description={t('access.reviewHint')}
        value={review}
        size="md"
        maxLength={60}
        onChange={(event) => setReview(event.currentTarget.value)}
        data-testid="guide-review"
      />
      <ProblemAlert error={save.error} />
      <Button type="submit" size="md" fullWidth loading={save.isPending} data-testid="guide-area-go">
        {t('access.saveGoOn')}
      </Button>
    </form>
  )
}
