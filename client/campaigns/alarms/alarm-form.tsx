import { Button, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { AlarmInput, SmokeAlarm } from '../../../geodata/campaigns/smoke-alarm.schema.ts'
import { putAlarm } from '../../api/campaigns.ts'
import { FormActs } from '../../ui/form-acts.tsx'
import { useTexts } from '../../ui/i18n.ts'
import { CardForm } from '../card-form.tsx'
import { useStoring } from '../use-storing.ts'
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
  const [values, setValues] = useState<AlarmInput>({
    count: alarm?.count ?? 1,
    installedOn: alarm?.installedOn ?? null,
    batteryOn: alarm?.batteryOn ?? null,
    testedOn: alarm?.testedOn ?? null,
    note: alarm?.note ?? null,
  })
  const save = useStoring({
    key: 'smoke-alarms',
    store: () => putAlarm(building, alarm?.version ?? 0, values),
    said: () => t('alarms.saved'),
    undo:
      alarm &&
      (({ version }: SmokeAlarm) => {
        const { count, installedOn, batteryOn, testedOn, note } = alarm
        return putAlarm(building, version, { count, installedOn, batteryOn, testedOn, note })
      }),
    onDone,
  })
  return (
    <CardForm pending={save.isPending} onSend={() => save.mutate()} testId="alarm-form">
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
    </CardForm>
  )
}
