import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Session } from '../../../geodata/access/session.schema.ts'
import { setUp } from '../../api/access.ts'
import { useTexts } from '../../ui/i18n.ts'
import { ProblemAlert } from '../../ui/problem-alert.tsx'
import { nameFault, newPasswordFault, usernameFault } from '../credential-faults.ts'
import { PasswordField } from '../password-field.tsx'
import { NameField, UsernameField } from '../person-fields.tsx'

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
    name: nameFault(name),
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
      <NameField
        value={name}
        onChange={setName}
        told={touched}
        hint
        own
        size="md"
        testId="set-up-name"
        autoFocus
      />
      <UsernameField
        value={username}
        onChange={setUsername}
        told={touched}
        hint
        own
        size="md"
        testId="set-up-username"
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
      <ProblemAlert error={create.error}>
        <p className="gw-hint">{t('access.linkHint')}</p>
      </ProblemAlert>
      <Button type="submit" size="md" fullWidth loading={create.isPending} data-testid="set-up-go">
        {t('access.createAdministrator')}
      </Button>
    </form>
  )
}
