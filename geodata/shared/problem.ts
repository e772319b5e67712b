/**
 * Expected failures. The code is stable and part of the public contract; `detail` says what was found, what was
 * expected and what to do. Domain code returns or throws these and never names an HTTP status:
 * server/platform/problem.ts decides that in one place.
 */
export type ProblemCode =
  | 'bad-request'
  | 'invalid-parameter'
  | 'unknown-parameter'
  | 'invalid-body'
  | 'invalid-geometry'
  | 'not-found'
  | 'not-acceptable'
  | 'version-required'
  | 'version-conflict'
  | 'has-children'
  | 'no-parent'
  | 'code-conflict'
  | 'name-conflict'
  | 'id-reused'
  | 'wrong-state'
  | 'code-mismatch'
  | 'no-border'
  | 'no-team'
  | 'split-shifts'
  | 'no-time'
  | 'too-many-stops'
  | 'unsupported-format'
  | 'unreadable-file'
  | 'too-large'
  | 'too-many-kept'
  | 'forbidden-host'
  | 'forbidden-origin'
  | 'not-signed-in'
  | 'wrong-credentials'
  | 'not-permitted'
  | 'outside-area'
  | 'password-change-required'
  | 'too-many-requests'
  | 'unavailable'
  | 'internal'

export interface ProblemIssue {
  /** JSON pointer or parameter name */
  at: string
  message: string
}

export class Problem extends Error {
  readonly code: ProblemCode
  readonly issues: ProblemIssue[] | undefined
  /** Further members of the problem document, e.g. `children: { buildings: 12 }`. */
  readonly extra: Record<string, unknown> | undefined

  constructor(
    code: ProblemCode,
    detail: string,
    more: { issues?: ProblemIssue[]; extra?: Record<string, unknown> } = {},
  ) {
    super(detail)
    this.name = 'Problem'
    this.code = code
    this.issues = more.issues
    this.extra = more.extra
  }
}
