import { Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { FormActs } from '../../ui/form-acts.tsx'
import { useTexts } from '../../ui/i18n.ts'

interface ReasonFormProps {
  label: string
  /** What the button says. */
  act: string
  busy: boolean
  onSend(reason: string): void
  onClose(): void
}

/** Why somebody does not come, or a task is dropped: nothing is sent without a reason. */
export function ReasonForm({ label, act, busy, onSend, onClose }: ReasonFormProps) {
  const { t } = useTexts()
  const [reason, setReason] = useState('')
  const [told, setTold] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTold(true)
    if (reason.trim() && !busy) onSend(reason.trim())
  }
  return (
    <form className="gw-form" onSubmit={submit} noValidate>
      <Textarea
        label={label}
        required
        autosize
        minRows={1}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={told && reason.trim() === '' && t('dispatch.needed')}
        data-testid="dispatch-reason"
      />
      <FormActs
        pending={busy}
        label={act}
        onLeave={onClose}
        testId="dispatch-reason-send"
        size="compact-sm"
      />
    </form>
  )
}
