import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { DueSite } from '../../../geodata/patrols/due.schema.ts'
import { getDue } from '../../api/patrols.ts'
import type { Shift } from './shift.ts'

const AGAIN_MS = 60_000

/** What is due in a shift, all of it. */
export function useDue({ from, to }: Shift) {
  const due = useQuery({
    queryKey: ['patrols', 'due', from, to],
    queryFn: ({ signal }) => getDue(from, to, signal),
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  })
  return { due, sites: due.data ? byId(due.data.sites) : NONE }
}

export type DueSites = ReadonlyMap<number, DueSite>

const NONE: DueSites = new Map()
const made = new WeakMap<readonly DueSite[], DueSites>()

/** One map for all who ask for the same answer. */
function byId(sites: readonly DueSite[]): DueSites {
  let map = made.get(sites)
  if (!map) {
    map = new Map(sites.map((site) => [site.checkpointId, site]))
    made.set(sites, map)
  }
  return map
}
