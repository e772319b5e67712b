import { expect, test } from 'vitest'
import { LAYER_IDS } from '../../geodata/shared/layer.ts'
import {
  choiceOptions,
  formatFilter,
  type LayerFilter,
  parseFilter,
  readFilterSearch,
  readFilters,
} from './filters.ts'
import { formatQuery, parseQuery, readSearch } from './view-state.ts'

/** Deterministic: mulberry32. */
function randomFrom(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

test('any filter comes back the same from its link, whatever the text looked for', () => {
  const random = randomFrom(7)
  const texts = [
    '电动车',
    'a;b:c,d',
    '100%',
    'state:closed',
    '%3B',
    'x y',
    '+1',
    '&f-roads=1',
    '"<b>',
    '😀',
    "'--",
  ]
  for (let round = 0; round < 400; round++) {
    const maybe = <T>(value: T): T | undefined => (random() < 0.5 ? value : undefined)
    const some = (values: string[] | undefined) => {
      const chosen = values?.filter(() => random() < 0.3)
      return chosen?.length ? chosen : undefined
    }
    const filter: LayerFilter = {
      parent: maybe('320508019044001'),
      kind: maybe(['09012', 'L0003']),
      state: some(choiceOptions('hazards', 'state')),
      severity: some(choiceOptions('hazards', 'severity')),
      from: maybe('2026-11-01'),
      to: maybe(random() < 0.5 ? '2026-11-20' : '2026-11-20T08:30:00+08:00'),
      q: maybe(texts[Math.floor(random() * texts.length)]!),
      area: maybe([
        [120.6, 31.3],
        [Number((120.61 + random() / 100).toFixed(7)), 31.3],
        [120.61, 31.31],
      ]),
      unassigned: maybe(true as const),
    }
    const wanted = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
    const link = formatQuery({ 'f-hazards': formatFilter(filter), lang: 'zh' })
    const search = readSearch(parseQuery(link))
    expect(parseFilter('hazards', search['f-hazards'])).toEqual(wanted)
    expect(readSearch(parseQuery(formatQuery({ ...search })))).toEqual(search)
  }
})

test('a hostile or outdated filter is dropped piece by piece, and never throws', () => {
  const hostile = [
    'state:nonsense,handling;severity:;kind:%E0%A4%A',
    'state:handling;parent:drop table;from:yesterday;to:2026-13-45',
    'state:handling;area:1,1 2,2;q:%',
    'state:handling;__proto__:x;constructor:y;unassigned',
    `state:handling;q:\u0000\ud800`,
    `state:handling;from:2026-11-20;to:2026-11-01`,
  ]
  for (const text of hostile) {
    const filter = parseFilter('hazards', text)
    expect(filter.state, text).toEqual(['handling'])
    const { state, from, ...rest } = filter
    expect(JSON.stringify(rest).includes('\\ud800'), text).toBe(false)
    expect([rest.parent, rest.to, rest.area, rest.kind, rest.severity], text).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(from === undefined || from === '2026-11-20').toBe(true)
  }
  expect(() => parseFilter('roads', ';;::;'.repeat(10_000))).not.toThrow()
})

test('a filter that the layer cannot answer is dropped rather than refused by the server', () => {
  expect(parseFilter('communities', 'parent:320508019044001;state:closed;severity:high')).toEqual({})
  expect(parseFilter('communities', 'parent:320508019044;unassigned:yes')).toEqual({ parent: '320508019044' })
  expect(parseFilter('buildings', 'unassigned:yes')).toEqual({ unassigned: true })
})

test('a period of one day holds that day', () => {
  expect(parseFilter('hazards', 'from:2026-11-20;to:2026-11-20')).toEqual({
    from: '2026-11-20',
    to: '2026-11-20',
  })
})

test('only layers that are filtered are told of, each by its own parameter', () => {
  const search = readFilterSearch({
    'f-hazards': 'q:a',
    'f-roads': 'state:x',
    'f-dragons': 'q:b',
    other: 'q:c',
  })
  expect(search).toEqual({ 'f-hazards': 'q:a' })
  expect(readFilters(search)).toEqual({ hazards: { q: 'a' } })
  expect(LAYER_IDS.every((layer) => formatFilter(parseFilter(layer, undefined)) === undefined)).toBe(true)
})
