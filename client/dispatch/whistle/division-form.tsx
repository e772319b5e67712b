import { ActionIcon, Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Whistle } from '../../../geodata/dispatch/whistle.schema.ts'
import { divideWork } from '../../api/dispatch.ts'
import { FormActs } from '../../ui/form-acts.tsx'
import { useTexts } from '../../ui/i18n.ts'
import { newUuid } from '../../ui/new-uuid.ts'

interface DivisionFormProps {
  whistle: number
  departments: readonly { id: number; name: string }[]
  /** undefined: nothing was recorded. */
  onDone(whistles: Whistle[] | undefined): void
}

const MOST_ROWS = 50
const DAY_MS = 86_400_000
/** Days are those of China. */
const dayFromNow = (days: number) =>
  new Date(Date.now() + 8 * 3_600_000 + days * DAY_MS).toISOString().slice(0, 10)

/** Who does what by when, as agreed when they met. */
export function DivisionForm({ whistle, departments, onDone }: DivisionFormProps) {
  const { t } = useTexts()
  const newRow = () => ({ key: newUuid(), department: departments[0]!.id, task: '', due: dayFromNow(3) })
  const [rows, setRows] = useState(() => [newRow()])
  const [note, setNote] = useState('')
  const [told, setTold] = useState(false)
  const change = (key: string, part: Partial<ReturnType<typeof newRow>>) =>
    setRows((old) => old.map((row) => (row.key === key ? { ...row, ...part } : row)))
  const lacks = rows.some(({ task, due }) => task.trim() === '' || due === '')
  const send = useMutation({
    mutationFn: () =>
      divideWork(whistle, {
        tasks: rows.map(({ department, task, due }) => ({ department, task: task.trim(), due })),
        note: note.trim() || null,
      }),
    onSuccess: onDone,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(true)
    if (!lacks && !send.isPending) send.mutate()
  }
  return (
    <form className="gw-form" onSubmit={submit} noValidate data-testid="division-form">
      {rows.map((row, index) => {
        const of = (field: string) => t('dispatch.whistle.inRow', { field, row: index + 1 })
        return (
          <div key={row.key} className="gw-dispatch-task">
            <TextInput
              size="xs"
              aria-label={of(t('dispatch.whistle.task'))}
              placeholder={t('dispatch.whistle.task')}
              maxLength={300}
              value={row.task}
              onChange={(event) => change(row.key, { task: event.currentTarget.value })}
              error={told && row.task.trim() === '' && t('dispatch.needed')}
              data-testid="division-task"
            />
            {rows.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={28}
                aria-label={t('dispatch.whistle.removeRow', { row: index + 1 })}
                onClick={() => setRows((old) => old.filter(({ key }) => key !== row.key))}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
            <NativeSelect
              size="xs"
              aria-label={of(t('dispatch.whistle.of'))}
              value={String(row.department)}
              onChange={(event) => change(row.key, { department: Number(event.currentTarget.value) })}
              data={departments.map(({ id, name }) => ({ value: String(id), label: name }))}
            />
            <TextInput
              size="xs"
              type="date"
              aria-label={of(t('dispatch.whistle.day'))}
              value={row.due}
              onChange={(event) => change(row.key, { due: event.currentTarget.value })}
              error={told && row.due === '' && t('dispatch.needed')}
            />
          </div>
        )
      })}
      {rows.length < MOST_ROWS && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={() => setRows((old) => [...old, newRow()])}
        >
          {t('dispatch.whistle.addRow')}
        </Button>
      )}
      <Textarea
        size="xs"
        label={t('dispatch.whistle.note')}
        autosize
        minRows={1}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <FormActs
        error={send.error}
        pending={send.isPending}
        label={t('dispatch.whistle.save')}
        onLeave={() => onDone(undefined)}
        testId="division-save"
        size="compact-sm"
      />
    </form>
  )
}
