import { createRandom } from '../demo/random.ts'
import { type ClosedWalk, placeAlong } from '../network/closed-walk.ts'
import { findPath } from '../network/find-path.ts'
import { segmentMetres } from '../network/segment-metres.ts'
import { snap } from '../network/snap.ts'
import type { WalkGraph } from '../network/walk-graph.ts'
import { type BorderWalk, walkBorder } from '../routing/walk-border.ts'
import type { LngLat } from '../shared/geojson.ts'
import { Problem } from '../shared/problem.ts'
import { type BorderShift, borderShifts } from './border-shifts.ts'
import type { BorderFigures, Proposal } from './generation.schema.ts'
import { makeUuid } from './make-uuid.ts'
import { isoOf } from './opening-windows.ts'
import {
  type GenerationSettings,
  MAX_STOPS,
  MAX_STOPS_IN_ROUND,
  type Plan,
  type Round,
  type Stop,
  type Team,
} from './plan.schema.ts'

/** Places are rounded to a centimetre, which makes each leg longer by as much; a shift ends so much earlier. */
const SPARE_SECONDS = 60
/** Apart from ids of other kinds of rounds that are made of the same seed. */
const BORDER_IDS = 3
const SEARCHES = 20

/**
 * Rounds of teams that walk a border at equal distances, one pace (the slowest team's) and one way round, all through their
 * hours; the way from and to a team's posts and its break are within them. The shift that follows goes on where the one before
 * ended. Those who are to be hard to foretell set out somewhere, in either sense, by the seed. Kept rounds stay, and their
 * teams do not walk. Throws no-team, split-shifts, no-time, and too-many-stops for more points than a round holds.
 */
export function poseBorder(
  graph: WalkGraph,
  walk: ClosedWalk,
  plan: Pick<Plan, 'from' | 'to' | 'teams'>,
  settings: GenerationSettings,
  kept: readonly Round[],
): Pick<Proposal, 'rounds' | 'metres'> & { border: BorderFigures } {
  const busy = new Set(kept.map(({ teamId }) => teamId))
  const shifts = borderShifts(
    plan,
    plan.teams.filter(({ id }) => !busy.has(id)),
  )
  const random = createRandom(settings.seed, BORDER_IDS)
  const isVaried = settings.unpredictability > 0
  const isBackward = isVaried && random.chance(0.5)
  let startMetres = isVaried ? random.between(0, walk.metres) : nearestTo(graph, walk, shifts[0]!.teams[0]!)
  const walked = shifts.map((shift) => {
    const found = walkShift(graph, walk, shift, startMetres, isBackward)
    startMetres = found.walks[0]!.endMetres
    return found
  })
  const rounds = walked.flatMap(({ shift, walks, begins, pace }) =>
    shift.teams.map((team, at) =>
      roundOf(graph, walk, team, walks[at]!, {
        begins,
        pace,
        isBackward,
        seed: settings.seed,
        number: plan.teams.indexOf(team),
      }),
    ),
  )
  expectFew([...kept, ...rounds])
  const seconds = walked.reduce((sum, { walks }) => sum + walks[0]!.to, 0)
  return {
    rounds: [...kept, ...rounds],
    metres: Math.round(
      walked.reduce(
        (sum, { walks, ways }) => sum + ways + walks.reduce((all, { metres }) => all + metres, 0),
        0,
      ),
    ),
    border: {
      metres: Math.round(walk.metres),
      streetMetres: Math.round(walk.streetMetres),
      meanDistanceMetres: Math.round(walk.meanDistanceMetres * 10) / 10,
      worstIdleSeconds: Math.round(worstIdle(walked)),
      meanIdleSeconds: Math.round(
        walked.reduce((sum, { walks, meanIdleSeconds }) => sum + meanIdleSeconds * walks[0]!.to, 0) / seconds,
      ),
      walks: walked.flatMap(({ shift, walks, begins }) =>
        shift.teams.map(({ id }, at) => ({
          teamId: id,
          laps: Math.round(walks[at]!.laps * 100) / 100,
          from: isoOf(begins),
          to: isoOf(begins + walks[at]!.to * 1000),
          start: rounded(placeAlong(graph, walk, walks[at]!.startMetres)),
          end: rounded(placeAlong(graph, walk, walks[at]!.endMetres)),
        })),
      ),
    },
  }
}

interface WalkedShift {
  shift: BorderShift
  walks: BorderWalk[]
  /** When all set out on the border, milliseconds. */
  begins: number
  pace: number
  /** Metres from and to posts. */
  ways: number
  worstIdleSeconds: number
  meanIdleSeconds: number
  restSeconds: number
}

/** All set out when the last is there, and stop in time for the last to be back. */
function walkShift(
  graph: WalkGraph,
  walk: ClosedWalk,
  shift: BorderShift,
  startMetres: number,
  isBackward: boolean,
): WalkedShift {
  const { teams } = shift
  const pace = Math.min(...teams.map(({ metresPerMinute }) => metresPerMinute))
  const restSeconds = Math.max(...teams.map((team) => (team.break?.minutes ?? 0) * 60))
  const plan = (seconds: number) =>
    walkBorder({
      metres: walk.metres,
      walkers: teams.length,
      metresPerMinute: pace,
      from: 0,
      to: seconds,
      startMetres,
      isBackward,
    })
  const waysTo = (of: 'start' | 'end', walks: readonly BorderWalk[]) =>
    teams.map((team, at) => wayMetres(graph, team[of], placeAlong(graph, walk, walks[at]![`${of}Metres`])))
  const longest = (metres: readonly number[]) =>
    Math.max(...metres.map((way, at) => (way / teams[at]!.metresPerMinute) * 60))
  const out = waysTo('start', plan(1).walks)
  const begins = shift.from + Math.ceil(longest(out)) * 1000
  const free = (shift.to - begins) / 1000 - restSeconds - SPARE_SECONDS
  let back = 0
  for (let search = 0; search < SEARCHES; search++) {
    if (free - back <= 0) break
    const found = plan(free - back)
    const ways = waysTo('end', found.walks)
    const needed = Math.ceil(longest(ways))
    if (needed <= back)
      return {
        shift,
        begins,
        pace,
        restSeconds,
        ways: [...out, ...ways].reduce((sum, way) => sum + way, 0),
        ...found,
      }
    back = needed
  }
  throw new Problem(
    'no-time',
    `Team ${teams[0]!.id} has no time left on the border: from its post to the border and back, with its break, takes its whole shift. ` +
      'Give it a nearer post or more time.',
  )
}

/**
 * No place waits longer: in a shift the closed form, and a break more; from one shift to the next the time in which nobody walks
 * more, and where their walkers are not as many, both waits.
 */
function worstIdle(walked: readonly WalkedShift[]): number {
  let worst = 0
  for (const [at, one] of walked.entries()) {
    worst = Math.max(worst, one.worstIdleSeconds + one.restSeconds)
    const before = walked[at - 1]
    if (!before) continue
    const gap = (one.begins - before.begins) / 1000 - before.walks[0]!.to
    const isSame = before.walks.length === one.walks.length && before.pace === one.pace
    worst = Math.max(worst, gap + one.worstIdleSeconds + (isSame ? 0 : before.worstIdleSeconds))
  }
  return worst
}

interface RoundFacts {
  begins: number
  pace: number
  isBackward: boolean
  seed: number
  number: number
}

function roundOf(
  graph: WalkGraph,
  walk: ClosedWalk,
  team: Team,
  { startMetres, metres }: BorderWalk,
  { begins, pace, isBackward, seed, number }: RoundFacts,
): Round {
  const stops: Stop[] = []
  const legs: Round['legs'] = []
  for (const { behind, leg } of pointsOf(walk, startMetres, metres, isBackward)) {
    const lngLat = rounded(placeAlong(graph, walk, startMetres + (isBackward ? -behind : behind)))
    // Whoever is faster than the slowest waits, so that the distances stay.
    const waits = stops.length === 0 || team.metresPerMinute > pace
    legs.push(leg)
    stops.push({
      id: makeUuid(seed, number, stops.length, BORDER_IDS),
      checkpointId: null,
      lngLat,
      dwellMinutes: 0,
      ...(waits ? { notBefore: isoOf(begins + Math.floor((behind / pace) * 60) * 1000) } : {}),
      locked: false,
    })
    if (stops.length > MAX_STOPS_IN_ROUND) break
  }
  return {
    id: makeUuid(seed, -1 - number, BORDER_IDS),
    teamId: team.id,
    locked: false,
    from: null,
    to: null,
    stops,
    legs: [...legs, 'street'],
  }
}

/** A stop nearer than this to the end of the walk is the end. */
const NEAR_METRES = 0.5

/** Where the stretches meet, by metres behind, and where the walk begins and ends; with the kind of the leg to there. */
function* pointsOf(
  { metres: around, stretches }: ClosedWalk,
  start: number,
  metres: number,
  isBackward: boolean,
): Generator<{ behind: number; leg: Round['legs'][number] }> {
  yield { behind: 0, leg: 'street' }
  const ordered = isBackward
    ? stretches
        .toReversed()
        .map(({ from, kind }) => ({ meets: (((start - from) % around) + around) % around, kind }))
    : stretches.map(({ to, kind }) => ({ meets: (((to - start) % around) + around) % around, kind }))
  // A stretch that ends where the walk begins is the last of its lap.
  const lap = ordered
    .map(({ meets, kind }) => ({ meets: meets < NEAR_METRES ? meets + around : meets, kind }))
    .sort((a, b) => a.meets - b.meets)
  for (let laps = 0; ; laps++)
    for (const { meets, kind } of lap) {
      const behind = laps * around + meets
      if (behind >= metres - NEAR_METRES) return yield { behind: metres, leg: kind }
      yield { behind, leg: kind }
    }
}

function expectFew(rounds: readonly Round[]): void {
  const most = rounds.find(({ stops }) => stops.length > MAX_STOPS_IN_ROUND)
  const all = rounds.reduce((sum, { stops }) => sum + stops.length, 0)
  if (!most && all <= MAX_STOPS) return
  throw new Problem(
    'too-many-stops',
    most
      ? `Team ${most.teamId} would pass more than ${MAX_STOPS_IN_ROUND} points of the border, more than a round holds. Plan a shorter shift.`
      : `The rounds would have ${all} points; at most ${MAX_STOPS} fit into a plan. Plan a shorter shift, or fewer teams.`,
  )
}

/** The corner of the walk nearest to where a team sets out, metres along it. */
function nearestTo(graph: WalkGraph, walk: ClosedWalk, { start }: Team): number {
  if (!start) return 0
  const away = walk.stretches.map(({ from }) => {
    const [lng, lat] = placeAlong(graph, walk, from)
    return segmentMetres(start[0], start[1], lng, lat)
  })
  return walk.stretches[away.indexOf(Math.min(...away))]!.from
}

/** On foot; straight where there is no way, which the times of the round tell as a conflict. */
function wayMetres(graph: WalkGraph, post: LngLat | null, place: LngLat): number {
  if (!post) return 0
  const [from, to] = [snap(graph, post), snap(graph, place)]
  const path = from && to && findPath(graph, from, to)
  return path
    ? from.distanceMetres + path.metres + to.distanceMetres
    : segmentMetres(post[0], post[1], place[0], place[1])
}

const rounded = ([lng, lat]: LngLat): LngLat => [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7]
