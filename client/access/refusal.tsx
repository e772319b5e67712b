import { ApiError } from '../api/request.ts'
import { ProblemText } from '../ui/problem-text.tsx'
import { problemWords } from '../ui/problem-words.ts'

/** Why a password was not taken. A wrong one needs no details. */
export function Refusal({ error }: { error: Error }) {
  if (error instanceof ApiError && error.code === 'wrong-credentials') return problemWords(error).said
  return <ProblemText error={error} />
}
