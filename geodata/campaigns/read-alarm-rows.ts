import type { CsvRow } from '../dispatch/hotline/parse-csv.ts'
import { ALARM_COLUMNS } from './smoke-alarm.schema.ts'

type AlarmColumn = (typeof ALARM_COLUMNS)[number]

/** What a row says: undefined leaves what is stored, null clears it. */
export interface AlarmRow {
  line: number
  code: string
  count: number | undefined
  installedOn: string | null | undefined
  batteryOn: string | null | undefined
  testedOn: string | null | undefined
  note: string | null | undefined
}
export interface RejectedRow {
  line: number
  code: string
  reason: string
}

const ALSO_CALLED: Record<AlarmColumn, readonly string[]> = {
  code: ['楼栋编码', '楼栋代码', 'building'],
  count: ['数量', '烟感数量'],
  installed_on: ['安装日期'],
  battery_on: ['换电池日期', '电池日期'],
  tested_on: ['测试日期', '检测日期'],
  note: ['备注'],
}
/** Written into a cell to clear what is stored. */
const CLEAR = '-'
const MOST_ALARMS = 10_000
const MOST_NOTE = 300

/**
 * Rows of a file of smoke alarms; the first names the columns, in English or Chinese, in any order. A cell without text
 * leaves what is stored, “-” clears it. Text instead: why the first row cannot be used.
 */
export function readAlarmRows(
  rows: readonly CsvRow[],
): { rows: AlarmRow[]; rejected: RejectedRow[] } | { fault: string } {
  const [head, ...body] = rows
  if (!head) return { fault: 'The file has no rows.' }
  const columns = head.cells.map((cell) =>
    ALARM_COLUMNS.find(
      (column) => column === cell.toLowerCase() || ALSO_CALLED[column].includes(cell.toLowerCase()),
    ),
  )
  const twice = columns.find((column, at) => column !== undefined && columns.indexOf(column) !== at)
  if (!columns.includes('code') || twice !== undefined)
    return {
      fault: `The first row is “${head.cells.join(', ').slice(0, 200)}”; expected “code” and some of ${ALARM_COLUMNS.slice(1).join(', ')}, each once.`,
    }
  const read: AlarmRow[] = []
  const rejected: RejectedRow[] = []
  const lineOf = new Map<string, number>()
  for (const { line, cells } of body) {
    const cell = (column: AlarmColumn) => cells[columns.indexOf(column)] ?? ''
    const code = cell('code')
    const before = lineOf.get(code)
    const row =
      before === undefined
        ? readRow(line, code, cell)
        : `stands in line ${before} already; the first one counts`
    if (typeof row === 'string') rejected.push({ line, code: code.slice(0, 40), reason: row })
    else {
      lineOf.set(code, line)
      read.push(row)
    }
  }
  return { rows: read, rejected }
}

function readRow(line: number, code: string, cell: (column: AlarmColumn) => string): AlarmRow | string {
  if (!/^\d{22}$/.test(code)) return `“${code.slice(0, 40)}” is not a building’s code of 22 digits`
  const given = cell('count')
  if (given !== '' && !(/^\d{1,5}$/.test(given) && Number(given) <= MOST_ALARMS))
    return `count is “${given.slice(0, 20)}”; expected 0 to ${MOST_ALARMS}`
  const days: Record<string, string | null | undefined> = {}
  for (const column of ['installed_on', 'battery_on', 'tested_on'] as const) {
    const text = cell(column)
    const read = text === '' ? undefined : text === CLEAR ? null : readDay(text)
    if (read === 'none') return `${column} is “${text.slice(0, 20)}”; expected a day such as 2026-11-20`
    days[column] = read
  }
  const note = cell('note')
  if (note.length > MOST_NOTE) return `note has ${note.length} characters; at most ${MOST_NOTE} are kept`
  return {
    line,
    code,
    count: given === '' ? undefined : Number(given),
    installedOn: days.installed_on,
    batteryOn: days.battery_on,
    testedOn: days.tested_on,
    note: note === '' ? undefined : note === CLEAR ? null : note,
  }
}

/** As people and spreadsheets write days: 2026-11-20, 2026/11/20, 20261120, 2026年11月20日. */
function readDay(text: string): string | 'none' {
  const match =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ??
    /^(\d{4})(年)(\d{1,2})月(\d{1,2})日$/.exec(text) ??
    /^(\d{4})()(\d{2})(\d{2})$/.exec(text)
  if (!match) return 'none'
  const day = `${match[1]}-${match[3]!.padStart(2, '0')}-${match[4]!.padStart(2, '0')}`
  const time = Date.parse(`${day}T00:00:00Z`)
  const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
  return isDay && match[1]! >= '1950' ? day : 'none'
}
