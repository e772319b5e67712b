import { Alert, Button, Checkbox, Select, Textarea } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { CaseSummary } from '../../../geodata/hazards/case.schema.ts'
import { actOnCase, CASE_LISTS_KEY, getOwners } from '../../api/cases.ts'
import { DEPARTMENTS_KEY, listDepartments } from '../../api/dispatch.ts'
import { ApiError } from '../../api/request.ts'
import { FormActs } from '../../ui/form-acts.tsx'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemText } from '../../ui/problem-text.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { isOvertaken } from '../is-overtaken.ts'
import type { Labels } from '../labels.ts'
import { actOnAll, type Failure } from './act-on-all.ts'
import { type BulkAction, fitsBulk, needsOf } from './bulk-actions.ts'

/** Of a department: each as the rules suggest. */
const AS_SUGGESTED = 'suggested'

interface BulkBarProps {
  actions: readonly BulkAction[]
  /** All that is listed. */
  cases: readonly CaseSummary[]
  chosen: readonly CaseSummary[]
  labels: Labels
  onChoose(ids: readonly number[]): void
}

/** Does one thing to all that is chosen; each answers for itself, and those that could not be done are named with why. */
export function BulkBar({ actions, cases, chosen, labels, onChoose }: BulkBarProps) {
  const { t } = useTexts()
  const queries = useQueryClient()
  const [open, setOpen] = useState<BulkAction>()
  const [running, setRunning] = useState<{ settled: number; of: number }>()
  const [failed, setFailed] = useState<readonly Failure<CaseSummary>[]>([])
  const isStopped = useRef(false)
  useEffect(
    () => () => {
      isStopped.current = true
    },
    [],
  )
  const fitting = (action: BulkAction) => chosen.filter((each) => fitsBulk(action, each))

  async function run(action: BulkAction, { reason, departmentId }: BulkInput) {
    const all = fitting(action)
    isStopped.current = false
    setOpen(undefined)
    setFailed([])
    setRunning({ settled: 0, of: all.length })
    const ownerOf = async (id: number) => {
      const { suggested, conflict } = await getOwners(id)
      if (suggested === null || conflict) throw new Error(t('worklists.noSuggestion'))
      return suggested
    }
    const result = await actOnAll(
      all,
      async ({ id, version }) =>
        actOnCase(id, version, {
          action,
          ...(reason ? { reason } : {}),
          ...(action === 'dispatch' ? { departmentId: departmentId ?? (await ownerOf(id)) } : {}),
        }),
      {
        isStopped: () => isStopped.current,
        onStep: (settled) => setRunning({ settled, of: all.length }),
      },
    )
    setRunning(undefined)
    setFailed(result.failed)
    onChoose(result.failed.map(({ of }) => of.id))
    void queries.invalidateQueries({ queryKey: CASE_LISTS_KEY })
    void queries.invalidateQueries({ queryKey: ['feature', 'hazards'] })
    if (result.done.length > 0)
      toastDone(t('worklists.doneAll', { action: labels.action(action), count: result.done.length }))
  }
  const wasOf = failed.length > 0 && (
    <Alert
      color="orange"
      role="alert"
      title={t('worklists.failed', { count: failed.length })}
      withCloseButton
      closeButtonLabel={t('toast.close')}
      onClose={() => setFailed([])}
      data-testid="bulk-failed"
    >
      <ul className="gw-bulk-failed">
        {failed.map(({ of, error }) => (
          <li key={of.id}>
            <b>{of.title}</b> {isOvertaken(error) ? t('cases.overtaken') : <ProblemText error={error} />}
            {error instanceof ApiError &&
              error.missing.map((name) => <p key={name}>{t(`cases.missing.${name}`)}</p>)}
          </li>
        ))}
      </ul>
    </Alert>
  )
  if (running)
    return (
      <div className="gw-bulk">
        <progress max={running.of} value={running.settled} aria-label={t('worklists.running', running)} />
        <span aria-live="polite">{t('worklists.running', running)}</span>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            isStopped.current = true
          }}
        >
          {t('worklists.stop')}
        </Button>
      </div>
    )
  if (cases.length === 0) return wasOf
  return (
    <>
      <div className="gw-bulk">
        <Checkbox
          size="xs"
          checked={cases.length > 0 && chosen.length === cases.length}
          indeterminate={chosen.length > 0 && chosen.length < cases.length}
          onChange={() => onChoose(chosen.length === cases.length ? [] : cases.map(({ id }) => id))}
          label={
            chosen.length > 0
              ? t('worklists.chosen', { count: chosen.length })
              : t('worklists.choose', { count: cases.length })
          }
          data-testid="bulk-all"
        />
        {actions.map((action) => {
          const count = fitting(action).length
          return (
            count > 0 && (
              <Button
                key={action}
                size="compact-sm"
                variant="default"
                aria-expanded={open === action}
                onClick={() => setOpen(open === action ? undefined : action)}
                data-testid={`bulk-${action}`}
              >
                {t('worklists.actOn', { action: labels.action(action), count })}
              </Button>
            )
          )
        })}
      </div>
      {open && fitting(open).length > 0 && (
        <BulkForm
          key={open}
          action={open}
          label={t('worklists.actOn', { action: labels.action(open), count: fitting(open).length })}
          onSend={(input) => void run(open, input)}
          onClose={() => setOpen(undefined)}
        />
      )}
      {wasOf}
    </>
  )
}

interface BulkInput {
  reason: string
  /** undefined: each as the rules suggest. */
  departmentId: number | undefined
}

interface BulkFormProps {
  action: BulkAction
  label: string
  onSend(input: BulkInput): void
  onClose(): void
}

/** What all of them need; nothing is done before it is sent, for histories only grow. */
function BulkForm({ action, label, onSend, onClose }: BulkFormProps) {
  const { t } = useTexts()
  const [reason, setReason] = useState('')
  const [department, setDepartment] = useState(AS_SUGGESTED)
  const [told, setTold] = useState(false)
  const needs = needsOf(action)
  const isMissing = needs.includes('reason') && reason.trim() === ''
  const departments = useQuery({
    queryKey: DEPARTMENTS_KEY,
    queryFn: listDepartments,
    enabled: needs.includes('department'),
  })
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('textarea, input, button')?.focus(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(true)
    if (isMissing) return
    onSend({
      reason: reason.trim(),
      departmentId: department === AS_SUGGESTED ? undefined : Number(department),
    })
  }
  return (
    <form
      ref={form}
      className="gw-form gw-case-form"
      aria-label={label}
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
        event.stopPropagation()
        onClose()
      }}
      data-testid="bulk-form"
    >
      {needs.includes('department') && (
        <Select
          label={t('cases.form.department')}
          searchable
          openOnFocus={false}
          allowDeselect={false}
          value={department}
          onChange={(next) => setDepartment(next ?? AS_SUGGESTED)}
          data={[
            { value: AS_SUGGESTED, label: t('worklists.asSuggested') },
            ...(departments.data ?? [])
              .filter(({ active }) => active)
              .map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          nothingFoundMessage={t('cases.form.noDepartment')}
          data-testid="bulk-department"
        />
      )}
      {needs.includes('reason') && (
        <Textarea
          label={t('cases.form.reason')}
          required
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={told && isMissing && t('cases.form.needed')}
          data-testid="bulk-reason"
        />
      )}
      <p className="gw-hint">{t('worklists.kept')}</p>
      <FormActs pending={false} label={label} onLeave={onClose} testId="bulk-send" size="compact-md" />
    </form>
  )
}
