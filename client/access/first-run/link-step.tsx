import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTexts } from '../../ui/i18n.ts'

/** Without its link the page says where the link is, and takes it pasted. */
export function LinkStep({ onSecret }: { onSecret(secret: string): void }) {
  const { t } = useTexts()
  const [text, setText] = useState('')
  const secret = secretOf(text)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (secret) onSecret(secret)
  }
  return (
    <form className="gw-access-form" onSubmit={submit}>
      <p className="gw-guide-text">{t('access.linkWhere')}</p>
      <TextInput
        label={t('access.link')}
        value={text}
        size="md"
        autoFocus
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
        data-testid="set-up-link"
      />
      <Button type="submit" size="md" fullWidth disabled={!secret}>
        {t('access.goOn')}
      </Button>
    </form>
  )
}

/** A whole link or what stands after its `set-up=`. */
function secretOf(text: string): string | undefined {
  const trimmed = text.trim()
  const found = /[?&]set-up=([^&#\s]+)/.exec(trimmed)?.[1]
  if (found) return decodeURIComponent(found)
  return /^[\w.~-]{16,}$/.test(trimmed) ? trimmed : undefined
}
