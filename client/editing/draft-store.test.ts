import { expect, test } from 'vitest'
import type { Edit } from '../../geodata/editing/draft.ts'
import { draftToJson } from '../../geodata/editing/draft-json.ts'
import type { DraftKeeper, KeptDraft } from '../ui/draft-keeper.ts'
import { createDraftStore, type DraftStore } from './draft-store.ts'

const point = (lng: number, name: string) => ({
  version: 1,
  geometry: { type: 'Point' as const, coordinates: [lng, 31] as [number, number] },
  properties: { name },
})
const rename = (from: string, to: string): Edit => ({
  what: 'form',
  changes: [{ layer: 'facilities', id: 7, before: point(120, from), after: point(120, to) }],
})

/** A browser's store that all tabs of a test share. */
function browser() {
  const kept: { current?: KeptDraft; aside: unknown[]; waiting: (() => void)[]; held: boolean } = {
    aside: [],
    waiting: [],
    held: false,
  }
  const keeper: DraftKeeper = {
    async hold(onWait) {
      if (kept.held) {
        onWait()
        await new Promise<void>((turn) => kept.waiting.push(turn))
      }
      kept.held = true
    },
    read: () => Promise.resolve(kept.current),
    note: () => undefined,
    write: (next) => {
      kept.current = next
      return Promise.resolve()
    },
    putAside: (copy) => {
      kept.aside.push(copy)
      return Promise.resolve()
    },
  }
  return { kept, keeper }
}

const settle = () => new Promise((done) => setTimeout(done))
async function opened(store: DraftStore) {
  store.open()
  await settle()
  return store
}

test('a page that dies right after an edit finds it again, undo and redo included', async () => {
  const { kept, keeper } = browser()
  const first = await opened(createDraftStore(keeper))
  first.apply(rename('a', 'b'))
  first.apply(rename('b', 'c'))
  first.undo()
  await settle()
  kept.held = false
  const second = await opened(createDraftStore(keeper))
  expect(second.getSnapshot().restored).toMatchObject({ changes: 1 })
  expect(second.getSnapshot().touched[0]?.now?.properties).toEqual({ name: 'b' })
  second.redo()
  expect(second.getSnapshot().touched[0]?.now?.properties).toEqual({ name: 'c' })
  second.undo()
  second.undo()
  expect(second.getSnapshot().touched).toEqual([])
})

test('a second tab neither sees nor overwrites the draft until the first is gone', async () => {
  const { kept, keeper } = browser()
  const first = await opened(createDraftStore(keeper))
  const second = await opened(createDraftStore(keeper))
  expect(second.getSnapshot().status).toBe('elsewhere')
  expect(second.apply(rename('a', 'z'))).toBe(false)
  first.apply(rename('a', 'b'))
  await settle()
  expect(kept.current?.draft).toBe(draftToJson(first.getSnapshot().draft))
  for (const turn of kept.waiting) turn()
  await settle()
  expect(second.getSnapshot()).toMatchObject({ status: 'ready', restored: { changes: 1 } })
})

test('a damaged copy is reported and kept aside, and editing goes on', async () => {
  const { kept, keeper } = browser()
  kept.current = { savedAt: '2026-11-22T06:05:00Z', draft: '{"done":[' }
  const store = await opened(createDraftStore(keeper))
  expect(store.getSnapshot()).toMatchObject({ status: 'ready', touched: [] })
  expect(store.getSnapshot().damaged).toContain('not JSON')
  expect(kept.aside).toHaveLength(1)
  expect(store.apply(rename('a', 'b'))).toBe(true)
})

test('what was thrown away comes back with its history', async () => {
  const store = await opened(createDraftStore(browser().keeper))
  store.apply(rename('a', 'b'))
  const bringBack = store.discard()
  expect(store.getSnapshot().touched).toEqual([])
  bringBack()
  expect(store.getSnapshot().touched).toHaveLength(1)
  store.undo()
  expect(store.getSnapshot().touched).toEqual([])
})

test('taking one feature back is an edit of its own and can be undone', async () => {
  const store = await opened(createDraftStore(browser().keeper))
  store.apply(rename('a', 'b'))
  store.revert('facilities', 7)
  expect(store.getSnapshot().touched).toEqual([])
  store.undo()
  expect(store.getSnapshot().touched).toHaveLength(1)
})

test('a cell taken back takes along the neighbours that moved with it, so that no gap is left', async () => {
  const store = await opened(createDraftStore(browser().keeper))
  const cell = (id: number, lng: number) => ({
    layer: 'micro-grids' as const,
    id,
    before: point(120, 'a'),
    after: point(lng, 'a'),
  })
  store.apply({ what: 'cells', changes: [cell(1, 121), cell(2, 121)] })
  store.apply({ what: 'cells', changes: [{ ...cell(2, 122), before: point(121, 'a') }, cell(3, 121)] })
  store.apply({ what: 'cells', changes: [cell(9, 121)] })
  store.revert('micro-grids', 1)
  expect(store.getSnapshot().touched.map(({ id }) => id)).toEqual([9])
  store.undo()
  expect(store.getSnapshot().touched).toHaveLength(4)
})

test('a browser that cannot keep the draft says so and loses nothing meanwhile', async () => {
  const { keeper } = browser()
  const store = await opened(createDraftStore({ ...keeper, write: () => Promise.reject(new Error('full')) }))
  store.apply(rename('a', 'b'))
  await settle()
  expect(store.getSnapshot()).toMatchObject({ unkept: true, touched: [{ id: 7 }] })
})

test('new ids are never given twice, not even after an undo', async () => {
  const store = await opened(createDraftStore(browser().keeper))
  const ids = [store.nextId(), store.nextId()]
  expect(new Set(ids).size).toBe(2)
  const after = { ...point(120, 'x'), version: null }
  store.apply({ what: 'draw', changes: [{ layer: 'facilities', id: ids[1]!, before: null, after }] })
  store.undo()
  expect(store.nextId()).toBeLessThan(ids[1]!)
})

test('what is new in a save without an answer is not made twice: nothing is changed before that save is settled', async () => {
  const { keeper } = browser()
  const attempted = new Set<string>()
  const store = await opened(createDraftStore(keeper, (changes) => attempted.has(JSON.stringify(changes))))
  store.apply(rename('a', 'b'))
  const sent = JSON.stringify(store.toChangeSet())
  attempted.add(sent)
  store.freeze()('unanswered')
  expect(store.getSnapshot().status).toBe('unanswered')
  expect(store.apply(rename('b', 'c'))).toBe(false)
  expect(store.undo()).toBeUndefined()
  store.revert('facilities', 7)
  expect(JSON.stringify(store.toChangeSet())).toBe(sent)
  // Sent again as it was, and refused: it can be corrected.
  store.freeze()('refused')
  expect(store.apply(rename('b', 'c'))).toBe(true)
})

test('a reload, or bringing back a discarded draft, is no way around a save without an answer', async () => {
  const { kept, keeper } = browser()
  const first = await opened(createDraftStore(keeper))
  first.apply(rename('a', 'b'))
  await settle()
  const sent = JSON.stringify(first.toChangeSet())
  kept.held = false
  const store = await opened(createDraftStore(keeper, (changes) => JSON.stringify(changes) === sent))
  expect(store.getSnapshot().status).toBe('unanswered')
  const bringBack = store.discard()
  expect(store.getSnapshot()).toMatchObject({ status: 'ready', touched: [] })
  bringBack()
  expect(store.getSnapshot().status).toBe('unanswered')
  store.freeze()('saved')
  expect(store.getSnapshot()).toMatchObject({ status: 'ready', touched: [] })
})
