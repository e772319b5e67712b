import type { z } from 'zod'
import type { calendarDaySchema } from './case.schema.ts'

export type CalendarDay = z.infer<typeof calendarDaySchema>

const DAY_MS = 86_400_000
const LONGEST_DAYS = 60
const NAME_MAX = 120
const DATE = String.raw`(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?`
const LINE = new RegExp(
  String.raw`^${DATE}(?:\s*(?:[~～—–]|至|到|to)\s*${DATE})?\s*[,，;；:：]?\s*(.*)$`,
  'iu',
)
/** “make-up day” is asked first: 调休上班 has the 休 of a holiday in it. */
const WORKDAY = /补班|调休上班|上班|工作日|班$|make-?up|work(?:ing)? ?day/iu
const KIND_WORDS =
  /[,，;；:：\s]*(?:补班|调休上班|上班|工作日|放假|假日|make-?up(?: day)?|work(?:ing)? ?day|holiday)\s*$/iu

export interface ReadDays {
  days: CalendarDay[]
  /** Lines that say no day, from 1, as they were pasted. */
  unread: { line: number; text: string }[]
}

/**
 * Days out of pasted lines: a date or two with a name behind, `2026-10-01~2026-10-07 国庆节`. What is called a make-up or
 * working day is one, everything else a holiday. Lines that cannot be read are told, never guessed.
 */
export function readDays(text: string, fallback: { holiday: string; workday: string }): ReadDays {
  const read: ReadDays = { days: [], unread: [] }
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    if (line === '') continue
    const days = readLine(line, fallback)
    if (days) read.days.push(...days)
    else read.unread.push({ line: index + 1, text: line.slice(0, 80) })
  }
  return read
}

function readLine(line: string, fallback: { holiday: string; workday: string }): CalendarDay[] | undefined {
  const [, y, m, d, y2, m2, d2, rest = ''] = LINE.exec(line.normalize('NFKC')) ?? []
  const first = toTime(y, m, d)
  const last = y2 === undefined ? first : toTime(y2, m2, d2)
  if (first === undefined || last === undefined || last < first) return undefined
  const count = (last - first) / DAY_MS + 1
  if (count > LONGEST_DAYS) return undefined
  const kind = WORKDAY.test(rest) ? 'workday' : 'holiday'
  const name = rest.replace(KIND_WORDS, '').trim().slice(0, NAME_MAX) || fallback[kind]
  return Array.from({ length: count }, (_, index) => ({
    day: new Date(first + index * DAY_MS).toISOString().slice(0, 10),
    kind,
    name,
  }))
}

/** undefined: there is no such day. */
function toTime(y?: string, m?: string, d?: string): number | undefined {
  const [year, month, day] = [Number(y), Number(m), Number(d)]
  const time = Date.UTC(year, month - 1, day)
  const date = new Date(time)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? time : undefined
}

/** The days with others laid over them; a day is of one kind. In order. */
export function withDays(before: readonly CalendarDay[], added: readonly CalendarDay[]): CalendarDay[] {
  const all = new Map([...before, ...added].map((each) => [each.day, each]))
  return [...all.values()].sort((a, b) => a.day.localeCompare(b.day))
}

/** How many days were added, changed or taken away. */
export function countDays(before: readonly CalendarDay[], after: readonly CalendarDay[]): number {
  const was = new Map(before.map((each) => [each.day, each]))
  const added = after.filter(({ day, kind, name }) => {
    const old = was.get(day)
    return !old || old.kind !== kind || old.name !== name
  })
  const now = new Set(after.map(({ day }) => day))
  return added.length + before.filter(({ day }) => !now.has(day)).length
}
