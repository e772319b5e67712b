import { z } from 'zod'
import type { EntryKind } from '../hazards/workflow.ts'

/** What an entry of whistles or the hotline says; `values` go into the words for it. */
export interface DispatchSaid {
  code:
    | 'called'
    | 'comes'
    | 'declines'
    | 'task'
    | 'done'
    | 'dropped'
    | 'open'
    | 'unanswered'
    | 'task-overdue'
    | 'unit'
    | 'street'
    | 'reached'
    | 'not-reached'
    | 'satisfied'
    | 'dissatisfied'
    | 'solved'
    | 'unsolved'
  values: { departments?: string[]; department?: string; task?: string; due?: string }
}

const named = z.object({ name: z.string() })
const departments = z.object({ departments: z.array(named) })
const answer = z.object({ department: named, accepted: z.boolean() })
const task = z.object({ department: named, task: z.string(), due: z.string() })
const call = z.object({
  by: z.enum(['unit', 'street']),
  reached: z.boolean(),
  satisfied: z.boolean().nullish(),
  solved: z.boolean().nullish(),
})

/** In the order in which it is to be said; empty for entries of other kinds, and for those that older versions wrote otherwise. */
export function readDispatchEntry({
  kind,
  action,
  detail,
}: {
  kind: EntryKind
  action: string | null
  detail: unknown
}): DispatchSaid[] {
  const said = <T>(schema: z.ZodType<T>, words: (found: T) => DispatchSaid[]): DispatchSaid[] => {
    const { data } = schema.safeParse(detail)
    return data === undefined ? [] : words(data)
  }
  const ofTask = (code: DispatchSaid['code'], of: z.infer<typeof task>): DispatchSaid => ({
    code,
    values: { department: of.department.name, task: of.task, due: of.due },
  })
  const namesOf = (code: DispatchSaid['code']) =>
    said(departments, (found) => [
      { code, values: { departments: found.departments.map(({ name }) => name) } },
    ])
  if (kind === 'whistle') return namesOf('called')
  if (kind === 'whistle-answer')
    return said(answer, ({ department, accepted }) => [
      { code: accepted ? 'comes' : 'declines', values: { department: department.name } },
    ])
  if (kind === 'division' && action === 'divide')
    return said(z.object({ tasks: z.array(task) }), ({ tasks }) => tasks.map((each) => ofTask('task', each)))
  if (kind === 'division' && (action === 'done' || action === 'dropped' || action === 'open'))
    return said(z.object({ task }), (found) => [ofTask(action, found.task)])
  if (kind === 'escalated' && action === 'whistle-overdue') return namesOf('unanswered')
  if (kind === 'escalated' && action === 'task-overdue')
    return said(z.object({ task }), (found) => [ofTask('task-overdue', found.task)])
  if (kind === 'contact' || kind === 'call-back') return said(call, ofCall)
  return []
}

function ofCall({ by, reached, satisfied, solved }: z.infer<typeof call>): DispatchSaid[] {
  const answers: DispatchSaid['code'][] = [
    ...(typeof satisfied === 'boolean'
      ? [satisfied ? ('satisfied' as const) : ('dissatisfied' as const)]
      : []),
    ...(typeof solved === 'boolean' ? [solved ? ('solved' as const) : ('unsolved' as const)] : []),
  ]
  const codes = [
    by,
    ...(answers.length > 0 ? answers : [reached ? ('reached' as const) : ('not-reached' as const)]),
  ]
  return codes.map((code) => ({ code, values: {} }))
}
