import { Alert, Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Session } from '../../geodata/access/session.schema.ts'
import { becomeKiosk } from '../api/access.ts'
import { ApiError } from '../api/request.ts'
import { useTexts } from '../ui/i18n.ts'
import { ProblemText } from '../ui/problem-text.tsx'

/** For a screen that nobody signs in at: its token is entered once and renews itself. */
export function KioskForm({ onSignedIn }: { onSignedIn(session: Session): void }) {
  const { t } = useTexts()
  const [open, setOpen] = useState(false)
  const [token, setToken] = useState('')
  const enter = useMutation({ mutationFn: () => becomeKiosk(token.trim()), onSuccess: onSignedIn })
  const { error } = enter
  function submit(event: FormEvent) {
    event.preventDefault()
    if (token.trim()) enter.mutate()
  }
  if (!open)
    return (
      <Button variant="subtle" size="compact-sm" onClick={() => setOpen(true)} data-testid="kiosk-open">
        {t('access.kiosk')}
      </Button>
    )
  return (
    <form className="gw-access-form" onSubmit={submit}>
      <TextInput
        label={t('access.kioskToken')}
        description={t('access.kioskHint')}
        value={token}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setToken(event.currentTarget.value)}
        data-testid="kiosk-token"
      />
      {error && (
        <Alert color="orange" role="alert">
          {error instanceof ApiError && error.code === 'wrong-credentials' ? (
            t('access.kioskWrong')
          ) : (
            <ProblemText error={error} />
          )}
        </Alert>
      )}
      <Button type="submit" variant="default" fullWidth loading={enter.isPending} data-testid="kiosk-go">
        {t('access.kioskGo')}
      </Button>
    </form>
  )
}
