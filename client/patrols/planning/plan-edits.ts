import type { LegKind, PlanInput, Round, Stop, Team } from '../../../geodata/patrols/plan.schema.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'

/** Edits of a plan as pure functions: each answers the plan that it makes, and the same plan where it changes nothing. */

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
export const USUAL_METRES_PER_MINUTE = 70

export const emptyPlan = (name: string, from: string, to: string): PlanInput => ({
  name,
  from,
  to,
  area: [],
  teams: [],
  rounds: [],
  unserved: [],
  generated: null,
  note: '',
})

/** The first letter that no team has; then two. */
export function freeTeamId(teams: readonly Team[]): string {
  const taken = new Set(teams.map(({ id }) => id))
  for (const first of ['', ...LETTERS])
    for (const second of LETTERS) if (!taken.has(first + second)) return first + second
  return String(teams.length + 1)
}

export const addTeam = (plan: PlanInput, name: (id: string) => string): PlanInput => {
  const id = freeTeamId(plan.teams)
  const last = plan.teams.at(-1)
  const team: Team = {
    id,
    name: name(id),
    people: [],
    metresPerMinute: last?.metresPerMinute ?? USUAL_METRES_PER_MINUTE,
    from: last?.from ?? plan.from,
    to: last?.to ?? plan.to,
    start: last?.start ?? null,
    end: last?.end ?? null,
    break: null,
    area: [],
  }
  return { ...plan, teams: [...plan.teams, team] }
}

export const patchTeam = (plan: PlanInput, id: string, patch: Partial<Omit<Team, 'id'>>): PlanInput => ({
  ...plan,
  teams: plan.teams.map((team) => (team.id === id ? { ...team, ...patch } : team)),
})

/** Its rounds go with it. */
export const removeTeam = (plan: PlanInput, id: string): PlanInput => ({
  ...plan,
  teams: plan.teams.filter((team) => team.id !== id),
  rounds: plan.rounds.filter((round) => round.teamId !== id),
})

/** Hours of teams that were those of the whole shift follow it. */
export const setShift = (plan: PlanInput, from: string, to: string): PlanInput => ({
  ...plan,
  from,
  to,
  teams: plan.teams.map((team) =>
    team.from === plan.from && team.to === plan.to ? { ...team, from, to } : team,
  ),
})

export const emptyRound = (id: string, teamId: string): Round => ({
  id,
  teamId,
  locked: false,
  from: null,
  to: null,
  stops: [],
  legs: ['street'],
})

export const addRound = (plan: PlanInput, round: Round): PlanInput => ({
  ...plan,
  rounds: [...plan.rounds, round],
})

export const removeRound = (plan: PlanInput, id: string): PlanInput => ({
  ...plan,
  rounds: plan.rounds.filter((round) => round.id !== id),
})

export const patchRound = (
  plan: PlanInput,
  id: string,
  patch: Partial<Pick<Round, 'teamId' | 'locked' | 'from' | 'to'>>,
): PlanInput => changeRound(plan, id, (round) => ({ ...round, ...patch }))

function changeRound(plan: PlanInput, id: string, change: (round: Round) => Round): PlanInput {
  let changed = false
  const rounds = plan.rounds.map((round) => {
    if (round.id !== id) return round
    const next = change(round)
    changed ||= next !== round
    return next
  })
  return changed ? { ...plan, rounds } : plan
}

/** Puts a stop before the one at `at`; the leg to it is of `kind`, the one behind it stays what it was. */
export const insertStop = (
  plan: PlanInput,
  roundId: string,
  at: number,
  stop: Stop,
  kind: LegKind = 'street',
): PlanInput => {
  const withStop = changeRound(plan, roundId, (round) => insertInto(round, at, stop, kind))
  if (stop.checkpointId === null || withStop === plan) return withStop
  // Whoever is visited is no longer unserved.
  const unserved = plan.unserved.filter(({ checkpointId }) => checkpointId !== stop.checkpointId)
  return unserved.length === plan.unserved.length ? withStop : { ...withStop, unserved }
}

function insertInto(round: Round, at: number, stop: Stop, kind: LegKind): Round {
  const place = Math.max(0, Math.min(at, round.stops.length))
  return {
    ...round,
    stops: round.stops.toSpliced(place, 0, stop),
    legs: round.legs.toSpliced(place, 0, kind),
  }
}

/** The way past a stop that goes is free only if both its parts were. */
function takeFrom(round: Round, at: number): Round {
  const [before, after] = [round.legs[at]!, round.legs[at + 1]!]
  return {
    ...round,
    stops: round.stops.toSpliced(at, 1),
    legs: round.legs.toSpliced(at, 2, before === 'free' && after === 'free' ? 'free' : 'street'),
  }
}

export const removeStop = (plan: PlanInput, stopId: string): PlanInput => {
  const found = findStop(plan, stopId)
  return found ? changeRound(plan, found.round.id, (round) => takeFrom(round, found.at)) : plan
}

export const patchStop = (
  plan: PlanInput,
  stopId: string,
  patch: Partial<Pick<Stop, 'checkpointId' | 'lngLat' | 'dwellMinutes' | 'locked'>>,
): PlanInput => {
  const found = findStop(plan, stopId)
  if (!found) return plan
  return changeRound(plan, found.round.id, (round) => ({
    ...round,
    stops: round.stops.map((stop) => (stop.id === stopId ? { ...stop, ...patch } : stop)),
  }))
}

/** To the place `at` among the other stops of a round, its own or another. */
export function moveStop(plan: PlanInput, stopId: string, toRoundId: string, at: number): PlanInput {
  const found = findStop(plan, stopId)
  if (!found || !plan.rounds.some(({ id }) => id === toRoundId)) return plan
  const { round, at: from, stop } = found
  if (round.id === toRoundId) {
    const place = Math.max(0, Math.min(at, round.stops.length - 1))
    if (place === from) return plan
    // The kinds of its ways mean nothing at another place.
    return changeRound(plan, round.id, (before) => insertInto(takeFrom(before, from), place, stop, 'street'))
  }
  const without = changeRound(plan, round.id, (before) => takeFrom(before, from))
  return changeRound(without, toRoundId, (before) => insertInto(before, at, stop, 'street'))
}

export const setLeg = (plan: PlanInput, roundId: string, leg: number, kind: LegKind): PlanInput =>
  changeRound(plan, roundId, (round) =>
    round.legs[leg] === undefined || round.legs[leg] === kind
      ? round
      : { ...round, legs: round.legs.with(leg, kind) },
  )

export const reverseRound = (plan: PlanInput, roundId: string): PlanInput =>
  changeRound(plan, roundId, (round) =>
    round.stops.length < 2
      ? round
      : { ...round, stops: round.stops.toReversed(), legs: round.legs.toReversed() },
  )

/** The stops from `at` on become a round of their own, of the same team. */
export function splitRound(plan: PlanInput, roundId: string, at: number, newId: string): PlanInput {
  const index = plan.rounds.findIndex(({ id }) => id === roundId)
  const round = plan.rounds[index]
  if (!round || at <= 0 || at >= round.stops.length) return plan
  const first: Round = {
    ...round,
    stops: round.stops.slice(0, at),
    legs: [...round.legs.slice(0, at), 'street'],
  }
  const second: Round = {
    ...round,
    id: newId,
    stops: round.stops.slice(at),
    legs: ['street', ...round.legs.slice(at + 1)],
  }
  return { ...plan, rounds: plan.rounds.toSpliced(index, 1, first, second) }
}

/** `order`: places of the stops as they stand now. Ways between stops that are no longer neighbours follow the streets. */
export const reorderStops = (plan: PlanInput, roundId: string, order: readonly number[]): PlanInput =>
  changeRound(plan, roundId, (round) => {
    if (order.every((from, to) => from === to)) return round
    const kindBetween = (from: number, to: number): LegKind =>
      Math.abs(from - to) === 1 ? round.legs[Math.max(from, to)]! : 'street'
    const last = round.stops.length - 1
    return {
      ...round,
      stops: order.map((from) => round.stops[from]!),
      legs: [
        order[0] === 0 ? round.legs[0]! : 'street',
        ...order.slice(1).map((to, at) => kindBetween(order[at]!, to)),
        order.at(-1) === last ? round.legs.at(-1)! : 'street',
      ],
    }
  })

export interface FoundStop {
  round: Round
  at: number
  stop: Stop
}

export function findStop(plan: PlanInput, stopId: string): FoundStop | undefined {
  for (const round of plan.rounds) {
    const at = round.stops.findIndex(({ id }) => id === stopId)
    if (at >= 0) return { round, at, stop: round.stops[at]! }
  }
  return undefined
}

export const teamOf = (plan: PlanInput, { teamId }: Round): Team =>
  plan.teams.find(({ id }) => id === teamId)!

/** Points that the ways of a round join: the team’s start and end, where it has any, and the stops. */
export function placesOf({ stops }: Round, { start, end }: Team): (LngLat | undefined)[] {
  return [start ?? undefined, ...stops.map(({ lngLat }) => lngLat), end ?? undefined]
}
