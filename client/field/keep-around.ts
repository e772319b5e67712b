import type { Around } from '../../geodata/walks/around.schema.ts'
import type { MyRound } from '../../geodata/walks/my-round.schema.ts'
import { ApiError } from '../api/request.ts'
import { getAround } from '../api/walks.ts'
import { keep, readKept } from './kept.ts'

/** Streets and buildings around rounds, by round. */
export type Arounds = Readonly<Record<string, { planVersion: number; at: number; around: Around }>>

export interface AroundKeeper {
  read(): Promise<Arounds | undefined>
  write(arounds: Arounds): Promise<void>
  ask(planId: number, roundId: string): Promise<Around>
}

const KEY = 'around'
/** Streets change more seldom than plans. */
const FRESH_MS = 12 * 3_600_000

export const aroundKeeper = (person: number): AroundKeeper => ({
  read: () => readKept<Arounds>(person, KEY),
  write: (arounds) => keep(person, KEY, arounds),
  ask: getAround,
})

/**
 * What lies around the rounds, as the phone keeps it; what it does not have or has from long ago is asked for. Rounds that
 * are gone take theirs along.
 */
export async function keepAround(
  rounds: readonly Pick<MyRound, 'roundId' | 'plan'>[],
  { read, write, ask }: AroundKeeper,
  now = Date.now(),
): Promise<Arounds> {
  const kept = (await read()) ?? {}
  const arounds: Record<string, Arounds[string]> = {}
  let isChanged = false
  for (const { roundId, plan } of rounds) {
    const before = kept[roundId]
    if (before) arounds[roundId] = before
    if (before?.planVersion === plan.version && now - before.at < FRESH_MS) continue
    try {
      arounds[roundId] = { planVersion: plan.version, at: now, around: await ask(plan.id, roundId) }
      isChanged = true
    } catch (error) {
      // The map does without, or with those of before.
      if (!(error instanceof ApiError)) throw error
    }
  }
  isChanged ||= Object.keys(kept).some((roundId) => !arounds[roundId])
  // A phone that is full has them until the page is closed.
  if (isChanged) await write(arounds).catch(() => {})
  return arounds
}

/** Nothing of a round stays on a phone that somebody signed out of. */
export async function forgetRounds(person: number): Promise<void> {
  await keep(person, 'rounds', undefined)
  await keep(person, KEY, undefined)
}
