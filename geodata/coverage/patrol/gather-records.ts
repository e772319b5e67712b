import type { AskedSite, AskedStop, AskedVisit, PatrolQuestion } from './patrol-question.ts'
import { type SiteFigures, type SiteRecord, siteFigures } from './site-figures.ts'

export interface MeasuredSite {
  site: AskedSite
  record: SiteRecord
  figures: SiteFigures
}

/** Sites with their visits and stops. `team`: those on its rounds alone, with what it did there. */
export function gatherRecords(
  { sites, visits, stops, span }: Pick<PatrolQuestion, 'sites' | 'visits' | 'stops' | 'span'>,
  team?: string,
): MeasuredSite[] {
  const visitsOf = bySite(team === undefined ? visits : visits.filter((visit) => visit.team === team))
  const stopsOf = bySite(team === undefined ? stops : stops.filter((stop) => stop.team === team))
  const asked = team === undefined ? sites : sites.filter(({ id }) => stopsOf.has(id))
  return asked.map((site) => {
    const record = recordOf(site, visitsOf.get(site.id) ?? [], stopsOf.get(site.id) ?? [])
    return { site, record, figures: siteFigures(record, span) }
  })
}

function recordOf(site: AskedSite, visits: readonly AskedVisit[], stops: readonly AskedStop[]): SiteRecord {
  const of = (state: AskedVisit['state']) => visits.filter((visit) => visit.state === state)
  const stopsOf = (state: AskedVisit['state']) => new Set(of(state).map(({ stopId }) => stopId))
  const [kept, unknown] = [stopsOf('visited'), stopsOf('unknown')]
  return {
    weight: site.weight,
    visits: of('visited').map(({ from }) => from),
    probable: of('probable').length,
    unknown: of('unknown').map(({ from, to }) => [from, to]),
    stops: {
      planned: stops.length,
      kept: stops.filter(({ id }) => kept.has(id)).length,
      unknown: stops.filter(({ id }) => !kept.has(id) && unknown.has(id)).length,
    },
    limit: site.limit,
    required: site.required,
    open: site.open,
  }
}

/** Visits that are sure and of no stop that was handed out for the time. */
export function countOffPlan({ visits, stops }: Pick<PatrolQuestion, 'visits' | 'stops'>): number {
  const planned = new Set(stops.map(({ id }) => id))
  return visits.filter(
    ({ state, stopId }) => state === 'visited' && (stopId === null || !planned.has(stopId)),
  ).length
}

function bySite<T extends { siteId: number }>(items: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const item of items) {
    const group = groups.get(item.siteId)
    if (group) group.push(item)
    else groups.set(item.siteId, [item])
  }
  return groups
}
