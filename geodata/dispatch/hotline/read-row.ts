import { toLngLat } from '../../crs/convert.ts'
import { HAZARD_CATEGORIES } from '../../hazards/catalogue.ts'
import type { SEVERITIES } from '../../hazards/hazard.schema.ts'
import { cleanText } from '../../shared/clean-text.ts'
import type { Category } from '../department.schema.ts'
import type { HotlineCrs, HotlineRow } from './hotline.schema.ts'
import { orderNumber } from './hotline.schema.ts'
import type { HotlineColumn } from './hotline-columns.ts'
import { isPersonalNumber, maskPersonal } from './mask-personal.ts'
import { readTime } from './read-time.ts'
import { type RowNote, type RowNoteCode, rowNote } from './row-notes.ts'

export interface ReadRow {
  /** As far as it can be told of a refused row. */
  number: string | null
  /** undefined: refused, and the notes say why. */
  row: HotlineRow | undefined
  notes: RowNote[]
  masked: number
}

/** Longest texts that an order keeps. */
const MAX = { demand: 4000, title: 60, address: 200, channel: 40 } as const
/** Clocks of other systems run a little fast. */
const AHEAD_MS = 10 * 60_000
const DECIMALS = 1e7

/**
 * One row of a hotline file as an order. Texts are cleaned and go without phone and identity numbers; coordinates are
 * brought from their system to WGS 84. `nowIso`: what lies in the future is measured by it. `headings`: how many columns have one.
 */
export function readRow(
  cells: readonly string[],
  at: Partial<Record<HotlineColumn, number>>,
  { crs, nowIso, headings }: { crs: HotlineCrs | undefined; nowIso: string; headings: number },
): ReadRow {
  const notes: RowNote[] = []
  const note = (code: RowNoteCode, value?: string | number) => notes.push(rowNote(code, value))
  // Something may stand in the place of something else, and what is the caller’s where it would be read.
  if (cells.slice(headings).some((cell) => cell.trim() !== ''))
    return { number: null, row: undefined, notes: [rowNote('columns-surplus', headings)], masked: 0 }
  const raw = (column: HotlineColumn): string => {
    const index = at[column]
    return index === undefined ? '' : (cells[index] ?? '').trim()
  }
  let masked = 0
  const textOf = (column: 'demand' | 'title' | 'address' | 'channel'): string => {
    const mask = maskPersonal(plainText(raw(column)))
    masked += mask.masked
    if (mask.text.length <= MAX[column]) return mask.text
    note('cut', mask.text)
    return cutText(mask.text, MAX[column])
  }
  const number = readNumber(raw('number'), note)
  const receivedAt = readReceived(raw('receivedAt'), nowIso, note)
  const demand = textOf('demand')
  if (demand === '') note('demand-missing')
  if (number === undefined || receivedAt === undefined || demand === '')
    return { number: number ?? null, row: undefined, notes, masked: 0 }
  const told = notes.length
  const title = textOf('title') || cutText(demand.replace(/\s+/g, ' '), MAX.title)
  const row: HotlineRow = {
    number,
    receivedAt,
    channel: textOf('channel') || null,
    title,
    demand,
    severity: readSeverity(raw('severity'), note),
    category: readCategory(raw('category'), note),
    address: textOf('address') || null,
    cellCode: /^\d{12,17}$/.test(raw('cell')) ? raw('cell') : null,
    lngLat: readPlace(raw('lng'), raw('lat'), crs, note),
  }
  if (raw('cell') !== '' && row.cellCode === null) note('cell-unknown', raw('cell'))
  if (masked > 0) notes.splice(told, 0, rowNote('masked', masked))
  return { number, row, notes, masked }
}

type Note = (code: RowNoteCode, value?: string | number) => void

function readNumber(value: string, note: Note): string | undefined {
  // As spreadsheets are told to take a number as text: '123 and ="123".
  const number = value.replace(/^="(.*)"$/, '$1').replace(/^'/, '')
  if (number === '') note('number-missing')
  else if (/^\d(\.\d+)?e\+?\d+$/i.test(number)) note('number-rounded', number)
  else if (isPersonalNumber(number)) note('number-personal')
  else if (!orderNumber().safeParse(number).success) note('number-wrong', number)
  else return number
  return undefined
}

function readReceived(value: string, nowIso: string, note: Note): string | undefined {
  if (value === '') {
    note('time-missing')
    return undefined
  }
  const time = readTime(value)
  if (time === undefined) note('time-wrong', value)
  else if (Date.parse(time) > Date.parse(nowIso) + AHEAD_MS) note('time-future', value)
  else return time
  return undefined
}

const SEVERITY_WORDS: Record<string, (typeof SEVERITIES)[number]> = {
  ...{ 低: 'low', 较低: 'low', low: 'low', minor: 'low' },
  ...{ 中: 'medium', 一般: 'medium', 普通: 'medium', medium: 'medium', normal: 'medium' },
  ...{ 高: 'high', 紧急: 'high', 急: 'high', 加急: 'high', high: 'high', urgent: 'high' },
  ...{
    特急: 'critical',
    重大: 'critical',
    特别紧急: 'critical',
    critical: 'critical',
    emergency: 'critical',
  },
}

function readSeverity(value: string, note: Note): (typeof SEVERITIES)[number] {
  const word = value.toLowerCase()
  if (Object.hasOwn(SEVERITY_WORDS, word)) return SEVERITY_WORDS[word]!
  if (value !== '') note('severity-unknown', value)
  return 'medium'
}

/** By code, by name in either language, or by the whole triple, written standard|kind|code. */
function readCategory(value: string, note: Note): Category | null {
  if (value === '') {
    note('category-missing')
    return null
  }
  const word = value.toLowerCase()
  const found = HAZARD_CATEGORIES.filter(({ standard, kind, code, zh, en }) =>
    [code, zh, en, `${standard}|${kind}|${code}`].some((each) => each.toLowerCase() === word),
  )
  if (found.length === 1) {
    const { standard, kind, code } = found[0]!
    return { standard, kind, code }
  }
  note('category-unknown', value)
  return null
}

function readPlace(
  lng: string,
  lat: string,
  crs: HotlineCrs | undefined,
  note: Note,
): [number, number] | null {
  if (lng === '' && lat === '') return null
  const [east, north] = [readDegrees(lng), readDegrees(lat)]
  const isNowhere = east === 0 && north === 0
  const place =
    crs && east !== undefined && north !== undefined && !isNowhere ? toLngLat(crs, [east, north]) : null
  if (place) return [round(place[0]), round(place[1])]
  note('coordinates-wrong', `${lng}, ${lat}`)
  return null
}

const readDegrees = (value: string): number | undefined =>
  /^[+-]?\d{1,3}(\.\d{1,15})?$/.test(value) ? Number(value) : undefined
const round = (degrees: number): number => Math.round(degrees * DECIMALS) / DECIMALS

/** Never through the middle of a character. */
export const cutText = (value: string, max: number): string =>
  value.length <= max ? value : `${cleanText(value, max - 1)}…`

/** As the fields of features take it: no control characters but line breaks and tabs. */
const plainText = (value: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this takes out
  cleanText(value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')).trim()
