import { Problem } from '../shared/problem.ts'
import { applyAction } from './apply-action.ts'
import type { CaseState } from './case-state.ts'
import type { CaseRules } from './limits.ts'
import { ACTION_NAMES, type ActionName, type Need, STEPS, TRANSITIONS } from './workflow.ts'
import { DAY } from './working-calendar.ts'

export interface PossibleAction {
  action: ActionName
  needs: Need[]
  to: CaseState['state'] | null
}

/** What the case allows now, whoever does it: each is tried with all that it could need. `at`: ISO. */
export function possibleActions(state: CaseState, at: string, rules: CaseRules): PossibleAction[] {
  const until = new Date(Date.parse(at) + DAY).toISOString()
  return ACTION_NAMES.flatMap((action) => {
    const tried = applyAction(state, { action, at, until, reason: '-', note: '-', departmentId: 1 }, rules)
    if (tried instanceof Problem) return []
    if (action === 'note') return { action, needs: [], to: null }
    const { needs } =
      action in STEPS ? STEPS[action as keyof typeof STEPS] : TRANSITIONS[action as keyof typeof TRANSITIONS]
    return { action, needs: [...needs], to: tried.entry.kind === 'transition' ? tried.entry.toState : null }
  })
}
