import { DUE_SOON_MINUTES } from '../hazards/deadline.ts'
import { type DueQuestion, dueOf } from '../patrols/due-of.ts'
import type { HazardFacts } from './alarm-facts.ts'
import { WALL_FIGURES, type WallFigureId, type WallLayoutInput } from './layout.schema.ts'
import type { UnknownReason, WallFigure } from './picture.schema.ts'

const MINUTE = 60_000
const DAY = 86_400_000
/** A day begins at midnight of China Standard Time, which has no daylight saving. */
const CHINA = 8 * 60 * MINUTE

export const dayStartOf = (atMs: number): number => Math.floor((atMs + CHINA) / DAY) * DAY - CHINA

/** Of open hazards at one moment, and of those that came and went since midnight. */
export interface HazardCounts {
  open: number
  overdue: number
  dueSoon: number
  unassigned: number
  newToday: number
  closedToday: number
}

/** The first four of them, of hazards that are open now. */
export function countHazards(
  hazards: readonly Pick<HazardFacts, 'dueAt' | 'owner'>[],
  nowMs: number,
): Omit<HazardCounts, 'newToday' | 'closedToday'> {
  const soonMs = nowMs + DUE_SOON_MINUTES * MINUTE
  const count = (is: (hazard: Pick<HazardFacts, 'dueAt' | 'owner'>) => boolean) => hazards.filter(is).length
  return {
    open: hazards.length,
    overdue: count(({ dueAt }) => dueAt !== null && dueAt < nowMs),
    dueSoon: count(({ dueAt }) => dueAt !== null && dueAt >= nowMs && dueAt <= soonMs),
    unassigned: count(({ owner }) => owner === null),
  }
}

export interface SiteCounts {
  sites: number
  /** Those that were not visited in time, and when their limit and grace were over; never visited: none of them. */
  missed: { id: number; brokeAt: number; isNever: boolean }[]
  /** Of today: sites whose limit has come, and those of them that somebody came to. */
  due: number
  visited: number
  /** Somebody visited one of them at some time. */
  hasVisits: boolean
}

/**
 * Patrol sites against their norms at a moment. `now`: with visits until then; `midnight`: with those before the day
 * began, which says what the day asked for. A site that nobody ever visited is missed one interval after it was added.
 */
export function countSites(
  now: ReadonlyMap<number, DueQuestion>,
  midnight: ReadonlyMap<number, DueQuestion>,
  atMs: number,
): SiteCounts {
  const counts: SiteCounts = { sites: 0, missed: [], due: 0, visited: 0, hasVisits: false }
  const dayStart = dayStartOf(atMs)
  for (const [id, question] of now) {
    const { createdAt, lastVisitAt, intervalMinutes, graceMinutes } = question
    if (createdAt > atMs) continue
    counts.sites++
    const isNever = lastVisitAt === undefined
    if (!isNever) counts.hasVisits = true
    const brokeAt = isNever
      ? createdAt + (intervalMinutes + graceMinutes) * MINUTE
      : dueOf(question, atMs, atMs).breaksAt
    if (brokeAt < atMs) counts.missed.push({ id, brokeAt, isNever })
    const before = midnight.get(id)
    if (before === undefined || dueOf(before, dayStart, atMs).neededVisits === 0) continue
    counts.due++
    if (!isNever && lastVisitAt >= dayStart) counts.visited++
  }
  return counts
}

export interface Counts {
  hazards: HazardCounts
  sites: SiteCounts
}
/** Counts of another day; undefined: nothing was recorded then. */
export interface PastCounts {
  at: string
  hazards: HazardCounts | undefined
  sites: SiteCounts | undefined
}

type Value = Pick<WallFigure, 'value' | 'of' | 'outOf' | 'unknown'>

/** The figures that a layout chose. */
export function wallFigures(
  chosen: WallLayoutInput['figures'],
  present: Counts,
  yesterday: PastCounts,
  lastWeek: PastCounts,
): WallFigure[] {
  return chosen.map(({ id, target }) => {
    const figure = valueFor(id, present)
    const trend = ({ at, hazards, sites }: PastCounts) => ({ at, value: pastValue(id, hazards, sites) })
    return {
      id,
      ...figure,
      target,
      isOff: isOff(id, figure.value, target),
      yesterday: trend(yesterday),
      lastWeek: trend(lastWeek),
    }
  })
}

const isOff = (id: WallFigureId, value: number | null, target: number | null): boolean =>
  value !== null && target !== null && (WALL_FIGURES[id].better === 'lower' ? value > target : value < target)

function valueFor(id: WallFigureId, { hazards, sites }: Counts): Value {
  const count = (value: number, outOf: number | null): Value => ({ value, of: value, outOf, unknown: null })
  const unknown = (reason: UnknownReason): Value => ({ value: null, of: null, outOf: 0, unknown: reason })
  switch (id) {
    case 'overdue':
      return count(hazards.overdue, hazards.open)
    case 'due-soon':
      return count(hazards.dueSoon, hazards.open)
    case 'unassigned':
      return count(hazards.unassigned, hazards.open)
    case 'open':
      return count(hazards.open, null)
    case 'new-today':
      return count(hazards.newToday, null)
    case 'closed-today':
      return count(hazards.closedToday, null)
    case 'sites-missed':
      return sites.sites === 0 ? unknown('no-sites') : count(sites.missed.length, sites.sites)
    case 'coverage-today': {
      if (sites.sites === 0) return unknown('no-sites')
      if (sites.due === 0) return unknown('nothing-due')
      const { visited, due } = sites
      return { value: visited / due, of: visited, outOf: due, unknown: null }
    }
  }
}

const OF_SITES: readonly WallFigureId[] = ['sites-missed', 'coverage-today']

function pastValue(
  id: WallFigureId,
  hazards: HazardCounts | undefined,
  sites: SiteCounts | undefined,
): number | null {
  const none = { hazards: hazards ?? NO_HAZARDS, sites: sites ?? NO_SITES }
  if (OF_SITES.includes(id) ? sites === undefined : hazards === undefined) return null
  return valueFor(id, none).value
}

const NO_HAZARDS: HazardCounts = {
  ...{ open: 0, overdue: 0, dueSoon: 0, unassigned: 0, newToday: 0, closedToday: 0 },
}
const NO_SITES: SiteCounts = { sites: 0, missed: [], due: 0, visited: 0, hasVisits: false }
