import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTexts } from '../ui/i18n.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'

interface FormActsProps {
  error: Error | null
  pending: boolean
  /** Left out: save. */
  label?: string
  onLeave(): void
  testId: string
  /** What can be done beside it. */
  children?: ReactNode
}

/** The foot of a form in a card: why it was not stored, and the ways out. */
export function FormActs({ error, pending, label, onLeave, testId, children }: FormActsProps) {
  const { t } = useTexts()
  return (
    <>
      <ProblemAlert error={error} />
      <div className="gw-campaign-acts">
        <Button type="submit" loading={pending} data-testid={testId}>
          {label ?? t('campaigns.save')}
        </Button>
        {children}
        <Button variant="default" onClick={onLeave}>
          {t('campaigns.leave')}
        </Button>
      </div>
    </>
  )
}
