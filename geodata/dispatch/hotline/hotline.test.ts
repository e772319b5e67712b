import { array, assert, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fromLngLat } from '../../crs/convert.ts'
import { decodeText } from './decode-text.ts'
import { HOTLINE_COLUMN_NAMES, HOTLINE_COLUMNS, type HotlineColumn, mapColumns } from './hotline-columns.ts'
import { maskPersonal } from './mask-personal.ts'
import { parseCsv } from './parse-csv.ts'
import { readRow } from './read-row.ts'
import { readTime } from './read-time.ts'

const LIMITS = { rows: 100, columns: 8, cell: 200 }
const cellsOf = (text: string) => {
  const parsed = parseCsv(text, LIMITS)
  return 'rows' in parsed ? parsed.rows.map(({ cells }) => cells) : parsed.fault.code
}

describe('CSV', () => {
  test('whatever a spreadsheet quotes comes back, line breaks and quotes in cells included', () => {
    const cell = string({ maxLength: 30 }).map((each) => each.trim().replace(/^\uFEFF/, ''))
    assert(
      property(array(array(cell, { minLength: 2, maxLength: 8 }), { minLength: 1, maxLength: 6 }), (rows) => {
        const text = rows
          .map((cells) => cells.map((each) => `"${each.replaceAll('"', '""')}"`).join(','))
          .join('\r\n')
        expect(cellsOf(text)).toEqual(rows.filter((cells) => cells.some((each) => each !== '')))
      }),
      { numRuns: 200 },
    )
  })

  test('no text brings it down, and none is read for ever', () => {
    assert(
      property(string({ maxLength: 300 }), (text) => {
        const parsed = parseCsv(text, LIMITS)
        if ('rows' in parsed) expect(parsed.rows.length).toBeLessThanOrEqual(LIMITS.rows)
      }),
      { numRuns: 300 },
    )
  })

  test('the separator is looked for outside of quotes', () => {
    expect(cellsOf('";;",";;"\n1,2')).toEqual([
      [';;', ';;'],
      ['1', '2'],
    ])
  })

  test('a mark at the beginning, semicolons, tabs, old line ends and an empty last cell', () => {
    expect(cellsOf('\uFEFFa;b\rc;"d;e"\r\n\n;;\nf;')).toEqual([
      ['a', 'b'],
      ['c', 'd;e'],
      ['f', ''],
    ])
    expect(cellsOf('a\tb,c\td\n1\t2\t3')).toEqual([
      ['a', 'b,c', 'd'],
      ['1', '2', '3'],
    ])
    expect(cellsOf('a,"b"x,c\n5" tube,2,3')).toEqual([
      ['a', 'bx', 'c'],
      ['5" tube', '2', '3'],
    ])
  })

  test('lines are told where a cell has several of them', () => {
    const parsed = parseCsv('a,b\n"1\n2",3\n4,5', LIMITS)
    expect('rows' in parsed && parsed.rows.map(({ line }) => line)).toEqual([1, 2, 4])
  })

  test('a quote without end, too many rows, columns and too long a cell are told, not swallowed', () => {
    expect(cellsOf('a,b\n"c,d\ne,f')).toBe('quote-open')
    expect(cellsOf('a\n'.repeat(101))).toBe('too-many-rows')
    expect(cellsOf('a,'.repeat(9))).toBe('too-many-columns')
    expect(cellsOf(`"${'a'.repeat(201)}"`)).toBe('cell-too-long')
  })
})

test('the encoding is found: GB18030 as spreadsheets save it, marks, and what is no text', () => {
  // “工单”, and a character of four bytes that only GB18030 has.
  expect(decodeText(Uint8Array.of(0xb9, 0xa4, 0xb5, 0xa5, 0x81, 0x30, 0x84, 0x36))).toEqual({
    text: '工单\u00a5',
    encoding: 'GB18030',
  })
  expect(decodeText(new TextEncoder().encode('工单'))).toMatchObject({ encoding: 'UTF-8', text: '工单' })
  expect(decodeText(Uint8Array.of(0xff, 0xfe, 0xe5, 0x5d))).toEqual({ text: '工', encoding: 'UTF-16' })
  expect(decodeText(Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x00))).toBeUndefined()
  expect(decodeText(Uint8Array.of(0xff, 0xff, 0x0a))).toBeUndefined()
})

describe('headings', () => {
  test('of the template in both languages, with marks and spaces, name each column once', () => {
    for (const lang of ['zh', 'en'] as const) {
      const headings = HOTLINE_COLUMN_NAMES.map(
        (column) => ` ${HOTLINE_COLUMNS[column][lang].toUpperCase()}（*） `,
      )
      const { at, personal, unknown, repeated } = mapColumns(headings)
      expect([personal, unknown, repeated]).toEqual([[], [], []])
      expect(Object.keys(at)).toHaveLength(HOTLINE_COLUMN_NAMES.length)
    }
  })

  test('whatever looks like the caller’s is left out, though its values look harmless', () => {
    const { at, personal, unknown, repeated } = mapColumns([
      ...['工单号', '来电人姓名', '联系电话', 'Caller name', '身份证号', '满意度', '工单编号', '诉求内容'],
    ])
    expect(at).toEqual({ number: 0, demand: 7 })
    expect(personal).toEqual(['来电人姓名', '联系电话', 'Caller name', '身份证号'])
    expect([unknown, repeated]).toEqual([['满意度'], ['工单编号']])
  })
})

test('phone and identity numbers are taken out of texts, order numbers and amounts are not', () => {
  const mask = (text: string) => maskPersonal(text).text
  expect(maskPersonal('电话13812345678或 021-62345678，身份证32050819900101123X').masked).toBe(3)
  expect(mask('请回电 138 1234 5678')).toBe('请回电 ［已略去］')
  expect(mask('+86-13912345678')).toBe('［已略去］')
  expect(mask('工单 20261122000123，3号楼1203室，费用15800元')).toBe(
    '工单 20261122000123，3号楼1203室，费用15800元',
  )
})

test('times as files have them, and days that there are not', () => {
  expect(readTime('2026-11-22 07:40')).toBe('2026-11-21T23:40:00.000Z')
  expect(readTime('2026/1/2 7:4:5')).toBe('2026-01-01T23:04:05.000Z')
  expect(readTime('2026年11月22日 7时40分')).toBe('2026-11-21T23:40:00.000Z')
  expect(readTime('2026-11-22T07:40:00Z')).toBe('2026-11-22T07:40:00.000Z')
  expect(readTime('2026.11.22')).toBe('2026-11-21T16:00:00.000Z')
  // As a spreadsheet keeps 2026-11-22 07:40.
  expect(readTime('46348.3194444444')).toBe('2026-11-21T23:40:00.000Z')
  for (const wrong of [
    '2026-02-30',
    '2026-11-22 25:00',
    '20261122',
    '22/11/2026',
    '0001-01-01',
    '2026-11-22 07',
  ])
    expect(readTime(wrong), wrong).toBeUndefined()
})

describe('a row', () => {
  const COLUMNS: HotlineColumn[] = [...HOTLINE_COLUMN_NAMES]
  const at = Object.fromEntries(COLUMNS.map((column, index) => [column, index]))
  const good = { number: 'A1', receivedAt: '2026-11-22 07:40', demand: '楼道堆放杂物', category: '06036' }
  const read = (more: Partial<Record<HotlineColumn, string>>, crs?: 'GCJ-02') =>
    readRow(
      COLUMNS.map((column) => ({ ...good, ...more })[column as keyof typeof good] ?? ''),
      at,
      { crs, nowIso: '2026-11-22T08:00:00+08:00', headings: COLUMNS.length },
    )
  const codes = (more: Partial<Record<HotlineColumn, string>>) => read(more).notes.map(({ code }) => code)

  test('refused rows say what is wrong with each of their cells', () => {
    expect(codes({ number: '1.23E+15' })).toEqual(['number-rounded'])
    for (const personal of ['13812345678', '021-62345678', '32050819900101123X'])
      expect(codes({ number: personal })).toEqual(['number-personal'])
    expect(codes({ number: '../x', receivedAt: 'soon', demand: '' })).toEqual([
      'number-wrong',
      'time-wrong',
      'demand-missing',
    ])
    expect(codes({ receivedAt: '2026-11-22 09:00' })).toEqual(['time-future'])
    expect(read({ number: '' })).toMatchObject({ number: null, row: undefined })
  })

  test('numbers of orders that look like old identity numbers, and those marked as text, are numbers', () => {
    for (const number of ['202611221015123', '320508202611220012'])
      expect(read({ number }).number).toBe(number)
    for (const marked of ['="20261122000123"', "'20261122000123"])
      expect(read({ number: marked }).number).toBe('20261122000123')
  })

  test('a comma without quotes moves what is the caller’s into another column: such a row is not read', () => {
    const headings = ['number', 'receivedAt', 'demand', 'phone', 'address']
    const at = { number: 0, receivedAt: 1, demand: 2, address: 4 }
    const row = readRow(['A1', '2026-11-22', '堆物', '影响通行', '某人', '柳堤路'], at, {
      ...{ crs: undefined, nowIso: '2026-11-22T08:00:00+08:00', headings: headings.length },
    })
    expect(row).toMatchObject({ number: null, row: undefined, notes: [{ code: 'columns-surplus' }] })
  })

  test('a row without category or place is kept, with notes in both languages', () => {
    const { row, notes } = read({ category: '没有的', severity: '很急' })
    expect(row).toMatchObject({ category: null, severity: 'medium', lngLat: null, title: '楼道堆放杂物' })
    expect(notes.map(({ code }) => code)).toEqual(['severity-unknown', 'category-unknown'])
    expect(notes[1]).toMatchObject({
      zh: expect.stringContaining('没有的'),
      en: expect.stringContaining('没有的'),
    })
  })

  test('coordinates are brought to WGS 84 from the system that was named, and from none other', () => {
    const shifted = fromLngLat('GCJ-02', [120.6, 31.3])!
    const [lng, lat] = shifted.map(String)
    const { row } = read({ lng: lng!.slice(0, 12), lat: lat!.slice(0, 12) }, 'GCJ-02')
    expect(row!.lngLat![0]).toBeCloseTo(120.6, 6)
    expect(row!.lngLat![1]).toBeCloseTo(31.3, 6)
    for (const wrong of [
      ['0', '0'],
      ['120.6', ''],
      ['120°36', '31'],
      ['31.3', '120.6'],
      ['1e2', '30'],
    ])
      expect(read({ lng: wrong[0]!, lat: wrong[1]! }, 'GCJ-02')).toMatchObject({
        row: { lngLat: null },
        notes: [{ code: 'coordinates-wrong' }],
      })
  })

  test('texts lose control characters and numbers of people, and are cut between characters', () => {
    const { row, masked } = read({
      demand: `a\u0000\u0007b 13812345678 ${'😀'.repeat(2500)}`,
      title: '😀'.repeat(40),
    })
    expect(masked).toBe(1)
    expect(row!.demand.startsWith('ab ［已略去］')).toBe(true)
    expect(row!.demand.length).toBeLessThanOrEqual(4000)
    for (const text of [row!.demand, row!.title]) expect(text).not.toMatch(/\p{Surrogate}/u)
  })
})
