import type { CoverageFigures, Ratio } from './patrol.schema.ts'
import type { SiteFigures, SiteRecord } from './site-figures.ts'

const HOUR = 3_600_000

export const ratio = (part: number, of: number): Ratio => ({ value: of > 0 ? part / of : null, part, of })

export type SummedSites = Omit<CoverageFigures, 'hazards' | 'effort' | 'streets'>

/** Figures of sites taken together, by weight. Whatever is unknown is in no numerator and told beside it. */
export function sumSites(sites: readonly { record: SiteRecord; figures: SiteFigures }[]): SummedSites {
  const weightOf = (wanted: (site: (typeof sites)[number]) => boolean) =>
    sum(sites, (site) => (wanted(site) ? site.record.weight : 0))
  const mean = (of: (figures: SiteFigures) => number | undefined) => {
    const known = sites.flatMap(({ record, figures }) => {
      const value = of(figures)
      return value === undefined ? [] : [{ value, weight: record.weight }]
    })
    return ratio(
      sum(known, ({ value, weight }) => value * weight),
      sum(known, ({ weight }) => weight),
    )
  }
  const all = weightOf(() => true)
  const planned = ratio(
    weightOf(({ record }) => record.stops.planned > 0),
    all,
  )
  const achieved = ratio(
    weightOf(({ figures }) => figures.state === 'visited'),
    all,
  )
  const count = (state: SiteFigures['state']) => sites.filter(({ figures }) => figures.state === state).length
  const known = sum(
    sites,
    ({ record, figures }) => record.weight * Math.max(0, figures.openTime - figures.unknownTime),
  )
  const over = sum(sites, ({ record, figures }) => record.weight * figures.over)
  const stops = (of: keyof SiteRecord['stops']) => sum(sites, ({ record }) => record.stops[of])
  const idleMean = mean(({ meanIdle }) => meanIdle)
  return {
    sites: sites.length,
    states: {
      visited: count('visited'),
      probable: count('probable'),
      unknown: count('unknown'),
      unvisited: count('unvisited'),
    },
    visits: sum(sites, ({ figures }) => figures.visits),
    planned,
    achieved,
    unknown: ratio(
      weightOf(({ figures }) => figures.state === 'unknown'),
      all,
    ),
    achievedOfPlanned: ratio(achieved.part, planned.part),
    adherence: ratio(stops('kept'), stops('planned')),
    unknownStops: stops('unknown'),
    idleMeanHours: idleMean.value === null ? null : idleMean.value / HOUR,
    idleWorstHours: idleMean.value === null ? null : longestIdle(sites) / HOUR,
    isWorstMore: isWorstOfNever(sites),
    frequency: mean(({ frequency }) => frequency),
    compliance: ratio(Math.max(0, known - over) / HOUR, known / HOUR),
    unknownHours: sum(sites, ({ record, figures }) => record.weight * figures.unknownTime) / HOUR,
  }
}

/** The longest time is that of a site where nobody was: in truth it is longer. */
function isWorstOfNever(sites: readonly { figures: SiteFigures }[]): boolean {
  const worst = longestIdle(sites)
  return sites.some(({ figures }) => figures.isNever && figures.worstIdle === worst && worst > 0)
}

const longestIdle = (sites: readonly { figures: SiteFigures }[]): number =>
  sites.reduce((longest, { figures }) => Math.max(longest, figures.worstIdle ?? 0), 0)

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)
