import { expect, test } from 'vitest'
import { fieldsOf } from './fields.ts'
import { type Chosen, distinctValues, patchAll, readPatch } from './patch.ts'
import { readEntry } from './read-entry.ts'

const building = (id: number, properties: Record<string, unknown>): Chosen => ({
  id,
  input: { version: 1, geometry: { type: 'Point', coordinates: [120, 31] }, properties },
})
const field = (layer: 'buildings' | 'checkpoints' | 'grids' | 'hazards', name: string) =>
  fieldsOf(layer).find((one) => one.name === name)!

/** As a figure would be that no one may leave unknown. */
const known = { ...field('buildings', 'floors'), nullable: false }

test('an empty figure is unknown, never 0, and 0 is not unknown', () => {
  const floors = field('buildings', 'floors')
  expect(readEntry('buildings', floors, ' ')).toEqual({ ok: true, value: null })
  expect(readEntry('buildings', floors, '0')).toEqual({ ok: true, value: 0 })
})

test('a figure that must be known cannot be emptied, a code that is made for one can', () => {
  expect(readEntry('buildings', known, '')).toMatchObject({
    problem: { key: 'missing' },
  })
  expect(readEntry('grids', field('grids', 'code'), '')).toEqual({ ok: true, value: undefined })
  expect(readEntry('grids', field('grids', 'name'), '  ')).toMatchObject({ problem: { key: 'missing' } })
})

test.each([
  ['floors', '1.5', { key: 'notWhole', params: { found: 1.5 } }],
  ['floors', '201', { key: 'tooBig', params: { found: 201, most: 200 } }],
  ['floors', 'abc', { key: 'noNumber', params: { found: 'abc' } }],
  ['floors', '1e3', { key: 'noNumber', params: { found: '1e3' } }],
  ['floors', 'Infinity', { key: 'noNumber', params: { found: 'Infinity' } }],
  ['heightMetres', '-0.5', { key: 'tooSmall', params: { found: -0.5, least: 0 } }],
  ['name', 'x'.repeat(121), { key: 'tooLong', params: { found: 121, most: 120 } }],
  ['name', 'a\u0007b', { key: 'control', params: {} }],
])('%s: “%s” is refused with what was found and expected', (name, typed, problem) => {
  expect(readEntry('buildings', field('buildings', name), typed)).toEqual({ ok: false, problem })
})

test('figures are read as people type them: separators and full-width digits', () => {
  const households = field('buildings', 'households')
  expect(readEntry('buildings', households, '1,250')).toEqual({ ok: true, value: 1250 })
  expect(readEntry('buildings', households, '１２')).toEqual({ ok: true, value: 12 })
})

test('a sign adds for many; each keeps its own figure and an unknown one stays unknown', () => {
  const patch = readPatch('buildings', field('buildings', 'floors'), '+2')
  expect(patch).toEqual({ ok: true, value: { add: 2 } })
  const chosen = [building(1, { floors: 3 }), building(2, { floors: null }), building(3, { floors: 6 })]
  const outcome = patchAll('buildings', chosen, { floors: { add: 2 } })
  expect(outcome).toMatchObject({ ok: true, counts: { floors: 2 } })
  expect(outcome.ok && outcome.changes.map(({ id, after }) => [id, after?.properties.floors])).toEqual([
    [1, 5],
    [3, 8],
  ])
})

test('one feature that would leave the range refuses the whole, by its id', () => {
  const chosen = [building(1, { floors: 3 }), building(2, { floors: 1 })]
  expect(patchAll('buildings', chosen, { floors: { add: -2 } })).toMatchObject({
    ok: false,
    id: 2,
    problem: { key: 'tooSmall', params: { found: -1, least: 0 } },
  })
})

test('only the fields touched change, and features that are like it already are left alone', () => {
  const chosen = [
    building(1, { use: 'office', floors: 3, name: 'A' }),
    building(2, { use: 'residential', floors: 1, name: 'B' }),
  ]
  const outcome = patchAll('buildings', chosen, { use: { set: 'residential' } })
  expect(outcome.ok && outcome.changes).toHaveLength(1)
  expect(outcome.ok && outcome.changes[0]).toMatchObject({
    id: 1,
    after: { version: 1, properties: { use: 'residential', floors: 3, name: 'A' } },
  })
})

test('unknown is a value of its own among mixed ones', () => {
  const chosen = [building(1, { floors: 0 }), building(2, { floors: null }), building(3, { floors: 0 })]
  expect(distinctValues(chosen, 'floors')).toEqual([0, null])
})

test('for many, an empty field changes nothing and “?” makes unknown', () => {
  const floors = field('buildings', 'floors')
  expect(readPatch('buildings', floors, '')).toEqual({ ok: true, value: undefined })
  expect(readPatch('buildings', floors, '？')).toEqual({ ok: true, value: { set: null } })
  expect(readPatch('buildings', known, '?')).toMatchObject({ ok: false })
})

test('no form offers what only the case of a hazard decides', () => {
  const names = fieldsOf('hazards').map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['title', 'categoryCode', 'severity', 'reportedAt']))
  expect(names).not.toContain('state')
  expect(names).not.toContain('dueAt')
})
