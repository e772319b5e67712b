import type { Workflow } from '../../geodata/hazards/case.schema.ts'
import { HAZARD_STATES } from '../../geodata/hazards/hazard.schema.ts'
import {
  CASE_STATES,
  CLOCK_NAMES,
  CLOCKS,
  isEnded,
  STEP_NAMES,
  STEPS,
  TRANSITION_NAMES,
  transitionOf,
} from '../../geodata/hazards/workflow.ts'
import type { Sql } from '../platform/database.ts'
import { LABELS, LIMITS, REMINDERS, readCatalogue } from './catalogue.store.ts'

type Named = 'state' | 'action' | 'clock'
interface Words {
  zh: string
  en: string
}
const DEFAULTS: Record<Named, Record<string, Words>> = {
  state: CASE_STATES,
  action: { ...Object.fromEntries(TRANSITION_NAMES.map((name) => [name, transitionOf(name)])), ...STEPS },
  clock: CLOCKS,
}

/** Whether there is something by that name that can be called otherwise. */
export const isNamed = ({ subject, key }: { subject: Named; key: string }): boolean =>
  Object.hasOwn(DEFAULTS[subject], key)

/** The table that every case goes by, with the names in force. */
export async function describeWorkflow(sql: Sql): Promise<Workflow> {
  const { rows: limits, ...limitsHead } = await readCatalogue(sql, LIMITS)
  const { rows: reminders, ...remindersHead } = await readCatalogue(sql, REMINDERS)
  const { rows: labels, ...labelsHead } = await readCatalogue(sql, LABELS)
  const own = new Map(labels.map((label) => [`${label.subject} ${label.key}`, label]))
  const called = (subject: Named, key: string): Words => {
    const { zh, en } = own.get(`${subject} ${key}`) ?? DEFAULTS[subject][key]!
    return { zh, en }
  }
  return {
    states: HAZARD_STATES.map((state) => ({
      state,
      ...called('state', state),
      ended: isEnded(state),
      clock: CASE_STATES[state].clock,
    })),
    actions: [
      ...TRANSITION_NAMES.map((action) => {
        const { from, to, permission, needs, starts, stops } = transitionOf(action)
        return {
          action,
          ...called('action', action),
          from: [...from],
          to,
          permission,
          needs: [...needs],
          starts: [...starts],
          stops: [...stops],
        }
      }),
      ...STEP_NAMES.map((action) => {
        const { from, permission, needs } = STEPS[action]
        return {
          action,
          ...called('action', action),
          from: [...from],
          to: null,
          permission,
          needs: [...needs],
          starts: [],
          stops: [],
        }
      }),
    ],
    clocks: CLOCK_NAMES.map((clock) => ({ clock, ...called('clock', clock) })),
    limits: { ...limitsHead, limits },
    reminders: { ...remindersHead, reminders },
    labels: { ...labelsHead, labels },
  }
}
