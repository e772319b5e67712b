import { evaluateRound, type SiteFacts } from '../patrols/evaluate-round.ts'
import { openSpans, toPeriod } from '../patrols/opening-windows.ts'
import type { PlanState, Round, Stop, Team } from '../patrols/plan.schema.ts'
import type { LngLat } from '../shared/geojson.ts'
import { type Beat, type BeatSite, shareBeats } from './beats.ts'
import { drawRound, ROUND_HOURS } from './draw-rounds.ts'
import type { DemoLayers } from './generate-demo.ts'
import { type PlayedWalk, playRound } from './play-round.ts'
import { createRandom, type Random } from './random.ts'
import { type FindWay, findWays } from './walk-ways.ts'

/** A plan as it was published. Checkpoints stand in its stops by their places in the layer, from 1. */
export interface DemoPlan {
  name: string
  /** ISO 8601, as in the plan schema. */
  from: string
  to: string
  publishedAt: string
  state: PlanState
  /** Codes of communities. */
  area: string[]
  teams: Team[]
  rounds: Round[]
  /** Ways of its rounds, of plans that are still of use. */
  routes: { roundId: string; metres: number; coordinates: LngLat[] }[]
  walks: DemoWalk[]
}

export interface DemoWalk extends PlayedWalk {
  roundId: string
  teamId: string
  person: string
}

export interface DemoPatrols {
  /** Numbers of the checkpoints that are patrolled, and since when they have been there. */
  sites: number[]
  sitesSince: string
  plans: DemoPlan[]
}

/** Who the demo area’s officer signs in as: rounds of the first team are handed out to that person. */
export const DEMO_OFFICER = 'demo-officer'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** China Standard Time has no summer time. */
const EAST = 8 * HOUR

/** Rounds every day of so many, today included, and once a week before that. */
const DAILY = 10
const WEEKLY = 12
/** Days back for which positions are kept, and ways on the map. */
const TRACKED = 2
const ROUTED = 1
/** Plans of more communities are no longer surveyable. */
const COMMUNITIES_IN_PLAN = 6
const METRES_PER_MINUTE = 70
/** Some rounds fall out. */
const FALLS_OUT = 0.012

/**
 * Three months of patrols: plans, the latest of them for tomorrow, and walks of their rounds until `nowIso`. The first community,
 * which those who see but one are shown, has plans of its own. Same layers, time and seed: identical output.
 */
export function writePatrols(
  layers: Pick<DemoLayers, 'communities' | 'checkpoints' | 'roads'>,
  nowIso: string,
  seed = 1,
): DemoPatrols {
  const now = Date.parse(nowIso)
  const beats = shareBeats(layers)
  const sites = beats.flatMap((beat) => beat.sites)
  const random = createRandom(seed, 21, Math.floor(now / 1000))
  const story: Story = {
    ...{ now, random, uuid: uuids(random), ways: findWays(layers.roads, sites) },
    lastVisits: new Map(),
    missing: new Map(beats.map((beat) => [beat, random.between(0.012, 0.05)])),
    eager: new Map(sites.map(({ number }) => [number, random.next()])),
  }
  const today = Math.floor((now + EAST) / DAY)
  const days = [
    ...Array.from({ length: WEEKLY }, (_, week) => DAILY - 1 + 7 * (WEEKLY - week)),
    ...Array.from({ length: DAILY + 1 }, (_, day) => DAILY - 1 - day),
  ]
  const groups = groupBeats(beats)
  const plans = days.flatMap((back) =>
    groups.map((group) => writePlan(story, group, back, (today - back) * DAY - EAST)),
  )
  return {
    sites: sites.map(({ number }) => number),
    sitesSince: new Date((today - days[0]! - 7) * DAY - EAST).toISOString(),
    plans,
  }
}

interface Story {
  now: number
  random: Random
  uuid: () => string
  ways: FindWay
  /** By number of the checkpoint, milliseconds. */
  lastVisits: Map<number, number>
  /** How likely a team leaves a stop out. */
  missing: Map<Beat, number>
  /** 0 to 1: who comes earlier than a limit of weeks asks for. */
  eager: Map<number, number>
}

/** The rounds of some teams on a day: `back` days ago, which began at `midnight`. */
function writePlan(story: Story, beats: readonly Beat[], back: number, midnight: number): DemoPlan {
  const { now, uuid, random } = story
  const isWeekly = back >= DAILY
  const from = new Date(midnight).toISOString()
  const to = new Date(midnight + 24 * HOUR).toISOString()
  // The afternoon before; what is for tomorrow is never told later than now.
  const publishedAt = Math.min(midnight - 8 * HOUR, now - 20 * MINUTE) - (beats.length % 7) * MINUTE
  const plan: DemoPlan = {
    name: `${nameOf(beats)}${isWeekly ? '周' : '日常'}巡查 ${new Date(midnight + EAST).toISOString().slice(5, 10)}`,
    ...{ from, to, publishedAt: new Date(publishedAt).toISOString() },
    state: back > ROUTED ? 'closed' : 'published',
    area: [...new Set(beats.map(({ communityCode }) => communityCode))],
    ...{ teams: [], rounds: [], routes: [], walks: [] },
  }
  for (const [at, beat] of beats.entries()) {
    const team: Team = {
      id: at < 26 ? String.fromCharCode(65 + at) : `T${at + 1}`,
      name: beat.teamName,
      people: beat.isFirst ? [DEMO_OFFICER] : [],
      metresPerMinute: METRES_PER_MINUTE,
      ...{ from, to, start: null, end: null, break: null, area: [] },
    }
    plan.teams.push(team)
    for (const hours of ROUND_HOURS) {
      const begins = midnight + hours.begins * MINUTE
      const drawn = drawRound(beat.sites, hours, {
        begins,
        lastVisits: story.lastVisits,
        earlierBy: (site) => earlierBy(story, site, isWeekly),
      })
      if (drawn.length === 0) continue
      const timed = timeRound(story, team, drawn, begins, plan)
      plan.rounds.push(timed.round)
      if (back <= ROUTED && timed.coordinates.length > 1)
        plan.routes.push({ roundId: timed.round.id, metres: timed.metres, coordinates: timed.coordinates })
      if (begins > now || (back > 0 && random.chance(FALLS_OUT))) continue
      const walk = playRound(random, uuid, story.ways, {
        stops: timed.stops,
        others: beat.sites.filter((site) => !drawn.includes(site)),
        from: begins,
        ...{ now, missing: story.missing.get(beat)!, hasTrack: back <= TRACKED },
      })
      if (!walk) continue
      plan.walks.push({
        ...walk,
        ...{ roundId: timed.round.id, teamId: team.id, person: beat.isFirst ? DEMO_OFFICER : beat.post },
      })
      for (const { site, state, from } of walk.visits)
        if (state === 'visited') story.lastVisits.set(site, Math.max(from, story.lastVisits.get(site) ?? 0))
    }
  }
  return plan
}

/** Where rounds are but once a week, whatever falls due until the next. */
function earlierBy({ eager }: Story, { number, intervalMinutes }: BeatSite, isWeekly: boolean): number {
  if (isWeekly) return 7 * DAY
  return intervalMinutes >= (7 * DAY) / MINUTE ? 3 * DAY * eager.get(number)! : 0
}

interface TimedStops {
  round: Round
  stops: { stop: Stop; site: BeatSite; plannedAt: number }[]
  metres: number
  coordinates: LngLat[]
}

/** A round with its times, as the plan works them out. */
function timeRound(
  { uuid, ways }: Story,
  team: Team,
  sites: readonly BeatSite[],
  begins: number,
  shift: { from: string; to: string },
): TimedStops {
  const legs = sites.slice(1).map((site, at) => ways(sites[at]!, site))
  const none = { metres: 0, way: true }
  const stops = sites.map(
    ({ number, lngLat, serviceMinutes }): Stop => ({
      ...{ id: uuid(), checkpointId: number, lngLat, dwellMinutes: serviceMinutes, locked: false },
    }),
  )
  const round: Round = {
    ...{ id: uuid(), teamId: team.id, locked: false },
    ...{ from: new Date(begins).toISOString(), to: shift.to },
    stops,
    legs: [...stops.map(() => 'street' as const), 'street'],
  }
  const facts = new Map(sites.map((site) => [site.number, factsOf(site, shift)]))
  const timed = evaluateRound(round, team, [none, ...legs, none], facts, shift)
  const HALF = 30 * MINUTE
  const ends = Math.min(Date.parse(shift.to), Math.ceil(Date.parse(timed.endsAt) / HALF + 1) * HALF)
  return {
    round: { ...round, to: new Date(ends).toISOString() },
    stops: stops.map((stop, at) => ({
      ...{ stop, site: sites[at]! },
      plannedAt: Date.parse(timed.stops[at]!.startsAt),
    })),
    metres: timed.metres,
    coordinates: legs.flatMap(({ coordinates }, at) => (at === 0 ? coordinates : coordinates.slice(1))),
  }
}

/** What a round is timed by; nothing here is late. */
function factsOf(
  { timeWindows, intervalMinutes, graceMinutes }: BeatSite,
  shift: { from: string; to: string },
): SiteFacts {
  const windows = openSpans(timeWindows, Date.parse(shift.from), Date.parse(shift.to))
  return {
    windows: windows?.map(toPeriod) ?? null,
    ...{ breaksAt: shift.to, intervalMinutes, graceMinutes },
    ...{ communityCode: null, gridCode: null, microGridCode: null },
  }
}

/** The first community for itself, then some at a time. */
function groupBeats(beats: readonly Beat[]): Beat[][] {
  const codes = [...new Set(beats.map(({ communityCode }) => communityCode))]
  const groups = codes.length > 0 ? [codes.slice(0, 1)] : []
  for (let at = 1; at < codes.length; at += COMMUNITIES_IN_PLAN)
    groups.push(codes.slice(at, at + COMMUNITIES_IN_PLAN))
  return groups.map((of) => beats.filter(({ communityCode }) => of.includes(communityCode)))
}

function nameOf(beats: readonly Beat[]): string {
  const names = [...new Set(beats.map(({ communityName }) => communityName))]
  return names.length === 1 ? names[0]! : `${names[0]}等 ${names.length} 个社区`
}

/**
 * UUIDs (version 4 in form) from one stream: those of makeUuid follow from 32 bits each, of which tens of thousands would meet.
 */
function uuids(random: Random): () => string {
  const digits = () => random.int(0, 0xffffffff).toString(16).padStart(8, '0')
  return () => {
    const hex = [digits(), digits(), digits(), digits()].join('')
    const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3]
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
  }
}
