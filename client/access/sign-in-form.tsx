import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import type { Session } from '../../geodata/access/session.schema.ts'
import { signIn } from '../api/access.ts'
import { useTexts } from '../ui/i18n.ts'
import { PasswordField } from './password-field.tsx'
import { Refusal } from './refusal.tsx'

interface SignInFormProps {
  /** Who has to sign in again; undefined: anyone. */
  username?: string | undefined
  onSignedIn(session: Session): void
}

/** User name and password. One text for whatever does not fit, as the server has one answer. */
export function SignInForm({ username, onSignedIn }: SignInFormProps) {
  const { t } = useTexts()
  const [name, setName] = useState(username ?? '')
  const [password, setPassword] = useState('')
  const secret = useRef<HTMLInputElement>(null)
  const enter = useMutation({
    mutationFn: () => signIn(name.trim(), password),
    onSuccess: onSignedIn,
    onError: () => {
      secret.current?.focus()
      secret.current?.select()
    },
  })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!enter.isPending && name.trim() && password) enter.mutate()
  }
  const { error } = enter
  return (
    <form className="gw-access-form" onSubmit={submit} data-testid="sign-in-form">
      <TextInput
        label={t('access.username')}
        value={name}
        readOnly={username !== undefined}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        size="md"
        data-autofocus={username === undefined || undefined}
        autoFocus={username === undefined}
        onChange={(event) => setName(event.currentTarget.value)}
        data-testid="username"
      />
      <PasswordField
        ref={secret}
        label={t('access.password')}
        value={password}
        autoComplete="current-password"
        autoFocus={username !== undefined}
        onChange={setPassword}
        testId="password"
      />
      {error && (
        <div data-testid="sign-in-error">
          <Refusal error={error} wrong={t('problem.wrong-credentials')} />
        </div>
      )}
      <Button type="submit" size="md" fullWidth loading={enter.isPending} data-testid="sign-in">
        {t('access.signIn')}
      </Button>
    </form>
  )
}
