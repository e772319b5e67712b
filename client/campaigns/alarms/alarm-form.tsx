import { Button, NumberInput, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlarmInput, SmokeAlarm } from '../../../geodata/campaigns/smoke-alarm.schema.ts'
import { putAlarm } from '../../api/campaigns.ts'
import { useTexts } from '../../ui/i18n.ts'
import { toastDone } from '../../ui/toast.tsx'
import { FormActs } from '../form-acts.tsx'
import { today } from '../words.ts'

interface AlarmFormProps {
  building: number
  alarm: SmokeAlarm | undefined
  onDone(): void
}

const DAYS = ['installedOn', 'batteryOn', 'testedOn'] as const

/** The smoke alarms of a building. */
export function AlarmForm({ building, alarm: newest, onDone }: AlarmFormProps) {
  const { t } = useTexts()
  // As it was when the form was opened: what somebody stored since is refused, not written over.
  const [alarm] = useState(newest)
  const queries = useQueryClient()
  const [values, setValues] = useState<AlarmInput>({
    count: alarm?.count ?? 1,
    installedOn: alarm?.installedOn ?? null,
    batteryOn: alarm?.batteryOn ?? null,
    testedOn: alarm?.testedOn ?? null,
    note: alarm?.note ?? null,
  })
  const again = () => queries.invalidateQueries({ queryKey: ['smoke-alarms'] })
  const save = useMutation({
    mutationFn: () => putAlarm(building, alarm?.version ?? 0, values),
    onSuccess: (saved) => {
      const before = alarm
      toastDone(
        t('alarms.saved'),
        before
          ? {
              undo: async () => {
                const { count, installedOn, batteryOn, testedOn, note } = before
                await putAlarm(building, saved.version, { count, installedOn, batteryOn, testedOn, note })
                await again()
              },
            }
          : {},
      )
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
        if (!save.isPending) save.mutate()
      }}
      data-testid="alarm-form"
    >
      <NumberInput
        label={t('alarms.number')}
        min={0}
        max={10_000}
        allowDecimal={false}
        value={values.count}
        onChange={(value) => setValues({ ...values, count: Number(value) })}
      />
      {DAYS.map((field) => (
        <TextInput
          key={field}
          type="date"
          label={t(`alarms.${field}`)}
          max={today()}
          value={values[field] ?? ''}
          onChange={(event) =>
            setValues({
              ...values,
              [field]: event.currentTarget.value === '' ? null : event.currentTarget.value,
            })
          }
        />
      ))}
      <FormActs error={save.error} pending={save.isPending} onLeave={onDone} testId="alarm-save">
        <Button
          variant="default"
          onClick={() => setValues({ ...values, testedOn: today() })}
          data-testid="alarm-tested"
        >
          {t('alarms.testedToday')}
        </Button>
      </FormActs>
    </form>
  )
}
