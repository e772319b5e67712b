import type { AlarmMark } from '../../geodata/walls/alarm-facts.ts'
import type { WallLayout, WallLayoutInput } from '../../geodata/walls/layout.schema.ts'
import type { WallPicture } from '../../geodata/walls/picture.schema.ts'
import type { WallSource } from '../../geodata/walls/source.schema.ts'
import type { Counts } from '../../geodata/walls/wall-figures.ts'
import type { Reach } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import { readLastAnswer, readMarks } from './alarm.store.ts'
import { readWallArea, type WallArea } from './area.store.ts'
import { type PlacedHazard, readHazardFacts, readTodaysCounts } from './hazard-facts.store.ts'
import { readPeopleSquares } from './people.store.ts'
import { type PlacedSite, placeMissed, readSiteCounts } from './site-facts.store.ts'
import { readSources } from './source.store.ts'

/** What a picture is made of; all but the deadlines that pass meanwhile. */
export interface Facts extends WallArea {
  /** All that happened up to this event is in it. */
  eventId: number
  hazards: PlacedHazard[]
  today: Pick<Counts['hazards'], 'newToday' | 'closedToday'>
  sites: Counts['sites']
  missed: PlacedSite[]
  sources: WallSource[]
  people: WallPicture['people']
  marks: ReadonlyMap<string, AlarmMark>
  lastAnswer: WallPicture['lastAnswer']
}

export interface Asked {
  layout: WallLayout | WallLayoutInput
  /** In place of the cells of the layout. */
  cells: readonly string[] | undefined
  /** Of the token or person. */
  reach: Reach
}

/** `eventId`: an event that was handed out before this is called. */
export async function readFacts(
  sql: Sql,
  { layout, cells, reach }: Asked,
  eventId: number,
  nowMs: number,
): Promise<Facts> {
  const area = await readWallArea(sql, reach, cells ?? layout.area, layout.tour.areas)
  const [hazards, today, sites, sources, people, marks, lastAnswer] = await Promise.all([
    readHazardFacts(sql, area.reach),
    readTodaysCounts(sql, area.reach, nowMs),
    readSiteCounts(sql, area.reach, nowMs),
    readSources(sql, area.reach, nowMs),
    layout.showsPeople ? readPeopleSquares(sql, area.reach) : [],
    readMarks(sql),
    readLastAnswer(sql, area.reach),
  ])
  const missed = await placeMissed(sql, sites.missed, area.reach)
  return { ...area, eventId, hazards, today, sites, missed, sources, people, marks, lastAnswer }
}
