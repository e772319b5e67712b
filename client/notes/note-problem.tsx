import { Alert } from '@mantine/core'
import type { ReactNode } from 'react'
import { ApiError } from '../api/request.ts'
import { useTexts } from '../ui/i18n.ts'

/** Why something could not be done, said at once to screen readers. */
export function NoteProblem({ error, children }: { error: Error; children?: ReactNode }) {
  const { t } = useTexts()
  const silent = error instanceof ApiError && error.status === 0
  return (
    <Alert color="orange" role="alert" mt="sm" p="sm">
      {silent ? t('notes.unreachable') : error.message}
      {children}
    </Alert>
  )
}
