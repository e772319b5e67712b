import { Alert, Button } from '@mantine/core'
import { useEffect, useSyncExternalStore } from 'react'
import { useTexts } from '../../ui/i18n.ts'
import { Secret } from '../secret.tsx'

interface Shown {
  title: string
  secret: string
}

// Outlives the form that asked for it, which is made anew as the list is read again; never the section.
let shown: Shown | undefined
const listeners = new Set<() => void>()

export function showSecret(next: Shown | undefined): void {
  shown = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A password or token just made: told once, until it is put away. */
export function FreshSecret() {
  const { t } = useTexts()
  const fresh = useSyncExternalStore(subscribe, () => shown)
  if (!fresh) return null
  return (
    <Alert color="accent" variant="light" title={t('admin.secretOnce')} role="status">
      <Secret {...fresh} />
      <Button size="compact-sm" variant="subtle" mt="xs" onClick={() => showSecret(undefined)}>
        {t('admin.secretNoted')}
      </Button>
    </Alert>
  )
}

/** What was shown does not wait for whoever opens the section next. */
export function useSecretsEndHere(): void {
  useEffect(() => () => showSecret(undefined), [])
}
