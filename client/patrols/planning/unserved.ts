import type { Unserved, UnservedReason } from '../../../geodata/patrols/plan.schema.ts'
import type { DueSites } from './use-due.ts'

/** `owed`: due in the shift. `closed`: not open in all of it. `spare`: not due. */
export type UnservedKind = 'owed' | 'closed' | 'spare'

/** Whether a visit without a place was due at all; of a site that is gone it is taken to be. */
export function unservedKind({ checkpointId }: Unserved, sites: DueSites): UnservedKind {
  const site = sites.get(checkpointId)
  if (site?.windows?.length === 0) return 'closed'
  return site && site.neededVisits === 0 ? 'spare' : 'owed'
}

export const countOwed = (unserved: readonly Unserved[], sites: DueSites): number =>
  unserved.filter((visit) => unservedKind(visit, sites) === 'owed').length

export interface UnservedGroup {
  kind: UnservedKind
  reason: UnservedReason
  visits: Unserved[]
}

const ORDER = ['owed', 'spare', 'closed'] as const

/** By kind and reason, what was due first, larger groups before smaller. */
export function groupUnserved(unserved: readonly Unserved[], sites: DueSites): UnservedGroup[] {
  const groups = new Map<string, UnservedGroup>()
  for (const visit of unserved) {
    const kind = unservedKind(visit, sites)
    const key = kind === 'closed' ? kind : `${kind} ${visit.reason}`
    const group = groups.get(key)
    if (group) group.visits.push(visit)
    else groups.set(key, { kind, reason: visit.reason, visits: [visit] })
  }
  return [...groups.values()].sort(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.visits.length - a.visits.length,
  )
}
