import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Workflow } from '../../geodata/hazards/case.schema.ts'
import {
  CASE_STATES,
  type CaseStateName,
  CLOCKS,
  type Clock,
  STEPS,
  type StepName,
  TRANSITIONS,
  type TransitionName,
} from '../../geodata/hazards/workflow.ts'
import { getWorkflow, WORKFLOW_KEY } from '../api/cases.ts'
import { type Language, useTexts } from '../ui/i18n.ts'

/** How an installation calls states, actions and clocks. */
export interface Labels {
  state(name: CaseStateName): string
  action(name: TransitionName | StepName): string
  clock(name: Clock): string
}

/** The names in force; until they have come, and where they cannot, those of the product. */
export function useLabels(): Labels {
  const { lang } = useTexts()
  const { data } = useQuery({ queryKey: WORKFLOW_KEY, queryFn: getWorkflow, staleTime: Infinity })
  return useMemo(() => labelsOf(data, lang), [data, lang])
}

export function labelsOf(workflow: Workflow | undefined, lang: Language): Labels {
  const states = new Map(workflow?.states.map((each) => [each.state, each[lang]]))
  const actions = new Map(workflow?.actions.map((each) => [each.action, each[lang]]))
  const clocks = new Map(workflow?.clocks.map((each) => [each.clock, each[lang]]))
  const ways = { ...TRANSITIONS, ...STEPS }
  return {
    state: (name) => states.get(name) ?? CASE_STATES[name][lang],
    action: (name) => actions.get(name) ?? ways[name][lang],
    clock: (name) => clocks.get(name) ?? CLOCKS[name][lang],
  }
}

/** The names of what is in an answer, which may come from a newer server: a name that nobody knows stands for itself. */
export const isAction = (name: string): name is TransitionName | StepName =>
  Object.hasOwn(TRANSITIONS, name) || Object.hasOwn(STEPS, name)
