import { segmentMetres } from '../network/segment-metres.ts'
import type { SiteType } from '../patrols/checkpoint.schema.ts'
import { opensAt } from '../patrols/opening-windows.ts'
import type { BeatSite } from './beats.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

export interface RoundHours {
  /** Minutes after midnight, China Standard Time. */
  begins: number
  /** What is gone to, group by group: what closes early first. */
  groups: readonly (readonly SiteType[])[]
  /** So many stops at most; what is due the longest first. */
  most: number
}

export interface RoundAsked {
  /** When it begins, milliseconds. */
  begins: number
  /** By number, milliseconds. */
  lastVisits: ReadonlyMap<number, number>
  /** So long before its limit somebody comes to a site, milliseconds. */
  earlierBy: (site: BeatSite) => number
}

/**
 * The rounds of a day; lanes are blocked by night. Morning and evening go to gates and stations in the same order, a little less than half a day
 * apart, so that the limits of twice a day hold.
 */
export const ROUND_HOURS: readonly RoundHours[] = [
  { begins: 10, groups: [['fire-lane']], most: 14 },
  {
    begins: 6 * 60 + 15,
    groups: [['estate-gate'], ['school', 'waste-station'], ['crowded-venue', 'waterside']],
    most: 40,
  },
  {
    begins: 13 * 60 + 30,
    groups: [['crowded-venue'], ['small-premises', 'rented-housing', 'construction-site', 'other']],
    most: 11,
  },
  {
    begins: 18 * 60 + 20,
    groups: [['estate-gate'], ['waste-station'], ['ebike-shed', 'crowded-venue']],
    most: 40,
  },
]

/** Whose limit comes this long after a round began is gone to on it. */
const ROUND_AND_REST = 6 * HOUR

/** The sites of a team that a round goes to, in order: those whose limit comes before the next, and that are open then. */
export function drawRound(
  sites: readonly BeatSite[],
  { groups, most }: RoundHours,
  { begins, lastVisits, earlierBy }: RoundAsked,
): BeatSite[] {
  const limitOf = ({ number, intervalMinutes, timeWindows }: BeatSite) => {
    const last = lastVisits.get(number)
    return last === undefined ? 0 : opensAt(timeWindows, last + intervalMinutes * MINUTE)
  }
  const due = sites
    .filter(
      (site) =>
        groups.some((types) => types.includes(site.siteType)) &&
        limitOf(site) - earlierBy(site) < begins + ROUND_AND_REST &&
        opensAt(site.timeWindows, begins) < begins + 2 * HOUR,
    )
    .sort((a, b) => limitOf(a) - limitOf(b) || a.number - b.number)
    .slice(0, most)
  const ordered: BeatSite[] = []
  for (const types of groups) {
    const left = due.filter(({ siteType }) => types.includes(siteType)).sort((a, b) => a.number - b.number)
    while (left.length > 0) {
      const from = ordered.at(-1) ?? left[0]!
      let nearest = 0
      for (const [at, site] of left.entries()) if (away(from, site) < away(from, left[nearest]!)) nearest = at
      ordered.push(...left.splice(nearest, 1))
    }
  }
  return ordered
}

const away = (a: BeatSite, b: BeatSite): number => segmentMetres(...a.lngLat, ...b.lngLat)
