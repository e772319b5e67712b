import type { ReactNode } from 'react'

/** What another feature adds to the lists of what there is to do. */
export interface WorkList {
  id: string
  name: string
  /** undefined: not known yet. */
  count: number | undefined
  list: ReactNode
}
