import type { ReactNode } from 'react'
import { problemWords, type ReportedProblem } from '../ui/problem-words.ts'

/** Why what was asked for was not done, said aloud. */
export function Fault({
  error,
  children,
}: {
  error: Error | ReportedProblem | null | undefined
  children?: ReactNode
}) {
  if (!error) return null
  const { said, detail } = problemWords(error)
  return (
    <div className="gw-field-card" role="alert">
      <strong className="gw-field-fault">{said}</strong>
      {detail && <small>{detail}</small>}
      {children}
    </div>
  )
}
