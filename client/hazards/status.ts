import { DUE_SOON_MINUTES, ENDED_STATES } from '../../geodata/hazards/deadline.ts'

const SOON_MS = DUE_SOON_MINUTES * 60_000

export type HazardStatus = 'overdue' | 'soon' | 'open' | 'closed'

/** Where a hazard stands against its deadline at `now`; due soon means within two hours. No deadline is never overdue. */
export function hazardStatus(hazard: { state?: unknown; dueAt?: unknown }, now: Date): HazardStatus {
  if (ENDED_STATES.includes(String(hazard.state))) return 'closed'
  if (typeof hazard.dueAt !== 'string') return 'open'
  const left = Date.parse(hazard.dueAt) - now.getTime()
  if (left < 0) return 'overdue'
  return left <= SOON_MS ? 'soon' : 'open'
}
