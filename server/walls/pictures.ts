import { LRUCache } from 'lru-cache'
import { findAlarms, type Raised } from '../../geodata/walls/find-alarms.ts'
import type { WallPicture } from '../../geodata/walls/picture.schema.ts'
import { countHazards, type PastCounts, wallFigures } from '../../geodata/walls/wall-figures.ts'
import { type Reach, reachKey } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import type { Deps } from '../platform/deps.ts'
import { readPastCounts } from './hazard-facts.store.ts'
import { paint } from './paint.ts'
import { type Asked, type Facts, readFacts } from './read-facts.ts'
import { readSiteCounts } from './site-facts.store.ts'

/** What no event tells of, such as a position that came in, is seen after so long. */
const FACTS_MS = 5000
const TREND_STEP_MS = 5 * 60_000
const DAY_MS = 86_400_000

export interface Pictures {
  /** `after`: an event that whoever asks has heard of, perhaps from another process. */
  show(asked: Asked, after?: number): Promise<WallPicture>
  /** The alarms that someone reaches now. */
  raised(asked: Asked): Promise<{ facts: Facts; raised: Raised[]; nowMs: number }>
}

/** `eventId`: handed out here when it began; `after`: of whoever asked for it. */
interface Reading {
  eventId: number
  after: number
  read: Promise<Facts>
}

/**
 * Pictures of walls. What is read is shared by all walls that show the same until something happens; what follows from
 * the time alone is worked out for each answer. Trends are of moments five minutes apart.
 */
export function createPictures({ database: { sql }, outbox }: Pick<Deps, 'database' | 'outbox'>): Pictures {
  /** One for each thing that is shown: what was read before the last event goes as soon as it is read anew. */
  const facts = new LRUCache<string, Reading>({ max: 50, ttl: FACTS_MS })
  const trends = new LRUCache<string, Promise<PastCounts>>({ max: 400, ttl: 2 * TREND_STEP_MS })

  async function factsOf(asked: Asked, after: number): Promise<Facts> {
    const { layout, cells, reach } = asked
    // Whoever has just changed something here sees it.
    await outbox.settled()
    const eventId = outbox.state().lastId
    const shown = JSON.stringify([cells ?? layout.area, layout.tour.areas, layout.showsPeople])
    const key = `${reachKey(reach)} ${shown}`
    const known = facts.get(key)
    // An id that nobody has heard of keeps nobody from what happens here.
    if (known && known.eventId >= eventId && Math.max(known.eventId, known.after) >= after) return known.read
    const read = readFacts(sql, asked, eventId, Date.now())
    facts.set(key, { eventId, after, read })
    read.catch(() => {
      if (facts.get(key)?.read === read) facts.delete(key)
    })
    return read
  }

  function past(reach: Reach, atMs: number): Promise<PastCounts> {
    const slotMs = Math.floor(atMs / TREND_STEP_MS) * TREND_STEP_MS
    const key = `${reachKey(reach)} ${slotMs}`
    const known = trends.get(key)
    if (known) return known
    const read = readPast(sql, reach, slotMs)
    trends.set(key, read)
    read.catch(() => trends.delete(key))
    return read
  }

  async function raised(asked: Asked, after = 0) {
    const known = await factsOf(asked, after)
    const nowMs = Date.now()
    return { facts: known, raised: findAlarms(known.hazards, known.missed, known.sources, nowMs), nowMs }
  }

  return {
    raised,
    async show(asked, after) {
      const { facts: known, raised: alarms, nowMs } = await raised(asked, after)
      const { hazards, today, sites, reach, isOutOfReach } = known
      const [yesterday, lastWeek] = await Promise.all([
        past(reach, nowMs - DAY_MS),
        past(reach, nowMs - 7 * DAY_MS),
      ])
      const counts = { hazards: { ...countHazards(hazards, nowMs), ...today }, sites }
      const figures = wallFigures(asked.layout.figures, counts, yesterday, lastWeek)
      return paint(
        asked.layout,
        known,
        alarms,
        isOutOfReach
          ? figures.map((figure) => ({
              ...figure,
              ...{ value: null, of: null, outOf: null, isOff: false, unknown: 'nothing-reached' as const },
            }))
          : figures,
        nowMs,
      )
    },
  }
}

/** What was counted at a moment; of sites nothing where nobody had visited one yet. */
async function readPast(sql: Sql, reach: Reach, atMs: number): Promise<PastCounts> {
  const [hazards, sites] = await Promise.all([
    readPastCounts(sql, reach, atMs),
    readSiteCounts(sql, reach, atMs),
  ])
  return { at: new Date(atMs).toISOString(), hazards, sites: sites.hasVisits ? sites : undefined }
}
