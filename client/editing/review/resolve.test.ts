import { expect, test } from 'vitest'
import {
  applyEdit,
  EMPTY_DRAFT,
  rebase,
  type StoredInput,
  toChangeSet,
} from '../../../geodata/editing/draft.ts'
import { type Conflict, mergeChosen, rowsOf, takeSide } from './resolve.ts'

const at = (version: number, properties: Record<string, unknown>, lng = 120): StoredInput => ({
  version,
  geometry: { type: 'Point', coordinates: [lng, 31] },
  properties,
})
const base = at(3, { name: 'A', capacity: 4, status: 'planned' })
const conflict = (parts: Partial<Conflict>): Conflict => ({
  layer: 'facilities',
  id: 7,
  base,
  mine: at(3, { name: 'Mine', capacity: 6, status: 'planned' }),
  theirs: at(4, { name: 'Theirs', capacity: 4, status: 'in-service' }),
  deletedAt: undefined,
  ...parts,
})
/** What would be sent after the draft has taken the resolution in. */
function sent(one: Conflict, resolved: { theirs: StoredInput | null; mine: StoredInput | null }) {
  const draft = applyEdit(EMPTY_DRAFT, {
    what: 'form',
    changes: [{ layer: one.layer, id: one.id, before: one.base, after: one.mine }],
  })
  return toChangeSet(rebase(draft, one, resolved.theirs, resolved.mine))
}

test('fields that only one of two people changed are both kept; a clash is theirs to see first and mine unless chosen', () => {
  const rows = rowsOf(conflict({}))
  expect(rows.map(({ field, clash, taken }) => [field, clash, taken])).toEqual([
    ['name', true, 'mine'],
    ['capacity', false, 'mine'],
    ['status', false, 'theirs'],
  ])
  const changes = sent(conflict({}), mergeChosen(conflict({}), { name: 'theirs' }))
  expect(changes.puts).toHaveLength(1)
  expect(changes.puts[0]).toMatchObject({
    version: 4,
    properties: { name: 'Theirs', capacity: 6, status: 'in-service' },
  })
})

test('both drew the border anew: the one chosen wins whole, never a mixture', () => {
  const one = conflict({ mine: at(3, base.properties, 121), theirs: at(4, base.properties, 122) })
  expect(rowsOf(one)).toMatchObject([{ field: 'geometry', clash: true }])
  expect(sent(one, mergeChosen(one, {})).puts[0]?.geometry).toEqual(one.mine?.geometry)
  expect(sent(one, mergeChosen(one, { geometry: 'theirs' }))).toEqual({ puts: [], deletes: [] })
})

test('theirs as a whole leaves nothing of the feature to save', () => {
  expect(sent(conflict({}), takeSide(conflict({}), 'theirs'))).toEqual({ puts: [], deletes: [] })
})

test('they deleted it: mine brings it back from the deletion, dropping mine sends nothing', () => {
  const one = conflict({ theirs: null, deletedAt: 5 })
  expect(sent(one, takeSide(one, 'mine')).puts).toMatchObject([{ id: 7, version: 6 }])
  expect(sent(one, takeSide(one, 'theirs'))).toEqual({ puts: [], deletes: [] })
})

test('I deleted it and they changed it: deleting names their version, else theirs stays', () => {
  const one = conflict({ mine: null })
  expect(sent(one, takeSide(one, 'mine')).deletes).toEqual([{ layer: 'facilities', id: 7, version: 4 }])
  expect(sent(one, takeSide(one, 'theirs'))).toEqual({ puts: [], deletes: [] })
})

test('a code that a side left out is not invented by the merge', () => {
  const one = conflict({
    base: at(1, { name: 'A', code: '1' }),
    mine: at(1, { name: 'A' }),
    theirs: at(2, { name: 'B', code: '1' }),
  })
  expect(sent(one, mergeChosen(one, {})).puts[0]?.properties).toEqual({ name: 'B' })
})
