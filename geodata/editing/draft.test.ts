import { expect, test } from 'vitest'
import {
  applyEdit,
  currentOf,
  type Draft,
  type Edit,
  EMPTY_DRAFT,
  nextNewId,
  rebase,
  redo,
  type StoredInput,
  toChangeSet,
  touched,
  undo,
} from './draft.ts'
import { draftFromJson, draftToJson } from './draft-json.ts'
import { invertChangeSet } from './invert-change-set.ts'
import { mergeByField } from './merge-by-field.ts'

const point = (
  lng: number,
  properties: Record<string, unknown> = { name: 'a' },
  version: number | null = 3,
): StoredInput => ({
  version,
  geometry: { type: 'Point', coordinates: [lng, 31] },
  properties,
})
const edit = (id: number, before: StoredInput | null, after: StoredInput | null): Edit => ({
  what: 'test',
  changes: [{ layer: 'facilities', id, before, after }],
})
const draftOf = (...edits: Edit[]): Draft => edits.reduce(applyEdit, EMPTY_DRAFT)

test('a feature moved there and back is not sent', () => {
  const draft = draftOf(edit(1, point(120), point(121)), edit(1, point(121), point(120)))
  expect(touched(draft)).toEqual([])
  expect(toChangeSet(draft)).toEqual({ puts: [], deletes: [] })
})

test('a feature made and deleted again is not sent; one changed and deleted is a deletion at its base version', () => {
  const draft = draftOf(
    edit(-1, null, point(120, {}, null)),
    edit(-1, point(120, {}, null), null),
    edit(1, point(120), point(121)),
    edit(1, point(121), null),
  )
  expect(toChangeSet(draft)).toEqual({ puts: [], deletes: [{ layer: 'facilities', id: 1, version: 3 }] })
})

test('several edits of one feature are one put from the version that the first started from', () => {
  const draft = draftOf(
    edit(1, point(120), point(121)),
    edit(1, point(121), point(121, { name: 'b' })),
    edit(-1, null, point(5, { name: 'n' }, null)),
  )
  expect(toChangeSet(draft).puts).toEqual([
    { layer: 'facilities', id: 1, version: 3, geometry: point(121).geometry, properties: { name: 'b' } },
    { layer: 'facilities', id: -1, version: null, geometry: point(5).geometry, properties: { name: 'n' } },
  ])
  expect(touched(draft).map(({ state, fields }) => [state, fields])).toEqual([
    ['changed', ['geometry', 'name']],
    ['new', []],
  ])
})

test('undo and redo give the very bytes back, and a new edit forgets what was undone', () => {
  const one = draftOf(edit(1, point(120), point(121)))
  const two = applyEdit(one, edit(1, point(121), null))
  const back = undo(two)!
  expect(JSON.stringify(back.draft.done)).toBe(JSON.stringify(one.done))
  expect(back.changes[0]!.after).toEqual(point(121))
  expect(JSON.stringify(redo(back.draft)!.draft)).toBe(JSON.stringify(two))
  expect(currentOf(back.draft, 'facilities', 1)).toEqual(point(121))
  expect(currentOf(two, 'facilities', 1)).toBeNull()
  expect(currentOf(two, 'facilities', 2)).toBeUndefined()
  expect(redo(applyEdit(back.draft, edit(2, point(1), point(2))))).toBeUndefined()
  expect(undo(EMPTY_DRAFT)).toBeUndefined()
})

test('an edit that starts from a stale state is a bug and throws', () => {
  expect(() => draftOf(edit(1, point(120), point(121)), edit(1, point(120), point(122)))).toThrow(
    /facilities\/1/,
  )
})

test('a new id is below every id in use, undone edits included', () => {
  const draft = draftOf(edit(-4, null, point(1, {}, null)))
  expect(nextNewId(draft)).toBe(-5)
  expect(nextNewId(undo(draft)!.draft)).toBe(-5)
  expect(nextNewId(EMPTY_DRAFT)).toBe(-1)
})

test('after a rebase the put carries the version of theirs, and undo shows theirs', () => {
  const draft = draftOf(edit(1, point(120), point(121)), edit(2, point(1), point(2)))
  const theirs = point(120, { name: 'theirs' }, 9)
  const rebased = rebase(draft, { layer: 'facilities', id: 1 }, theirs, point(121, { name: 'theirs' }, 9))
  expect(toChangeSet(rebased).puts.map(({ id, version }) => [id, version])).toEqual([
    [2, 3],
    [1, 9],
  ])
  expect(undo(rebased)!.changes[0]!.after).toEqual(theirs)
  expect(toChangeSet(rebase(draft, { layer: 'facilities', id: 1 }, theirs, theirs)).puts).toHaveLength(1)
})

test('a kept draft comes back whole, undone edits included', () => {
  const draft = undo(draftOf(edit(1, point(120), point(121)), edit(1, point(121), null)))!.draft
  expect(draftFromJson(draftToJson(draft))).toEqual({ ok: true, draft })
})

const good = draftToJson(draftOf(edit(1, point(120), point(121)), edit(1, point(121), null)))
test.each([
  ['cut off', good.slice(0, -5), /not JSON/],
  ['of another version', good.replace('"version":1', '"version":2'), /version/],
  ['with a latitude out of range', good.replaceAll('31]', '131]'), /coordinates/],
  ['with edits that do not follow', good.replace('[121,31]', '[122,31]'), /does not follow/],
  ['of an unknown layer', good.replaceAll('facilities', '__proto__'), /layer/],
  ['with the wrong geometry', good.replaceAll('facilities', 'roads'), /Point in a layer of LineString/],
  ['that is no object', 'null', /expected/],
  ['that is no text', { done: [] }, /type object/],
])('a kept draft %s is refused with words', (_, text, words) => {
  const read = draftFromJson(text)
  expect(read.ok ? '' : read.reason).toMatch(words)
})

test('undo after saving puts back, deletes what was new and brings back what was deleted', () => {
  const changeSet = toChangeSet(
    draftOf(
      edit(1, point(120), point(121)),
      edit(-1, null, point(5, {}, null)),
      edit(2, point(7, { name: 'gone' }, 8), null),
    ),
  )
  const before = (_: string, id: number) => ({ 1: point(120), 2: point(7, { name: 'gone' }, 8) })[id] ?? null
  const saved = {
    features: [
      { id: 1, version: 4 },
      { id: 500, version: 1 },
    ],
  }
  expect(invertChangeSet(changeSet, saved, before)).toEqual({
    puts: [
      { layer: 'facilities', id: 1, version: 4, geometry: point(120).geometry, properties: { name: 'a' } },
      { layer: 'facilities', id: 2, version: 9, geometry: point(7).geometry, properties: { name: 'gone' } },
    ],
    deletes: [{ layer: 'facilities', id: 500, version: 1 }],
  })
  expect(() => invertChangeSet(changeSet, { features: [] }, before)).toThrow(/put 0/)
})

test('fields changed by one side are taken, alike on both sides is no clash, geometry clashes as a whole', () => {
  const base = point(1, { name: 'a', status: 'x', capacity: 1, gone: true })
  const mine = point(2, { name: 'b', status: 'x', capacity: 2, gone: true })
  const theirs = point(3, { name: 'a', status: 'y', capacity: 2 })
  expect(mergeByField(base, mine, theirs)).toEqual({
    merged: { geometry: mine.geometry, properties: { name: 'b', status: 'y', capacity: 2 } },
    clashes: [{ field: 'geometry', base: base.geometry, mine: mine.geometry, theirs: theirs.geometry }],
  })
})

test('values that are objects are compared by what they hold, and a property that one side dropped can clash', () => {
  const base = point(1, { works: { title: 'a', startsOn: '2026-01-01' }, note: 'n' })
  const mine = point(1, { works: { startsOn: '2026-01-01', title: 'a' }, note: 'm' })
  const theirs = point(1, { works: { title: 'b', startsOn: '2026-01-01' } })
  const { merged, clashes } = mergeByField(base, mine, theirs)
  expect(merged.properties).toEqual({ works: theirs.properties.works, note: 'm' })
  expect(clashes).toEqual([{ field: 'note', base: 'n', mine: 'm', theirs: undefined }])
})
