import { Alert, Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Session } from '../../../geodata/access/session.schema.ts'
import { setUp } from '../../api/access.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemText } from '../../ui/problem-text.tsx'
import { newPasswordFault, usernameFault } from '../new-password.ts'
import { PasswordField } from '../password-field.tsx'

interface AdministratorStepProps {
  secret: string
  onDone(session: Session): void
}

/** The first account: whoever holds the set-up link becomes the administrator. */
export function AdministratorStep({ secret, onDone }: AdministratorStepProps) {
  const { t } = useTexts()
  const [name, setName] = useState('')
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [touched, setTouched] = useState(false)
  const create = useMutation({
    mutationFn: () => setUp({ secret, username: username.trim(), name: name.trim(), password }),
    onSuccess: onDone,
  })
  const faults = {
    name: name.trim() ? undefined : ('access.nameMissing' as const),
    username: usernameFault(username),
    password: newPasswordFault(password, username),
  }
  function submit(event: FormEvent) {
    event.preventDefault()
    setTouched(true)
    if (!faults.name && !faults.username && !faults.password) create.mutate()
  }
  return (
    <form className="gw-access-form" onSubmit={submit} noValidate>
      <TextInput
        label={t('access.name')}
        description={t('access.nameHint')}
        value={name}
        error={touched && faults.name && t(faults.name)}
        size="md"
        maxLength={80}
        autoComplete="name"
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
        data-testid="set-up-name"
      />
      <TextInput
        label={t('access.username')}
        description={t('access.usernameHint')}
        value={username}
        error={touched && faults.username && t(faults.username)}
        size="md"
        maxLength={40}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => setUsername(event.currentTarget.value.toLowerCase())}
        data-testid="set-up-username"
      />
      <PasswordField
        label={t('access.password')}
        description={t('access.passwordRule')}
        error={touched && faults.password && t(faults.password)}
        value={password}
        autoComplete="new-password"
        onChange={setPassword}
        testId="set-up-password"
      />
      {create.error && (
        <Alert color="orange" role="alert">
          <ProblemText error={create.error} />
          <p className="gw-hint">{t('access.linkHint')}</p>
        </Alert>
      )}
      <Button type="submit" size="md" fullWidth loading={create.isPending} data-testid="set-up-go">
        {t('access.createAdministrator')}
      </Button>
    </form>
  )
}
