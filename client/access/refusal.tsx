import { Alert } from '@mantine/core'
import { ApiError } from '../api/request.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'

interface RefusalProps {
  error: Error | null
  /** All that there is to say of a wrong password or token. */
  wrong: string
}

/** Why a password or token was not taken. A wrong one needs no details. */
export function Refusal({ error, wrong }: RefusalProps) {
  if (error instanceof ApiError && error.code === 'wrong-credentials')
    return (
      <Alert color="orange" role="alert">
        {wrong}
      </Alert>
    )
  return <ProblemAlert error={error} />
}
