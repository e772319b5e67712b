import type { DueSite, Period } from './due.schema.ts'
import { isoOf } from './opening-windows.ts'
import type { Round, Stop, Team } from './plan.schema.ts'
import type { Conflict, LegLength, TimedRound } from './timed-round.ts'

/** What is asked of the site of a stop; a row of the due list of the plan’s shift has it. */
export type SiteFacts = Pick<
  DueSite,
  'windows' | 'breaksAt' | 'intervalMinutes' | 'graceMinutes' | 'communityCode' | 'gridCode' | 'microGridCode'
>

const SECOND = 1000
const MINUTE = 60 * SECOND

/**
 * The times of a round, each stop as early as it can be, and what goes against it. The team leaves at the beginning of its
 * hours (the round’s, where it has its own) and waits where a site is not open yet; a site that opens no more is visited on
 * arrival and told. The break is taken where it does least harm: fewest conflicts, limits counting least, then the earliest end.
 * `legs`: one more than stops. A stop whose site is not in `sites` is open and has no limit.
 */
export function evaluateRound(
  round: Pick<Round, 'from' | 'to' | 'stops'>,
  team: Pick<Team, 'from' | 'to' | 'metresPerMinute' | 'break' | 'area'>,
  legs: readonly LegLength[],
  sites: ReadonlyMap<number, SiteFacts>,
  shift: Period,
): TimedRound {
  const walk = { round, team, legs, sites, shift }
  if (!needsBreak(walk)) return describe(walk, undefined)
  const [first, ...others] = breakPlaces(walk)
  let place = first!
  let best = walkThrough(walk, place)
  for (const after of others) {
    const other = walkThrough(walk, after)
    if (harmOf(other) < harmOf(best) || (harmOf(other) === harmOf(best) && other.end < best.end)) {
      best = other
      place = after
    }
  }
  return describe(walk, place)
}

interface Walk {
  round: Pick<Round, 'from' | 'to' | 'stops'>
  team: Pick<Team, 'from' | 'to' | 'metresPerMinute' | 'break' | 'area'>
  legs: readonly LegLength[]
  sites: ReadonlyMap<number, SiteFacts>
  shift: Period
}

const startOf = ({ round, team }: Walk) => Date.parse(round.from ?? team.from)

/** A break that cannot begin within these hours is none of theirs. */
function needsBreak(walk: Walk): boolean {
  const rest = walk.team.break
  if (!rest || walk.round.stops.length === 0) return false
  const until = Date.parse(walk.round.to ?? walk.team.to) - rest.minutes * MINUTE
  return Math.max(Date.parse(rest.from), startOf(walk)) <= Math.min(Date.parse(rest.to), until)
}

/**
 * After how many stops the break may be: where the next stop would not be over before the break begins, which would do no harm,
 * until its time is over, and the first place behind. At least one.
 */
function breakPlaces(walk: Walk): number[] {
  const { from, to } = walk.team.break!
  const ready = [startOf(walk), ...walkThrough(walk, undefined).times.map(([, , leaves]) => leaves)]
  const places = ready.flatMap((_, after) =>
    after + 1 >= ready.length || ready[after + 1]! > Date.parse(from) ? [after] : [],
  )
  const inTime = places.filter((after) => ready[after]! <= Date.parse(to)).length
  return places.slice(0, inTime + 1)
}

/** A limit that breaks is late; a site that is closed, or an end after the shift, is worse than any number of those. */
const harmOf = ({ conflicts }: Walked): number =>
  conflicts.reduce((sum, { kind }) => sum + (kind === 'limit' ? 1 : 10_000), 0)

interface Walked {
  end: number
  waited: number
  times: [arrives: number, starts: number, leaves: number][]
  conflicts: Conflict[]
}

/** `breakAfter`: the number of stops before the break; undefined: none. */
function walkThrough(walk: Walk, breakAfter: number | undefined): Walked {
  const { round, team, legs, sites, shift } = walk
  const speed = team.metresPerMinute / MINUTE
  const conflicts: Conflict[] = []
  const times: Walked['times'] = []
  const visits = new Map<number, number>()
  let now = startOf(walk)
  let waited = 0
  const waitUntil = (moment: number) => {
    if (moment <= now) return
    waited += moment - now
    now = moment
  }
  const rest = () => {
    const { from, to, minutes } = team.break!
    waitUntil(Date.parse(from))
    if (now > Date.parse(to))
      conflicts.push({ kind: 'break', at: isoOf(now), seconds: secondsAfter(to, now) })
    now += minutes * MINUTE
  }
  for (const [at, stop] of round.stops.entries()) {
    if (breakAfter === at) rest()
    const leg = legs[at]!
    if (!leg.way) conflicts.push({ kind: 'no-way', stopId: stop.id })
    now += leg.metres / speed
    const arrives = now
    if (stop.notBefore) waitUntil(Date.parse(stop.notBefore))
    const site = stop.checkpointId === null ? undefined : sites.get(stop.checkpointId)
    if (site?.windows) {
      const open = site.windows.find(({ to }) => now <= Date.parse(to))
      if (open) waitUntil(Date.parse(open.from))
      else conflicts.push({ kind: 'window', stopId: stop.id, at: isoOf(now) })
    }
    if (site) {
      conflicts.push(...limitBroken(stop, site, now, visits.get(stop.checkpointId!), Date.parse(shift.from)))
      if (!isInArea(site, team.area)) conflicts.push({ kind: 'area', stopId: stop.id })
      visits.set(stop.checkpointId!, now)
    }
    const starts = now
    now += stop.dwellMinutes * MINUTE
    times.push([arrives, starts, now])
  }
  if (breakAfter === round.stops.length) rest()
  const last = legs[round.stops.length]!
  if (!last.way) conflicts.push({ kind: 'no-way' })
  now += last.metres / speed
  const to = round.to ?? team.to
  const latest = Math.min(Date.parse(to), Date.parse(shift.to))
  // To the second: what was planned in seconds is not late by a rounding.
  if (round.stops.length > 0 && now > latest + SECOND)
    conflicts.push({ kind: 'shift', to: isoOf(latest), seconds: secondsAfter(isoOf(latest), now) })
  return { end: now, waited, times, conflicts }
}

/** A limit that was broken before the shift began is no fault of the plan. */
function limitBroken(
  stop: Stop,
  { breaksAt, intervalMinutes, graceMinutes }: SiteFacts,
  now: number,
  before: number | undefined,
  shiftFrom: number,
): Conflict[] {
  const breaks =
    before === undefined ? Date.parse(breaksAt) : before + (intervalMinutes + graceMinutes) * MINUTE
  if (breaks < shiftFrom || now <= breaks) return []
  return [
    {
      kind: 'limit',
      stopId: stop.id,
      breaksAt: isoOf(breaks),
      seconds: Math.round((now - breaks) / SECOND),
    },
  ]
}

const isInArea = (site: SiteFacts, area: readonly string[]): boolean =>
  area.length === 0 ||
  [site.communityCode, site.gridCode, site.microGridCode].some((code) => code !== null && area.includes(code))

const secondsAfter = (moment: string, now: number): number => Math.round((now - Date.parse(moment)) / SECOND)

function describe(walk: Walk, breakAfterStops: number | undefined): TimedRound {
  const { round, team, legs } = walk
  const { end, waited, times, conflicts } = walkThrough(walk, breakAfterStops)
  const metres = legs.reduce((sum, leg) => sum + leg.metres, 0)
  return {
    metres,
    walkSeconds: (metres / team.metresPerMinute) * 60,
    dwellSeconds: round.stops.reduce((sum, { dwellMinutes }) => sum + dwellMinutes * 60, 0),
    waitSeconds: waited / SECOND,
    breakSeconds: breakAfterStops === undefined ? 0 : team.break!.minutes * 60,
    startsAt: isoOf(startOf(walk)),
    endsAt: isoOf(end),
    breakAfterStops,
    stops: times.map(([arrives, starts, leaves]) => ({
      arrivesAt: isoOf(arrives),
      startsAt: isoOf(starts),
      leavesAt: isoOf(leaves),
    })),
    conflicts,
  }
}
