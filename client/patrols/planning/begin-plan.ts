import type { PlanInput } from '../../../geodata/patrols/plan.schema.ts'
import { newUuid } from '../../ui/new-uuid.ts'
import { addRound, addTeam, emptyPlan, emptyRound } from './plan-edits.ts'
import { planStore } from './plan-store.ts'
import type { Shift } from './shift.ts'

interface Words {
  planName: string
  teamName(id: string): string
}

/** A plan with one team and an empty round: ready to be drawn on. */
export function newPlan({ from, to }: Shift, { planName, teamName }: Words): PlanInput {
  const plan = addTeam(emptyPlan(planName, from, to), teamName)
  return addRound(plan, emptyRound(newUuid(), plan.teams[0]!.id))
}

/** What is open gets a round to draw on where it has none; where nothing is open a plan is begun. */
export function makeDrawable(shift: Shift, words: Words): void {
  const { status, plan, roundId } = planStore.getSnapshot()
  if (status !== 'ready') return
  if (!plan) {
    planStore.begin(newPlan(shift, words))
    return
  }
  if (plan.rounds.length > 0) {
    if (roundId === undefined) planStore.choose(plan.rounds[0]!.id)
    return
  }
  const id = newUuid()
  planStore.edit(
    'round',
    (before) => {
      const staffed = before.teams.length > 0 ? before : addTeam(before, words.teamName)
      return addRound(staffed, emptyRound(id, staffed.teams[0]!.id))
    },
    { roundId: id },
  )
}
