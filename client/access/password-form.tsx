import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Session } from '../../geodata/access/session.schema.ts'
import { changePassword } from '../api/access.ts'
import { useTexts } from '../ui/i18n.ts'
import { newPasswordFault } from './credential-faults.ts'
import { PasswordField } from './password-field.tsx'
import { Refusal } from './refusal.tsx'

interface PasswordFormProps {
  username: string
  onChanged(session: Session): void
}

/** One's own new password; every other session of the account ends with it. */
export function PasswordForm({ username, onChanged }: PasswordFormProps) {
  const { t } = useTexts()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [touched, setTouched] = useState(false)
  const fault =
    newPasswordFault(next, username) ?? (next === current ? ('access.passwordSame' as const) : undefined)
  const change = useMutation({ mutationFn: () => changePassword(current, next), onSuccess: onChanged })
  function submit(event: FormEvent) {
    event.preventDefault()
    setTouched(true)
    if (current && !fault) change.mutate()
  }
  return (
    <form className="gw-access-form" onSubmit={submit} data-testid="password-form">
      <input type="text" autoComplete="username" value={username} readOnly hidden />
      <PasswordField
        label={t('access.currentPassword')}
        value={current}
        autoComplete="current-password"
        autoFocus
        onChange={setCurrent}
        testId="current-password"
      />
      <PasswordField
        label={t('access.newPassword')}
        description={t('access.passwordRule')}
        error={touched && fault && t(fault)}
        value={next}
        autoComplete="new-password"
        onChange={setNext}
        testId="new-password"
      />
      <Refusal error={change.error} wrong={t('access.wrongCurrent')} />
      <Button type="submit" size="md" fullWidth loading={change.isPending} data-testid="password-save">
        {t('access.changePassword')}
      </Button>
    </form>
  )
}
