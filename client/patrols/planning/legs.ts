import { useSyncExternalStore } from 'react'
import { distanceMetres } from '../../../geodata/editing/measure.ts'
import type { PathLeg } from '../../../geodata/network/network.schema.ts'
import type { LegKind, PlanInput } from '../../../geodata/patrols/plan.schema.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { findPaths } from '../../api/patrols.ts'
import { toError } from '../../ui/problem-words.ts'
import { placesOf, teamOf } from './plan-edits.ts'

/** A way between two places of a round. */
export interface Leg extends PathLeg {
  /** The straight distance where there is no way. */
  metres: number
  /** Its way is still being asked for: it is straight, and its length a guess. */
  pending: boolean
}

const NO_LEG: Leg = { metres: 0, coordinates: [], free: true, way: true, pending: false }
/** Streets are this much longer than the straight line, about; used only until the answer comes. */
const DETOUR = 1.3
/** In one request. */
const MOST_POINTS = 100
const CALM_MS = 60
const MOST_GUESSES = 50_000

const keyOf = (from: LngLat, to: LngLat, kind: LegKind) => `${kind} ${from.join()} ${to.join()}`

interface LegState {
  /** Grows with every answer. */
  revision: number
  asking: boolean
  failed: Error | undefined
}

let state: LegState = { revision: 0, asking: false, failed: undefined }
const listeners = new Set<() => void>()
const known = new Map<string, Leg>()
const guesses = new Map<string, Leg>()
let network: number | undefined
let wanted: PlanInput | undefined
let timer: ReturnType<typeof setTimeout> | undefined
let asking: AbortController | undefined

function change(patch: Partial<LegState>) {
  state = { ...state, ...patch }
  for (const listener of listeners) listener()
}

/** The same object for the same leg as long as nothing better is known, so that rounds are timed anew only if they changed. */
export function legBetween(from: LngLat | undefined, to: LngLat | undefined, kind: LegKind): Leg {
  if (!from || !to) return NO_LEG
  const key = keyOf(from, to, kind)
  const found = known.get(key) ?? guesses.get(key)
  if (found) return found
  const metres = distanceMetres(from, to)
  const guess: Leg = {
    metres: kind === 'free' ? metres : metres * DETOUR,
    coordinates: [from, to],
    free: kind === 'free',
    way: true,
    pending: true,
  }
  // Searching for rounds shows many that nobody keeps.
  if (guesses.size >= MOST_GUESSES) guesses.clear()
  guesses.set(key, guess)
  return guess
}

export function legsOf(plan: PlanInput, round: PlanInput['rounds'][number]): Leg[] {
  const places = placesOf(round, teamOf(plan, round))
  return round.legs.map((kind, at) => legBetween(places[at], places[at + 1], kind))
}

interface Run {
  points: LngLat[]
  kinds: LegKind[]
}

/** Stretches of rounds whose ways are not known. */
function missingRuns(plan: PlanInput): Run[] {
  const runs: Run[] = []
  for (const round of plan.rounds) {
    const places = placesOf(round, teamOf(plan, round))
    let run: Run | undefined
    for (const [at, kind] of round.legs.entries()) {
      const [from, to] = [places[at], places[at + 1]]
      if (!from || !to || known.has(keyOf(from, to, kind))) {
        run = undefined
        continue
      }
      if (!run || run.points.length >= MOST_POINTS) {
        run = { points: [from], kinds: [] }
        runs.push(run)
      }
      run.points.push(to)
      run.kinds.push(kind)
    }
  }
  return runs
}

/** Has the ways of a plan asked for, those that are not known; a later plan takes the place of an earlier one. */
export function wantLegs(plan: PlanInput | undefined): void {
  if (plan === wanted && !state.failed) return
  wanted = plan
  clearTimeout(timer)
  if (plan) timer = setTimeout(() => void ask(), CALM_MS)
}

/** Asks again after a failure. */
export function retryLegs(): void {
  change({ failed: undefined })
  void ask()
}

async function ask(): Promise<void> {
  asking?.abort()
  const stop = new AbortController()
  asking = stop
  try {
    for (let runs = wanted ? missingRuns(wanted) : []; runs.length > 0; runs = runs.slice(1)) {
      if (!state.asking) change({ asking: true })
      const { points, kinds } = runs[0]!
      const answer = await findPaths(points, kinds, stop.signal)
      if (stop.signal.aborted) return
      // Roads have changed: what was known may be wrong.
      if (network !== undefined && network !== answer.networkVersion) {
        known.clear()
        runs = [runs[0]!, ...missingRuns(wanted!)]
      }
      network = answer.networkVersion
      for (const [at, leg] of answer.legs.entries()) {
        const [from, to] = [points[at]!, points[at + 1]!]
        const metres = leg.metres ?? distanceMetres(from, to)
        known.set(keyOf(from, to, kinds[at]!), { ...leg, metres, pending: false })
      }
      change({ revision: state.revision + 1, failed: undefined })
    }
    change({ asking: false })
  } catch (error) {
    if (!stop.signal.aborted) change({ asking: false, failed: toError(error) })
  }
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
export const useLegState = (): LegState => useSyncExternalStore(subscribe, () => state)
