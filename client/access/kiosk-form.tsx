import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Session } from '../../geodata/access/session.schema.ts'
import { becomeKiosk } from '../api/access.ts'
import { useTexts } from '../ui/i18n.ts'
import { Refusal } from './refusal.tsx'

/** For a screen that nobody signs in at: its token is entered once and renews itself. */
export function KioskForm({ onSignedIn }: { onSignedIn(session: Session): void }) {
  const { t } = useTexts()
  const [open, setOpen] = useState(false)
  const [token, setToken] = useState('')
  const enter = useMutation({ mutationFn: () => becomeKiosk(token.trim()), onSuccess: onSignedIn })
  function submit(event: FormEvent) {
    event.preventDefault()
    if (token.trim()) enter.mutate()
  }
  if (!open)
    return (
      <Button
        className="gw-kiosk-open"
        variant="subtle"
        size="compact-sm"
        onClick={() => setOpen(true)}
        data-testid="kiosk-open"
      >
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
      <Refusal error={enter.error} wrong={t('access.kioskWrong')} />
      <Button type="submit" variant="default" fullWidth loading={enter.isPending} data-testid="kiosk-go">
        {t('access.kioskGo')}
      </Button>
    </form>
  )
}
