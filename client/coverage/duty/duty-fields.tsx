import { Autocomplete, Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { DUTY_ROLES, type DutyPut, type DutyRole } from '../../../geodata/duties/duty.schema.ts'
import { getHolders } from '../../api/duties.ts'
import { useTexts } from '../../ui/i18n.ts'

export type DutyValues = Pick<DutyPut, 'role' | 'holder' | 'since' | 'until' | 'note'>

interface DutyFieldsProps {
  roles: readonly DutyRole[]
  initial: DutyValues
  onSave(values: DutyValues): Promise<void>
  onCancel(): void
}

/** Who is to hold which duty, for which days. Those who hold such duties already are offered. */
export function DutyFields({ roles, initial, onSave, onCancel }: DutyFieldsProps) {
  const { t, lang } = useTexts()
  const [values, setValues] = useState(initial)
  const [saving, setSaving] = useState(false)
  const holders = useQuery({ queryKey: ['duties', 'holders'], queryFn: getHolders, staleTime: 60_000 })
  const change = (more: Partial<DutyValues>) => setValues({ ...values, ...more })
  const holder = values.holder.trim()
  const isBackwards = values.since !== null && values.until !== null && values.until < values.since
  const offered = [
    ...new Set(
      (holders.data ?? [])
        .toSorted((a, b) => Number(b.role === values.role) - Number(a.role === values.role))
        .map((row) => row.holder),
    ),
  ]
  async function save(event: FormEvent) {
    event.preventDefault()
    setSaving(true)
    await onSave({ ...values, holder, note: values.note?.trim() || null })
    setSaving(false)
  }
  return (
    <form className="gw-form gw-duty-fields" onSubmit={(event) => void save(event)}>
      <Select
        label={t('duties.role')}
        allowDeselect={false}
        value={values.role}
        onChange={(next) => next && change({ role: next as DutyRole })}
        data={roles.map((role) => ({ value: role, label: DUTY_ROLES[role][lang] }))}
      />
      <Autocomplete
        label={t('duties.holder')}
        description={t('duties.holderHint')}
        data-autofocus
        maxLength={60}
        limit={8}
        value={values.holder}
        onChange={(next) => change({ holder: next })}
        data={offered}
        data-testid="duty-holder"
      />
      <div className="gw-pair">
        <TextInput
          type="date"
          label={t('duties.since')}
          value={values.since ?? ''}
          onChange={(event) => change({ since: event.currentTarget.value || null })}
        />
        <TextInput
          type="date"
          label={t('duties.until')}
          value={values.until ?? ''}
          error={isBackwards ? t('duties.backwards') : undefined}
          onChange={(event) => change({ until: event.currentTarget.value || null })}
        />
      </div>
      <TextInput
        label={t('duties.note')}
        maxLength={200}
        value={values.note ?? ''}
        onChange={(event) => change({ note: event.currentTarget.value })}
      />
      <div className="gw-pair">
        <Button variant="default" onClick={onCancel}>
          {t('duties.cancel')}
        </Button>
        <Button
          type="submit"
          loading={saving}
          disabled={holder === '' || isBackwards}
          data-testid="duty-save"
        >
          {t('duties.save')}
        </Button>
      </div>
    </form>
  )
}
