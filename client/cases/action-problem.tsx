import { ApiError } from '../api/request.ts'
import { useTexts } from '../ui/i18n.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { isOvertaken } from './is-overtaken.ts'

/** Why an action was refused and what to do first. Who was overtaken is told so with the actions. */
export function ActionProblem({ error }: { error: Error | null }) {
  const { t } = useTexts()
  if (!error || isOvertaken(error)) return null
  const missing = error instanceof ApiError ? error.missing : []
  return (
    <ProblemAlert error={error}>
      {missing.map((name) => (
        <p key={name}>{t(`cases.missing.${name}`)}</p>
      ))}
    </ProblemAlert>
  )
}
