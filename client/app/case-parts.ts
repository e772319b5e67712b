import { lazy } from 'react'
import type { CasePart } from '../ui/case-part.ts'

/** What features besides the case itself say in its tab, in this order. A line here adds a part. */
export const CASE_PARTS: readonly CasePart[] = [
  { id: 'hotline', Part: lazy(() => import('../dispatch/hotline/hotline-part.tsx')) },
  { id: 'whistle', Part: lazy(() => import('../dispatch/whistle/whistle-part.tsx')) },
]
