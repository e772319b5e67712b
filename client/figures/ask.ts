import {
  addMonths,
  chinaDay,
  monthOf,
  type Span,
  spanOfDays,
  spanOfMonths,
} from '../../geodata/figures/china-months.ts'
import { BAROMETER_COUNTS, type BarometerCount } from '../../geodata/figures/indicator.schema.ts'
import { INDICATOR_IDS, type IndicatorId } from '../../geodata/figures/indicators.ts'
import type { Category } from '../../geodata/figures/scheme.schema.ts'
import { SCHEME_IDS, type SchemeId } from '../../geodata/figures/scheme.ts'
import { CELL_LAYERS, type CellLayer } from '../../geodata/shared/codes.ts'
import { addDays } from '../../geodata/walks/group-rounds.ts'
import type { FigureQuestion } from '../api/figures.ts'

export const VIEWS = ['indicators', 'barometer', 'ranking'] as const
export type FigureView = (typeof VIEWS)[number]
export const PERIOD_KINDS = ['month', 'quarter', 'days'] as const
export type PeriodKind = (typeof PERIOD_KINDS)[number]

/** `month`: of a month or a quarter the first one, such as 2026-11. */
export type PeriodChoice =
  | { kind: 'month' | 'quarter'; month: string }
  | { kind: 'days'; first: string; last: string }

/** What the workspace shows, as its link says: `view:period:cells:area:open:categories`. */
export interface FigureAsk {
  view: FigureView
  period: PeriodChoice
  cells: CellLayer
  /** Code of the cell that is looked at; undefined: all that one reaches. */
  area: string | undefined
  /** The indicator that is open. */
  open: IndicatorId | undefined
  /** The count of the barometer whose hazards are open. */
  count: BarometerCount | undefined
  /** Hazards of these alone; undefined: of any. */
  categories: Category[] | undefined
  scheme: SchemeId
}

const MOST_DAYS = 366
const oneOf = <T extends string>(list: readonly T[], text: string | undefined): T | undefined =>
  list.find((known) => known === text)

/** What is broken in a link is dropped. */
export function readAsk(text: string | undefined, now: number): FigureAsk {
  const [view, period, cells, area, open, categories] = (text ?? '').split(':')
  return {
    view: oneOf(VIEWS, view) ?? 'indicators',
    period: readPeriod(period ?? '') ?? { kind: 'month', month: monthOf(now) },
    cells: oneOf(CELL_LAYERS, cells) ?? 'grids',
    area: /^(\d{12}|\d{15}|\d{17})$/.test(area ?? '') ? area : undefined,
    open: oneOf(INDICATOR_IDS, open),
    count: oneOf(BAROMETER_COUNTS, open),
    categories: readCategories(categories ?? ''),
    scheme: oneOf(SCHEME_IDS, open) ?? SCHEME_IDS[0],
  }
}

export function writeAsk({ view, period, cells, area, open, count, categories, scheme }: FigureAsk): string {
  const last = { indicators: open, barometer: count, ranking: scheme }[view]
  const some = view !== 'ranking' && categories ? [encodeURIComponent(categoriesWords(categories))] : []
  return [view, writePeriod(period), cells, area ?? '', last ?? '', ...some].join(':')
}

/** As the server reads them too. */
export const categoriesWords = (categories: readonly Category[]): string =>
  categories.map(({ standard, kind, code }) => `${standard}|${kind}|${code}`).join(',')

function readCategories(text: string): Category[] | undefined {
  const read = unescaped(text)
    .split(',')
    .flatMap((one) => {
      const [standard, kind, code] = one.split('|')
      return standard && kind && code ? [{ standard, kind, code }] : []
    })
  return read.length > 0 ? read : undefined
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

function readPeriod(text: string): PeriodChoice | undefined {
  const month = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(text)
  if (month) return { kind: 'month', month: text }
  const quarter = /^(20\d\d)-Q([1-4])$/.exec(text)
  if (quarter) return { kind: 'quarter', month: firstOfQuarter(Number(quarter[1]), Number(quarter[2]) - 1) }
  const days = /^(20\d\d-\d\d-\d\d)_(20\d\d-\d\d-\d\d)$/.exec(text)
  return days && isDay(days[1]!) && isDay(days[2]!) ? daysOf(days[1]!, days[2]!) : undefined
}

function writePeriod(period: PeriodChoice): string {
  if (period.kind === 'days') return `${period.first}_${period.last}`
  return period.kind === 'month'
    ? period.month
    : `${period.month.slice(0, 4)}-Q${quarterOf(period.month) + 1}`
}

const isDay = (text: string): boolean =>
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) === text

/** From 0 to 3. */
export const quarterOf = (month: string): number => Math.floor((Number(month.slice(5)) - 1) / 3)
const firstOfQuarter = (year: number, quarter: number): string =>
  `${year}-${String(quarter * 3 + 1).padStart(2, '0')}`

/** Of days, or of months. */
const earlierOf = (a: string, b: string): string => [a, b].sort()[0]!

/** Days in their order, at most a year of them. */
export function daysOf(first: string, last: string): PeriodChoice {
  const [from, to] = [first, last].sort() as [string, string]
  const most = addDays(from, MOST_DAYS - 1)
  return { kind: 'days', first: from, last: earlierOf(to, most) }
}

export const spanOf = (period: PeriodChoice): Span =>
  period.kind === 'days'
    ? spanOfDays(period.first, period.last)
    : spanOfMonths(period.month, period.kind === 'month' ? 1 : 3)

/** The month that trends end with. */
export const lastMonthOf = (period: PeriodChoice): string =>
  period.kind === 'days'
    ? period.last.slice(0, 7)
    : period.kind === 'month'
      ? period.month
      : addMonths(period.month, 2)

/** The same time looked at in another way: the month, the quarter or the days that it ends in. */
export function asKind(period: PeriodChoice, kind: PeriodKind, now: number): PeriodChoice {
  if (kind === period.kind) return period
  const month = earlierOf(lastMonthOf(period), monthOf(now))
  if (kind === 'month') return { kind, month }
  if (kind === 'quarter') return { kind, month: firstOfQuarter(Number(month.slice(0, 4)), quarterOf(month)) }
  const today = chinaDay(now)
  const end = addDays(`${addMonths(month, 1)}-01`, -1)
  return daysOf(`${month}-01`, earlierOf(end, today))
}

/** The month, quarter or as many days before or after. */
export function step(period: PeriodChoice, by: 1 | -1): PeriodChoice {
  if (period.kind !== 'days')
    return { ...period, month: addMonths(period.month, period.kind === 'month' ? by : 3 * by) }
  const days = (Date.parse(period.last) - Date.parse(period.first)) / 86_400_000 + 1
  return daysOf(addDays(period.first, by * days), addDays(period.last, by * days))
}

export const isOver = (period: PeriodChoice, now: number): boolean => Date.parse(spanOf(period).to) <= now

export const questionOf = ({ view, period, cells, area, categories }: FigureAsk): FigureQuestion => ({
  ...spanOf(period),
  cells,
  area,
  // The barometer tells all kinds, and opens the hazards of one.
  categories: view === 'indicators' && categories ? categoriesWords(categories) : undefined,
})
