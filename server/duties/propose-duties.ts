import type { AnalysisNote } from '../../geodata/coverage/analysis.schema.ts'
import type { Assignment, AssignQuestion } from '../../geodata/duties/assign-duties.ts'
import { countMissing } from '../../geodata/duties/count-missing.ts'
import {
  type DutyParams,
  type DutyProposal,
  MAX_ASSIGNED,
  MAX_HOLDERS,
} from '../../geodata/duties/duty-analysis.schema.ts'
import { middleOf, spreadOut } from '../../geodata/duties/middle-of.ts'
import { type DutyTarget, imbalanceOf, loadsOf } from '../../geodata/duties/sum-duties.ts'
import { localPlane } from '../../geodata/editing/local-plane.ts'
import type { AnalysisContext } from '../coverage/analysis-kind.ts'
import { computeInWorker } from '../coverage/compute-in-worker.ts'
import { chooseHolders } from './choose-holders.ts'

export interface Proposed {
  proposal: DutyProposal | null
  notes: AnalysisNote[]
  /** What is handed to somebody anew. */
  given: { target: DutyTarget; holder: string; before: string | null; metres: number | null }[]
}

type Assign = NonNullable<DutyParams['assign']>

/** How often the middles of what people hold are found again, when what they hold has changed. */
const MOST_ROUNDS = 4

/** Hands out what nobody looks after, or everything anew, along the streets and within the limits. */
export async function proposeDuties(
  context: AnalysisContext,
  targets: readonly DutyTarget[],
  assign: Assign,
): Promise<Proposed> {
  const { role } = assign
  const notes: AnalysisNote[] = []
  const say = (code: string, values: AnalysisNote['values']) => notes.push({ code, values })
  const nothing = { proposal: null, notes, given: [] }
  const asked = targets.filter(({ holders }) => assign.what === 'all' || holders.length === 0)
  const names = [...new Set([...targets.flatMap(({ holders }) => holders), ...assign.people])].sort()
  if (asked.length === 0) return nothing
  if (names.length === 0) {
    say('nobody-to-assign', { role, targets: asked.length })
    return nothing
  }
  if (asked.length > MAX_ASSIGNED || (assign.what === 'all' && names.length > MAX_HOLDERS)) {
    say('too-many-to-assign', {
      role,
      targets: asked.length,
      most: MAX_ASSIGNED,
      holders: names.length,
      people: MAX_HOLDERS,
    })
    return nothing
  }
  const { toMetres } = localPlane(targets[0]!.lngLat)
  const places = targets.map(({ lngLat }) => toMetres(lngLat))
  const indexOf = new Map(targets.map((target, at) => [target, at]))
  const askedAt = asked.map((target) => indexOf.get(target)!)
  const ownAt = new Map<string, number[]>(names.map((name) => [name, []]))
  for (const [at, { holders }] of targets.entries()) for (const holder of holders) ownAt.get(holder)!.push(at)

  // Somebody who has nothing yet begins far from the others.
  const taken = names.map((name) => middleOf(places, ownAt.get(name)!))
  const isNew = taken.map((at) => at < 0)
  const starts = spreadOut(
    places,
    askedAt,
    taken.filter((at) => at >= 0),
    isNew.filter(Boolean).length,
  )
  const allHomes = taken.map((at) => (at >= 0 ? at : starts.shift()!))
  const chosen = chooseHolders(
    allHomes.map((at) => places[at]!),
    askedAt.map((at) => places[at]!),
    MAX_HOLDERS,
  )
  if (chosen.length < names.length)
    say('nearest-holders-only', { role, holders: names.length, offered: chosen.length })
  const people = chosen.map((holder) => ({ name: names[holder]!, isNew: isNew[holder]! }))
  let homes = chosen.map((holder) => allHomes[holder]!)
  const kept = people.map(({ name }) => (assign.what === 'all' ? [] : ownAt.get(name)!))
  const households = asked.map((target) => target.households ?? 0)
  const keptHouseholds = kept.map((own) => own.reduce((sum, at) => sum + (targets[at]!.households ?? 0), 0))
  const nameAt = new Map(people.map(({ name }, at) => [name, at]))

  let answer: Assignment | undefined
  let metres = new Float64Array(0)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    context.progress(0.3 + (0.5 * round) / MOST_ROUNDS, 'assigning')
    const matrix = await context.network.matrix(
      homes.map((at) => targets[at]!.lngLat),
      asked.map(({ lngLat }) => lngLat),
      { signal: context.signal },
    )
    metres = Float64Array.from(matrix.metres)
    const question: AssignQuestion = {
      households,
      holderNow: asked.map(({ holders }) => nameAt.get(holders[0] ?? '') ?? -1),
      keptTargets: kept.map((own) => own.length),
      keptHouseholds,
      maxTargets: assign.maxTargets,
      maxHouseholds: assign.maxHouseholds,
      prefer: assign.prefer,
      changeMetres: assign.changeMetres,
      metres,
    }
    const found: Assignment = await computeInWorker(
      new URL('./assign.worker.ts', import.meta.url),
      { question },
      context,
    )
    answer = found
    // Those who have something already stay where they are, unless everything is handed out anew.
    const moved = homes.map((home, holder) => {
      if (assign.what === 'gaps' && !people[holder]!.isNew) return home
      const own = askedAt.filter((_, at) => found.holderOf[at] === holder)
      return own.length === 0 ? home : middleOf(places, own)
    })
    if (moved.every((home, holder) => home === homes[holder])) break
    homes = moved
  }
  const { holderOf, isProven } = answer!

  const given = asked.flatMap((target, at) => {
    const holder = people[holderOf[at]!]?.name
    if (holder === undefined || (target.holders.length === 1 && target.holders[0] === holder)) return []
    const way = metres[holderOf[at]! * asked.length + at]!
    return {
      target,
      holder,
      before: target.holders[0] ?? null,
      metres: Number.isFinite(way) ? Math.round(way) : null,
    }
  })
  const left = asked.filter((_, at) => holderOf[at]! < 0)
  const most = assign.maxHouseholds ?? Number.POSITIVE_INFINITY
  const tooLarge = left.filter((target) => (target.households ?? 0) > most)
  const isLeast = isProven && chosen.length === names.length
  const peopleMissing = countMissing(
    left.map((target) => target.households ?? 0),
    { targets: assign.maxTargets, households: assign.maxHouseholds },
    {
      all: households.reduce((sum, homesIn) => sum + (homesIn <= most ? homesIn : 0), 0),
      spare: keptHouseholds.reduce((sum, has) => sum + Math.max(0, most - has), 0),
      isLeast,
    },
  )
  if (tooLarge.length > 0)
    say('too-large-alone', {
      role,
      count: tooLarge.length,
      most: assign.maxHouseholds,
      names: namesOf(tooLarge),
    })
  if (peopleMissing) say('people-missing', { role, targets: left.length - tooLarge.length, ...peopleMissing })
  if (!isProven) say('not-proven', { role })
  const noWay = asked.filter((_, at) =>
    people.every((_, holder) => !Number.isFinite(metres[holder * asked.length + at]!)),
  )
  if (noWay.length > 0) say('no-way', { role, count: noWay.length, names: namesOf(noWay) })
  const limits = { targets: assign.maxTargets, households: assign.maxHouseholds }
  const holderAfter = new Map(asked.map((target, at) => [target, people[holderOf[at]!]?.name]))
  const after = loadsOf(
    targets.map((target) => {
      const holder = holderAfter.get(target)
      return holder === undefined ? target : { ...target, holders: [holder] }
    }),
    limits,
  )
  return {
    notes,
    given,
    proposal: {
      role,
      asked: asked.length,
      assigned: asked.length - left.length,
      unassigned: left.length,
      changed: given.filter(({ before }) => before !== null).length,
      tooLarge: tooLarge.length,
      peopleMissing,
      proven: isLeast,
      metres: Math.round(given.reduce((sum, one) => sum + (one.metres ?? 0), 0)),
      imbalanceBefore: imbalanceOf(loadsOf(targets, limits)),
      imbalanceAfter: imbalanceOf(after),
      loads: after.slice(0, 100),
    },
  }
}

const namesOf = (targets: readonly DutyTarget[]): string[] =>
  targets.slice(0, 5).map(({ code, name, id }) => name ?? code ?? String(id))
