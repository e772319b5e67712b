import type { SEVERITIES } from './hazard.schema.ts'
import type { Clock } from './workflow.ts'
import {
  addWorkingMillis,
  DAY,
  HOUR,
  WORKING_DAY_MILLIS,
  type WorkingCalendar,
  workingMillisBetween,
} from './working-calendar.ts'

/** The first two and the last run on; the others count working time. */
export const LIMIT_KINDS = {
  'urgent-hours': { zh: '紧急小时', en: 'Urgent hours', unitMillis: HOUR, counts: 'all' },
  'working-hours': { zh: '工作小时', en: 'Working hours', unitMillis: HOUR, counts: 'working' },
  'working-days': { zh: '工作日', en: 'Working days', unitMillis: WORKING_DAY_MILLIS, counts: 'working' },
  'calendar-days': { zh: '自然日', en: 'Calendar days', unitMillis: DAY, counts: 'all' },
} as const
export type LimitKind = keyof typeof LIMIT_KINDS
export const LIMIT_KIND_NAMES = Object.keys(LIMIT_KINDS) as [LimitKind, ...LimitKind[]]

/** Hours or days, as the kind says. */
export interface Limit {
  kind: LimitKind
  amount: number
}

export interface Category {
  standard: string
  kind: string
  code: string
}
export type Severity = (typeof SEVERITIES)[number]

/** null: of all categories, of every severity. */
export interface LimitRow extends Limit {
  clock: Clock
  category: Category | null
  severity: Severity | null
}

export interface CaseRules {
  calendar: WorkingCalendar
  limits: readonly LimitRow[]
}

/** What holds where no row says anything: nothing may be without a deadline. */
const OTHERWISE: Limit = { kind: 'working-days', amount: 5 }

/** The limit that says most about a case: of its category and severity, of its category, of its severity, of all. */
export function findLimit(
  limits: readonly LimitRow[],
  clock: Clock,
  of: { category: Category; severity: Severity },
): Limit {
  let best: LimitRow | undefined
  let most = -1
  for (const row of limits) {
    if (row.clock !== clock || (row.severity !== null && row.severity !== of.severity)) continue
    if (row.category && !isSameCategory(row.category, of.category)) continue
    const says = (row.category ? 2 : 0) + (row.severity ? 1 : 0)
    if (says <= most) continue
    best = row
    most = says
  }
  return best ? { kind: best.kind, amount: best.amount } : OTHERWISE
}

export const isSameCategory = (a: Category, b: Category): boolean =>
  a.standard === b.standard && a.kind === b.kind && a.code === b.code

/** A limit in milliseconds of its own kind of time. */
export const limitMillis = ({ kind, amount }: Limit): number =>
  Math.round(amount * LIMIT_KINDS[kind].unitMillis)

/** When so much time of a kind has gone by. `given`: a deadline without a limit, which runs on. Milliseconds since 1970. */
export const addTime = (
  calendar: WorkingCalendar,
  kind: LimitKind | 'given',
  from: number,
  millis: number,
): number =>
  kind !== 'given' && LIMIT_KINDS[kind].counts === 'working'
    ? addWorkingMillis(calendar, from, millis)
    : from + millis

/** How much time of a kind lies between two moments. */
export const timeBetween = (
  calendar: WorkingCalendar,
  kind: LimitKind | 'given',
  from: number,
  to: number,
): number =>
  kind !== 'given' && LIMIT_KINDS[kind].counts === 'working'
    ? workingMillisBetween(calendar, from, to)
    : to - from
