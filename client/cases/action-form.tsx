import { Button, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Case, CaseActionBody } from '../../geodata/hazards/case.schema.ts'
import { LIMIT_KINDS } from '../../geodata/hazards/limits.ts'
import { SUSPENDED_DAYS_AT_MOST } from '../../geodata/hazards/workflow.ts'
import { sendCasePhotos } from '../api/case-photos.ts'
import { FormActs } from '../ui/form-acts.tsx'
import { useTexts } from '../ui/i18n.ts'
import { addToChosen } from '../ui/photos/add-to-chosen.ts'
import { ChosenPhotos } from '../ui/photos/chosen-photos.tsx'
import { PhotoButtons } from '../ui/photos/photo-buttons.tsx'
import { type ActionDraft, actionDraft, keepActionDraft } from './action-draft.ts'
import { ActionProblem } from './action-problem.tsx'
import { DepartmentField } from './department-field.tsx'

const REASON_MAX = 500
const NOTE_MAX = 2000
const DAY_MS = 86_400_000
/** Offered; any other end is typed. */
const SUSPENDED_DAYS = [7, 30, 90]

interface ActionFormProps {
  of: Case
  allowed: Case['allowed'][number]
  /** How the action is called. */
  label: string
  /** Does it; what it throws is shown by whoever owns the actions when somebody else was first, here otherwise. */
  act(body: CaseActionBody): Promise<unknown>
  onClose(): void
}

/** What an action asks for: a reason, a department, an end; always a remark and photos. What is entered is kept. */
export function ActionForm({ of, allowed: { action, needs }, label, act, onClose }: ActionFormProps) {
  const { t, lang } = useTexts()
  const [draft, setDraft] = useState(() => actionDraft(of.id, action))
  const [told, setTold] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const field = form.current?.querySelector<HTMLElement>('textarea, input:not([type=file])')
    // Departments are still on their way: the form itself, so that it is seen and the next Tab is in it.
    if (field?.matches(':disabled')) form.current?.focus()
    else field?.focus()
  }, [])
  const change = (part: Partial<ActionDraft>) => {
    // From where it is kept: two changes may come before the next drawing.
    const next = { ...actionDraft(of.id, action), ...part }
    keepActionDraft(of.id, action, next)
    setDraft(next)
  }
  const send = useMutation({
    mutationFn: async () => {
      const photos = await sendCasePhotos(of.id, draft.files, (id, file) => {
        const { files, sent } = actionDraft(of.id, action)
        change({ files: files.filter((each) => each !== file), sent: [...sent, id] })
      })
      await act(bodyOf(action, draft, [...draft.sent, ...photos]))
    },
    onSuccess: () => {
      keepActionDraft(of.id, action, undefined)
      onClose()
    },
  })
  const isNote = action === 'note'
  const missing = {
    reason: needs.includes('reason') && draft.reason.trim() === '',
    departmentId: needs.includes('department') && draft.departmentId === undefined,
    until: needs.includes('until') && draft.until === '',
    note: isNote && draft.note.trim() === '' && draft.files.length + draft.sent.length === 0,
  }
  const lacks = Object.values(missing).some(Boolean)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(true)
    if (lacks) form.current?.querySelector<HTMLElement>('[data-missing]')?.focus()
    else if (!send.isPending) send.mutate()
  }
  const need = (isMissing: boolean) => ({
    error: told && isMissing && t('cases.form.needed'),
    'data-missing': isMissing || undefined,
  })
  const running = of.clocks.find(({ stoppedAt }) => stoppedAt === null)
  return (
    <form
      ref={form}
      className="gw-form gw-case-form"
      tabIndex={-1}
      onSubmit={submit}
      aria-label={label}
      noValidate
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
        if (event.key === 'Escape' && !event.defaultPrevented) {
          event.stopPropagation()
          onClose()
        }
      }}
      data-testid={`case-form-${action}`}
    >
      {needs.includes('department') && (
        <DepartmentField
          hazardId={of.id}
          value={draft.departmentId}
          onChange={(departmentId) => change({ departmentId })}
          error={told && missing.departmentId && t('cases.form.needed')}
        />
      )}
      {needs.includes('until') && (
        <>
          <TextInput
            type="datetime-local"
            label={t('cases.form.until')}
            description={t('cases.form.untilHint', { days: SUSPENDED_DAYS_AT_MOST })}
            required
            min={localTime(Date.now())}
            max={localTime(Date.now() + SUSPENDED_DAYS_AT_MOST * DAY_MS)}
            value={draft.until}
            onChange={(event) => change({ until: event.currentTarget.value })}
            data-testid="case-until"
            {...need(missing.until)}
          />
          <div className="gw-acts">
            {SUSPENDED_DAYS.map((days) => (
              <Button
                key={days}
                size="compact-sm"
                variant="default"
                onClick={() => change({ until: localTime(Date.now() + days * DAY_MS) })}
              >
                {t('cases.form.inDays', { days })}
              </Button>
            ))}
          </div>
        </>
      )}
      {action === 'ask-extension' && running && running.limitKind !== 'given' && (
        <NumberInput
          label={t('cases.form.amount', { unit: LIMIT_KINDS[running.limitKind][lang] })}
          description={t('cases.form.amountHint', { most: running.limitAmount ?? 0 })}
          min={0.5}
          {...(running.limitAmount === null ? {} : { max: running.limitAmount })}
          placeholder={String(running.limitAmount ?? '')}
          value={draft.amount}
          onChange={(amount) => change({ amount: typeof amount === 'number' ? amount : '' })}
          data-testid="case-amount"
        />
      )}
      {needs.includes('reason') && (
        <Textarea
          label={t('cases.form.reason')}
          required
          autosize
          minRows={2}
          maxLength={REASON_MAX}
          value={draft.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
          data-testid="case-reason"
          {...need(missing.reason)}
        />
      )}
      <Textarea
        label={t(isNote ? 'cases.form.noteAlone' : 'cases.form.note')}
        description={t('cases.form.private')}
        autosize
        minRows={isNote ? 2 : 1}
        maxLength={NOTE_MAX}
        value={draft.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
        data-testid="case-note"
        {...need(missing.note)}
      />
      <ChosenPhotos
        files={draft.files}
        onDrop={(gone) => change({ files: draft.files.filter((file) => file !== gone) })}
      />
      {draft.sent.length > 0 && (
        <p className="gw-hint" role="status">
          {t('cases.form.photosSent', { count: draft.sent.length })}
        </p>
      )}
      <ActionProblem error={send.error} />
      <div className="gw-case-form-acts">
        <PhotoButtons onFiles={(files) => change({ files: addToChosen(draft.files, files) })} />
      </div>
      <FormActs
        pending={send.isPending}
        label={label}
        onLeave={onClose}
        testId="case-send"
        size="compact-md"
      />
    </form>
  )
}

function bodyOf(
  action: CaseActionBody['action'],
  { reason, note, departmentId, until, amount }: ActionDraft,
  photos: readonly string[],
): CaseActionBody {
  return {
    action,
    ...(reason.trim() ? { reason: reason.trim() } : {}),
    ...(note.trim() ? { note: note.trim() } : {}),
    ...(departmentId === undefined ? {} : { departmentId }),
    ...(until ? { until: new Date(until).toISOString() } : {}),
    ...(amount === '' ? {} : { amount }),
    ...(photos.length > 0 ? { photos: [...photos] } : {}),
  }
}

/** A moment as the input of date and time wants it, in the viewer's time zone. */
function localTime(time: number): string {
  const shifted = new Date(time - new Date(time).getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 16)
}
