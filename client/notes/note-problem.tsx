import { Alert } from '@mantine/core'
import type { ReactNode } from 'react'
import { ProblemText } from '../ui/problem-text.tsx'

/** Why something could not be done, said at once to screen readers. */
export function NoteProblem({ error, children }: { error: Error; children?: ReactNode }) {
  return (
    <Alert color="orange" role="alert" mt="sm" p="sm">
      <ProblemText error={error} />
      {children}
    </Alert>
  )
}
