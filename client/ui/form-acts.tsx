import { Button, type MantineSize } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from './i18n.ts'
import { ProblemAlert } from './problem-alert.tsx'

interface FormActsProps {
  error?: Error | null
  pending: boolean
  /** Left out: save. */
  label?: string
  onLeave(): void
  testId: string
  size?: `compact-${MantineSize}`
  /** What can be done beside it. */
  children?: ReactNode
}

/** The foot of a form in a card: why it was not stored, and the ways out. */
export function FormActs({ error, pending, label, onLeave, testId, size, children }: FormActsProps) {
  const { t } = useTexts()
  const look = size && { size }
  return (
    <>
      <ProblemAlert error={error} />
      <div className="gw-acts">
        <Button type="submit" loading={pending} data-testid={testId} {...look}>
          {label ?? t('acts.save')}
        </Button>
        {children}
        <Button variant="default" onClick={onLeave} {...look}>
          {t('acts.cancel')}
        </Button>
      </div>
    </>
  )
}
