import type { Raised } from '../../geodata/walls/find-alarms.ts'
import { freshnessOf } from '../../geodata/walls/freshness.ts'
import type { WallLayout, WallLayoutInput } from '../../geodata/walls/layout.schema.ts'
import { listAlarms } from '../../geodata/walls/list-alarms.ts'
import {
  MOST_WALL_HAZARDS,
  type TourStop,
  type WallFigure,
  type WallHazard,
  type WallPicture,
} from '../../geodata/walls/picture.schema.ts'
import { countHazards } from '../../geodata/walls/wall-figures.ts'
import type { WallCell } from './area.store.ts'
import type { InCells, PlacedHazard } from './hazard-facts.store.ts'
import type { Facts } from './read-facts.ts'

const iso = (millis: number): string => new Date(millis).toISOString()

/** The answer for one wall at one moment. */
export function paint(
  layout: WallLayout | WallLayoutInput,
  facts: Facts,
  raised: readonly Raised[],
  figures: WallFigure[],
  nowMs: number,
): WallPicture {
  const { eventId, area, hazards, sources, people, marks, lastAnswer } = facts
  const alarms = listAlarms(raised, marks, nowMs)
  return {
    at: iso(nowMs),
    eventId,
    layout: 'id' in layout ? layout : { ...layout, id: null, version: null },
    area,
    figures,
    alarms,
    lastAnswer,
    hazards: [...hazards].sort(mostUrgent).slice(0, MOST_WALL_HAZARDS).map(toWire),
    hazardCount: hazards.length,
    tour: describeTour(
      facts,
      alarms.alarms.filter(({ state }) => state === 'new').map(({ key }) => key),
      nowMs,
    ),
    people,
    sources: sources.map((source) => ({ ...source, state: freshnessOf(source, nowMs) })),
  }
}

/** By deadline; those without one come last, the longest standing first. */
const mostUrgent = (a: PlacedHazard, b: PlacedHazard): number =>
  (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY) ||
  a.reportedAt - b.reportedAt ||
  a.id - b.id

const toWire = ({
  reportedAt,
  dueAt,
  stateSince,
  escalation: _,
  communityId: __,
  gridId: ___,
  microGridId: ____,
  ...hazard
}: PlacedHazard): WallHazard => ({
  ...hazard,
  reportedAt: iso(reportedAt),
  dueAt: dueAt === null ? null : iso(dueAt),
  since: iso(stateSince),
})

const KEY_OF = { communities: 'communityId', grids: 'gridId', 'micro-grids': 'microGridId' } as const

/** `unanswered`: keys of alarms, the worst first. */
function describeTour(
  { tour, hazards, missed }: Facts,
  unanswered: readonly string[],
  nowMs: number,
): TourStop[] {
  const placeOf = new Map<string, InCells>([
    ...hazards.map((hazard) => [`hazard:${hazard.id}`, hazard] as const),
    ...missed.map((site) => [`site:${site.id}`, site] as const),
  ])
  return tour.map((cell: WallCell) => {
    const isIn = (place: InCells | undefined) => place?.[KEY_OF[cell.layer]] === cell.id
    const { open, overdue, dueSoon } = countHazards(hazards.filter(isIn), nowMs)
    const worstKey = unanswered.find((key) => isIn(placeOf.get(key))) ?? null
    return { ...cell, open, overdue, dueSoon, worstKey }
  })
}
