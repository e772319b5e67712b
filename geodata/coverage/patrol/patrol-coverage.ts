import { pointsOf } from '../../network/find-path.ts'
import { meanStartEntropy, type StartSpan } from '../../routing/start-entropy.ts'
import type { LngLat } from '../../shared/geojson.ts'
import type { TimedLine } from '../../walks/draw-matched.ts'
import type { Span } from '../visit-metrics.ts'
import { CellClipper } from './cell-clipper.ts'
import { findWatched } from './find-watched.ts'
import { countOffPlan, gatherRecords, type MeasuredSite } from './gather-records.ts'
import { exposure, type WatchedHazard, watchedShare } from './hazard-exposure.ts'
import type { CoverageFigures, HazardFigures, PeriodResult } from './patrol.schema.ts'
import type { AskedSite, AskedStreets, PatrolQuestion } from './patrol-question.ts'
import type { SiteFigures } from './site-figures.ts'
import { spreadMinutes } from './spread-minutes.ts'
import { linesOf } from './standing-lines.ts'
import { sumEffort } from './sum-effort.ts'
import { ratio, sumSites } from './sum-sites.ts'
import { allStreets, sumStreets } from './sum-streets.ts'
import { type EdgeWalks, walkedEdges } from './walked-edges.ts'

const HOUR = 3_600_000
/** China Standard Time. */
const CHINA = 8 * HOUR

export interface PatrolAnswer {
  total: CoverageFigures
  offPlanVisits: number
  offStreetMetres: number
  guessing: PeriodResult['guessing']
  levels: MeasuredLevel[]
  types: PeriodResult['types']
  teams: PeriodResult['teams']
  sites: { site: AskedSite; figures: SiteFigures; visits: number; planned: boolean }[]
  streets: MeasuredStreet[]
  /** Minutes near places of a lattice; `isOutside`: of every cell of the innermost level. */
  spots: { lngLat: LngLat; minutes: number; isOutside: boolean }[]
}

export interface MeasuredLevel {
  layer: PeriodResult['levels'][number]['layer']
  outside: PeriodResult['levels'][number]['outside']
  /** In the order of the question’s cells. */
  cells: CoverageFigures[]
}

export interface MeasuredStreet {
  coordinates: LngLat[]
  roadId: number
  metres: number
  walkedMetres: number
  passes: number
  /** Milliseconds since anybody was there at the end of the time; undefined: nobody was. */
  idle: number | undefined
}

/** Patrol coverage of a time, in steps. What is yielded: how much of it is done, 0 to 1. */
export function* patrolCoverage(question: PatrolQuestion): Generator<number, PatrolAnswer> {
  const { span, hazards, streets, visits } = question
  const walks = question.walks.map((walk) => ({ ...walk, lines: linesOf(walk) }))
  const sites = gatherRecords(question)
  const watching = findWatched(hazards, walks)
  let done = 0
  let watched = watching.next()
  for (; !watched.done; watched = watching.next()) yield (0.4 * done++) / (walks.length + 1)
  const seen = watched.value.map((hazard, at) => ({ hazard, lngLat: hazards[at]!.lngLat }))
  const lines = walks.flatMap((walk) => walk.lines)
  const edges = streets ? walkedEdges(streets.graph, lines, span) : undefined
  yield 0.6
  const levels: MeasuredLevel[] = []
  for (const level of question.levels) {
    levels.push(measureLevel(question, level, { lines, sites, seen, edges: edges?.edges }))
    yield 0.6 + (0.3 * levels.length) / question.levels.length
  }
  const nowhere = new CellClipper([])
  const innermost = question.levels.at(-1)
  const inside = new CellClipper(innermost?.cells.map(({ shape }) => shape) ?? [])
  return {
    total: {
      ...sumSites(sites),
      hazards: hazardFigures(
        seen.map(({ hazard }) => hazard),
        span,
      ),
      effort: sumEffort(lines, span, nowhere, 0).total,
      streets: streets && edges ? streetRatio(allStreets(streets, edges.edges)) : null,
    },
    offPlanVisits: countOffPlan(question),
    offStreetMetres: edges?.offStreetMetres ?? 0,
    guessing: guessStarts(visits, span),
    levels,
    types: [...new Set(sites.map(({ site }) => site.siteType))].sort().map((key) => ({
      key,
      figures: bare(sites.filter(({ site }) => site.siteType === key)),
    })),
    teams: streets && teamsOf({ ...question, walks }),
    sites: sites.map(({ site, record, figures }) => ({
      site,
      figures,
      visits: figures.visits,
      planned: record.stops.planned > 0,
    })),
    streets: streets && edges ? measureStreets(streets, edges.edges, span) : [],
    spots: streets
      ? spreadMinutes(lines, span).map((spot) => ({
          ...spot,
          isOutside: inside.cellAt(spot.lngLat) === undefined,
        }))
      : [],
  }
}

const bare = (sites: readonly MeasuredSite[]): CoverageFigures => ({
  ...sumSites(sites),
  hazards: null,
  effort: null,
  streets: null,
})

const streetRatio = ({ walked, all }: { walked: number; all: number }) => ratio(walked, all)

function measureLevel(
  { span, streets }: PatrolQuestion,
  { layer, cells }: PatrolQuestion['levels'][number],
  found: {
    lines: readonly TimedLine[]
    sites: readonly MeasuredSite[]
    seen: readonly { hazard: WatchedHazard; lngLat: LngLat }[]
    edges: ReadonlyMap<number, EdgeWalks> | undefined
  },
): MeasuredLevel {
  const clipper = new CellClipper(cells.map(({ shape }) => shape))
  const effort = sumEffort(found.lines, span, clipper, cells.length)
  const metres = streets && found.edges && sumStreets(streets, found.edges, clipper, cells.length)
  const sitesIn = inCells(found.sites, ({ site }) => clipper.cellAt(site.lngLat))
  const hazardsIn = inCells(found.seen, ({ lngLat }) => clipper.cellAt(lngLat))
  return {
    layer,
    outside: effort.outside,
    cells: cells.map((_, cell) => ({
      ...sumSites(sitesIn.get(cell) ?? []),
      hazards: hazardFigures(
        (hazardsIn.get(cell) ?? []).map(({ hazard }) => hazard),
        span,
      ),
      effort: effort.cells[cell]!,
      streets: metres ? streetRatio(metres[cell]!) : null,
    })),
  }
}

function inCells<T>(items: readonly T[], cellOf: (item: T) => number | undefined): Map<number, T[]> {
  const cells = new Map<number, T[]>()
  for (const item of items) {
    const cell = cellOf(item)
    if (cell === undefined) continue
    const held = cells.get(cell)
    if (held) held.push(item)
    else cells.set(cell, [item])
  }
  return cells
}

function hazardFigures(hazards: readonly WatchedHazard[], span: Span): HazardFigures {
  const { covered, unknown, all } = watchedShare(hazards, span)
  const exposed = exposure(hazards, span)
  return {
    count: hazards.length,
    watched: ratio(covered, all),
    unknown,
    exposureHours: exposed.over / HOUR,
    unknownHours: exposed.unknown / HOUR,
  }
}

function teamsOf(question: PatrolQuestion): PeriodResult['teams'] {
  const { stops, walks, span } = question
  const nowhere = new CellClipper([])
  return [...new Set([...stops, ...walks].map(({ team }) => team))].sort().map((key) => ({
    key,
    figures: {
      ...bare(gatherRecords(question, key)),
      effort: sumEffort(
        walks.filter(({ team }) => team === key).flatMap(({ lines }) => lines),
        span,
        nowhere,
        0,
      ).total,
    },
  }))
}

const DAY_HOURS: StartSpan = { from: 0, to: 86_400, bins: 24 }

/** How hard it is to guess the hour of the day at which a site is visited; see startEntropy. */
function guessStarts(visits: PatrolQuestion['visits'], span: Span): PeriodResult['guessing'] {
  const starts = new Map<number, number[]>()
  for (const { siteId, state, from } of visits) {
    if (state !== 'visited' || from < span.from || from > span.to) continue
    starts.set(siteId, [...(starts.get(siteId) ?? []), ((from + CHINA) % (24 * HOUR)) / 1000])
  }
  const entropy = meanStartEntropy(starts.values(), DAY_HOURS)
  // As though each visit of a site had begun in another hour, in turn.
  const most = meanStartEntropy(
    [...starts.values()].map((own) => own.map((_, at) => (at % 24) * 3600)),
    DAY_HOURS,
  )
  if (entropy === undefined || most === undefined) return null
  return { entropy, most, visits: [...starts.values()].reduce((sum, { length }) => sum + length, 0) }
}

function measureStreets(
  { graph, isAsked }: AskedStreets,
  edges: ReadonlyMap<number, EdgeWalks>,
  { to }: Span,
): MeasuredStreet[] {
  const measured: MeasuredStreet[] = []
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (isAsked[edge] !== 1) continue
    const walks = edges.get(edge)
    const metres = graph.edgeMetres[edge]!
    measured.push({
      coordinates: pointsOf(graph, { edge, fromFraction: 0, toFraction: 1 }),
      roadId: graph.edgeRoad[edge]!,
      metres,
      walkedMetres: (walks?.walked ?? []).reduce((sum, [from, until]) => sum + (until - from) * metres, 0),
      passes: walks?.passes ?? 0,
      idle: walks && to - walks.lastAt,
    })
  }
  return measured
}
