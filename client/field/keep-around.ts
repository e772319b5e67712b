import type { Around } from '../../geodata/walks/around.schema.ts'
import type { MyRound } from '../../geodata/walks/my-round.schema.ts'
import { ApiError } from '../api/request.ts'
import { getAround } from '../api/walks.ts'
import { keep, readKept } from './kept.ts'

/** Streets and buildings around rounds, by round. */
export type Arounds = Readonly<Record<string, { planVersion: number; at: number; around: Around }>>

const KEY = 'around'
/** Streets change more seldom than plans. */
const FRESH_MS = 12 * 3_600_000

/**
 * What lies around the rounds, as the phone keeps it; what it does not have or has from long ago is asked for. Rounds that
 * are gone take theirs along.
 */
export async function keepAround(
  person: number,
  rounds: readonly MyRound[],
  now = Date.now(),
): Promise<Arounds> {
  const kept = (await readKept<Arounds>(person, KEY)) ?? {}
  const arounds: Record<string, Arounds[string]> = {}
  let isNew = false
  for (const { roundId, plan } of rounds) {
    const before = kept[roundId]
    if (before) arounds[roundId] = before
    if (before?.planVersion === plan.version && now - before.at < FRESH_MS) continue
    try {
      arounds[roundId] = { planVersion: plan.version, at: now, around: await getAround(plan.id, roundId) }
      isNew = true
    } catch (error) {
      // The map does without, or with those of before.
      if (!(error instanceof ApiError)) throw error
    }
  }
  const isLess = Object.keys(kept).some((roundId) => !arounds[roundId])
  if (isNew || isLess) await keep(person, KEY, arounds)
  return arounds
}

/** Nothing of a round stays on a phone that somebody signed out of. */
export async function forgetRounds(person: number): Promise<void> {
  await keep(person, 'rounds', undefined)
  await keep(person, KEY, undefined)
}
