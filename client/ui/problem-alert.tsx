import { Alert } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemText } from './problem-text.tsx'

interface ProblemAlertProps {
  error: Error | null | undefined
  /** What to do about it. */
  children?: ReactNode
}

/** Why what was asked for was not done, said aloud; nothing while there is no reason. */
export function ProblemAlert({ error, children }: ProblemAlertProps) {
  if (!error) return null
  return (
    <Alert color="orange" role="alert">
      <ProblemText error={error} />
      {children}
    </Alert>
  )
}
