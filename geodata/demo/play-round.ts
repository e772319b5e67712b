import type { Stop } from '../patrols/plan.schema.ts'
import type { LngLat } from '../shared/geojson.ts'
import { SILENCE_SECONDS } from '../tracks/find-visits.ts'
import type { WalkFigures } from '../walks/count-walk.ts'
import type { TimedLine } from '../walks/draw-matched.ts'
import { recordedSeconds } from '../walks/find-stops.ts'
import type { Outcome } from '../walks/walk.schema.ts'
import type { BeatSite } from './beats.ts'
import type { Random } from './random.ts'
import type { FindWay } from './walk-ways.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

export interface PlayedVisit {
  id: string
  /** null: it was not on the round. */
  stopId: string | null
  /** Number of the checkpoint. */
  site: number
  /** Milliseconds, as all moments here. */
  from: number
  to: number
  source: 'check-in' | 'track'
  state: 'visited' | 'probable' | 'unknown'
}

export interface PlayedEntry {
  id: string
  kind: 'begin' | 'end' | 'check-in' | 'record'
  at: number
  stopId: string | null
  body: { dwellSeconds: number; distanceMetres: number; visit: 'visited' } | Recorded | Record<string, never>
}
interface Recorded {
  outcome: Outcome
  count: number
  note: string
}

/** What somebody did on a round, as phones send it and as it is kept. */
export interface PlayedWalk {
  begunAt: number
  endedAt: number
  figures: WalkFigures
  visits: PlayedVisit[]
  entries: PlayedEntry[]
  /** Empty, and no ways matched, where they were deleted since. */
  positions: { at: number; lngLat: LngLat; accuracyMetres: number }[]
  matched: TimedLine[] | null
}

export interface RoundToPlay {
  stops: readonly { stop: Stop; site: BeatSite; plannedAt: number }[]
  /** Sites of the team that may be looked at on the way. */
  others: readonly BeatSite[]
  /** When it is to begin. */
  from: number
  /** Nothing happens after. */
  now: number
  /** How likely a stop is left out, 0 to 1. */
  missing: number
  /** Positions are still there. */
  hasTrack: boolean
}

const POSITION_SECONDS = 50
const MOST_EARLY = 5 * MINUTE

/** A walk of a round, as well as people do: some stops left out, a few late, now and then a site that was not planned. */
export function playRound(
  random: Random,
  uuid: () => string,
  ways: FindWay,
  { stops, others, from, now, missing, hasTrack }: RoundToPlay,
): PlayedWalk | undefined {
  const begunAt = seconds(
    from + MINUTE * (random.chance(0.06) ? random.between(18, 40) : random.between(-6, 6)),
  )
  const speed = random.between(1.1, 1.35)
  const visits: PlayedVisit[] = []
  const entries: PlayedEntry[] = []
  const positions: PlayedWalk['positions'] = []
  const line: TimedLine = []
  let [at, metres, offPlanMetres] = [begunAt, 0, 0]
  let here: BeatSite | undefined
  const be = (lngLat: LngLat, when: number) =>
    line.push([Math.round(lngLat[0] * 1e6) / 1e6, Math.round(lngLat[1] * 1e6) / 1e6, Math.round(when)])
  /** Moments of positions are a rhythm of their own: the phone tells them whatever happens. */
  let tells = begunAt
  const tell = (until: number, placeAt: (when: number) => LngLat) => {
    for (; tells <= until; tells += POSITION_SECONDS * SECOND)
      positions.push({ at: tells, lngLat: near(placeAt(tells)), accuracyMetres: random.int(4, 12) })
  }
  const near = ([lng, lat]: LngLat): LngLat => [
    round7(lng + random.between(-4e-5, 4e-5)),
    round7(lat + random.between(-3e-5, 3e-5)),
  ]
  const goTo = (site: BeatSite): number => {
    if (!here) {
      be(site.lngLat, at)
      here = site
      return 0
    }
    const way = ways(here, site)
    const lasts = (way.metres / speed) * SECOND
    const timed = along(way.coordinates, at, lasts)
    for (const [lng, lat, when] of timed.slice(1)) be([lng, lat], when)
    tell(at + lasts, (when) => placeOf(timed, when))
    at = seconds(at + lasts)
    here = site
    metres += way.metres
    return way.metres
  }
  const stay = (site: BeatSite, until: number) => {
    if (until <= at) return
    tell(until, () => site.lngLat)
    at = seconds(until)
    be(site.lngLat, at)
  }

  for (const { stop, site, plannedAt } of stops) {
    if (random.chance(missing)) continue
    const back = { at, metres, here, tells, positions: positions.length, line: line.length }
    goTo(site)
    stay(site, plannedAt - MOST_EARLY)
    const arrived = at
    const isDoubtful = random.chance(0.03)
    const lasts = isDoubtful
      ? 20 * SECOND
      : Math.max(2 * MINUTE, stop.dwellMinutes * MINUTE * random.between(0.7, 1.15))
    if (arrived + lasts > now - 2 * MINUTE) {
      // Not there yet: what is known ends where the last visit did.
      Object.assign(positions, { length: back.positions })
      Object.assign(line, { length: back.line })
      ;[at, metres, here] = [back.at, back.metres, back.here]
      break
    }
    stay(site, arrived + lasts)
    const isCheckedIn = !isDoubtful && hasTrack && random.chance(0.8)
    const id = uuid()
    visits.push({
      ...{ id, stopId: stop.id, site: site.number, from: arrived, to: at },
      source: isCheckedIn ? 'check-in' : 'track',
      state: isDoubtful ? random.pick(['probable', 'probable', 'unknown']) : 'visited',
    })
    const told = { at, stopId: stop.id }
    if (isCheckedIn)
      entries.push({
        ...{ ...told, id, kind: 'check-in' },
        body: {
          dwellSeconds: Math.round((at - arrived) / SECOND),
          distanceMetres: random.int(1, 18),
          visit: 'visited',
        },
      })
    if (!isDoubtful && random.chance(hasTrack ? 0.12 : 0.04))
      entries.push({ ...told, id: uuid(), kind: 'record', body: recordOf(random) })
    const other = random.chance(0.012) ? nearestOf(site, others) : undefined
    if (other && at + 20 * MINUTE < now) {
      offPlanMetres += goTo(other)
      const there = at
      stay(other, at + Math.max(2, other.serviceMinutes * 0.6) * MINUTE)
      visits.push({
        ...{ id: uuid(), stopId: null, site: other.number, from: there, to: at },
        ...{ source: 'track', state: 'visited' },
      })
    }
  }
  if (visits.length === 0) return undefined
  const endedAt = Math.min(seconds(at + random.between(1, 4) * MINUTE), now)
  entries.unshift({ id: uuid(), kind: 'begin', at: begunAt, stopId: null, body: {} })
  entries.push({ id: uuid(), kind: 'end', at: endedAt, stopId: null, body: {} })
  const dutySeconds = (endedAt - begunAt) / SECOND
  return {
    begunAt,
    endedAt,
    figures: {
      metres: Math.round(metres),
      offPlanMetres: Math.round(offPlanMetres),
      dutySeconds,
      recordedSeconds: hasTrack
        ? recordedSeconds(positions, [{ from: begunAt, to: endedAt }], SILENCE_SECONDS)
        : Math.round(dutySeconds * random.between(0.84, 0.99)),
      plannedStarts: Object.fromEntries(stops.map(({ stop, plannedAt }) => [stop.id, plannedAt])),
    },
    visits,
    entries,
    positions: hasTrack ? positions : [],
    matched: hasTrack ? [line] : null,
  }
}

const NOTES: Record<Outcome, string> = {
  dissuaded: '劝离占道停放车辆',
  mediated: '调解邻里停车纠纷',
  prevented: '提醒关闭充电棚电源',
  maintained: '扶正倒伏的共享单车',
  guided: '引导居民分类投放',
}

const OUTCOMES = Object.keys(NOTES) as Outcome[]

function recordOf(random: Random): Recorded {
  const outcome = random.pick(OUTCOMES)
  return { outcome, count: random.int(1, 4), note: random.chance(0.6) ? NOTES[outcome] : '' }
}

/** A line with the moment at each place, walked evenly. */
function along(coordinates: readonly LngLat[], from: number, lasts: number): TimedLine {
  const reached = [0]
  for (const [place, [lng, lat]] of coordinates.slice(1).entries()) {
    const before = coordinates[place]!
    reached.push(reached.at(-1)! + Math.hypot((lng - before[0]) * 0.854, lat - before[1]))
  }
  const all = reached.at(-1)! || 1
  return coordinates.map(([lng, lat], place) => [lng, lat, from + (reached[place]! / all) * lasts])
}

function placeOf(line: TimedLine, when: number): LngLat {
  const next = line.findIndex(([, , at]) => at >= when)
  const [a, b] = [line[Math.max(0, next - 1)]!, line[next < 0 ? line.length - 1 : next]!]
  const share = b[2] === a[2] ? 1 : Math.min(1, Math.max(0, (when - a[2]) / (b[2] - a[2])))
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
}

const NEARBY_DEGREES = 0.002

function nearestOf({ lngLat: [lng, lat] }: BeatSite, others: readonly BeatSite[]): BeatSite | undefined {
  const away = ({ lngLat }: BeatSite) => Math.hypot(lngLat[0] - lng, lngLat[1] - lat)
  const near = others.filter((other) => away(other) < NEARBY_DEGREES)
  return near.sort((a, b) => away(a) - away(b))[0]
}

const seconds = (at: number): number => Math.round(at / SECOND) * SECOND
const round7 = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
