import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { isEqual } from '../../../geodata/editing/is-equal.ts'
import { useTexts } from '../../ui/i18n.ts'
import { fieldLabel } from '../../ui/words/property-words.ts'

export interface TimeWindow {
  from: string
  to: string
}
interface WindowsFieldProps {
  name: string
  value: TimeWindow[]
  /** Said while there is none. */
  empty: string
  disabled: boolean
  onCommit(value: TimeWindow[]): void
}

const MOST = 8

/** Times of day between which something may be visited. */
export function WindowsField({ name, value, empty, disabled, onCommit }: WindowsFieldProps) {
  const texts = useTexts()
  const { t } = texts
  const [rows, setRows] = useState(value)
  const [incomplete, setIncomplete] = useState(false)
  const key = JSON.stringify(value)
  useEffect(() => {
    setRows(JSON.parse(key))
    setIncomplete(false)
  }, [key])

  function take(next: TimeWindow[]) {
    const missing = next.some(({ from, to }) => from === '' || to === '')
    setIncomplete(missing)
    if (!missing && !isEqual(next, value)) onCommit(next)
  }
  const change = (index: number, part: Partial<TimeWindow>) =>
    setRows(rows.map((row, at) => (at === index ? { ...row, ...part } : row)))

  return (
    <fieldset className="gw-form-wide gw-form-group" data-testid={`field-${name}`} disabled={disabled}>
      <legend>{fieldLabel(name, texts)}</legend>
      {rows.length === 0 && <p className="gw-hint">{empty}</p>}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div className="gw-form-window" key={index}>
          <TextInput
            type="time"
            size="xs"
            aria-label={t('form.windowFrom', { index: index + 1 })}
            value={row.from}
            onChange={(event) => change(index, { from: event.currentTarget.value })}
            onBlur={() => take(rows)}
          />
          <span aria-hidden="true">–</span>
          <TextInput
            type="time"
            size="xs"
            aria-label={t('form.windowTo', { index: index + 1 })}
            value={row.to}
            onChange={(event) => change(index, { to: event.currentTarget.value })}
            onBlur={() => take(rows)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={t('form.windowRemove', { index: index + 1 })}
            onClick={() => {
              const next = rows.filter((_, at) => at !== index)
              setRows(next)
              take(next)
            }}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {incomplete && (
        <p className="gw-form-problem" role="alert">
          {t('form.problem.windowIncomplete')}
        </p>
      )}
      {rows.length < MOST && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => setRows([...rows, { from: '', to: '' }])}
        >
          {t('form.windowAdd')}
        </Button>
      )}
    </fieldset>
  )
}
