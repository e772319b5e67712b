import { expect, test } from 'vitest'
import type { Plan } from '../../../geodata/patrols/plan.schema.ts'
import type { DraftKeeper, KeptDraft } from '../../ui/draft-keeper.ts'
import { addTeam, emptyPlan } from './plan-edits.ts'
import { createPlanStore, isChanged } from './plan-store.ts'

const SHIFT = ['2026-11-22T10:00:00.000Z', '2026-11-22T14:00:00.000Z'] as const
const begun = () => addTeam(emptyPlan('Evening', ...SHIFT), (id) => id)

function memoryKeeper(kept?: KeptDraft) {
  const memory = { kept, aside: [] as unknown[], fails: false }
  const keeper: DraftKeeper = {
    hold: () => Promise.resolve(),
    read: () => Promise.resolve(memory.kept),
    // As IndexedDB has it: a copy, as JSON.
    note: (next) => {
      memory.kept = JSON.parse(JSON.stringify(next))
    },
    write: () => (memory.fails ? Promise.reject(new Error('full')) : Promise.resolve()),
    putAside: (next) => Promise.resolve(void memory.aside.push(next)),
  }
  return { memory, keeper }
}

async function opened(kept?: KeptDraft) {
  const { memory, keeper } = memoryKeeper(kept)
  const store = createPlanStore(keeper)
  store.open()
  await new Promise((resolve) => setTimeout(resolve))
  return { memory, store }
}
const rename = (name: string) => (plan: ReturnType<typeof begun>) => ({ ...plan, name })
const stored = (version: number): Plan => ({
  ...begun(),
  id: 5,
  version,
  state: 'draft',
  createdBy: 'someone',
  createdAt: SHIFT[0],
  updatedAt: SHIFT[0],
  publishedAt: null,
  publishedVersion: null,
})

test('a plan that was never saved is there again after a reload', async () => {
  const { memory, store } = await opened()
  store.begin(begun())
  store.edit('name', rename('Mine'))
  const again = await opened(memory.kept)
  const state = again.store.getSnapshot()
  expect(state.plan?.name).toBe('Mine')
  expect(isChanged(state)).toBe(true)
})

test('a saved plan that nobody changed asks for no saving after a reload, and tells of nothing restored', async () => {
  const { memory, store } = await opened()
  store.load(stored(3))
  const state = (await opened(memory.kept)).store.getSnapshot()
  expect([isChanged(state), state.restored, state.base?.version]).toEqual([false, undefined, 3])
})

test('undo and redo go through every step, and a new edit forgets what was taken back', async () => {
  const { store } = await opened()
  store.load(stored(1))
  store.edit('name', rename('one'))
  store.edit('name', rename('two'))
  expect(store.undo()).toBe('name')
  store.undo()
  expect(store.getSnapshot().plan?.name).toBe('Evening')
  expect(isChanged(store.getSnapshot())).toBe(false)
  expect(store.undo()).toBeUndefined()
  store.redo()
  store.edit('name', rename('three'))
  expect(store.redo()).toBeUndefined()
  expect(store.getSnapshot().plan?.name).toBe('three')
})

test('what is changed while a save is on its way is still to be saved', async () => {
  const { store } = await opened()
  store.load(stored(1))
  store.edit('name', rename('sent'))
  const sent = store.getSnapshot().plan!
  store.edit('name', rename('later'))
  store.markSaved(sent, { ...stored(2), name: 'sent' })
  expect(store.getSnapshot().plan?.name).toBe('later')
  expect(isChanged(store.getSnapshot())).toBe(true)
  expect(store.getSnapshot().base?.version).toBe(2)
})

test('a kept plan that cannot be read is put aside, not thrown away', async () => {
  const kept = { savedAt: SHIFT[0], draft: { plan: { ...begun(), teams: 'none' } } }
  const { memory, store } = await opened(kept)
  expect(memory.aside).toEqual([kept])
  expect(store.getSnapshot()).toMatchObject({ status: 'ready', plan: undefined, damaged: true })
})

test('a plan put away by mistake comes back with its undo', async () => {
  const { memory, store } = await opened()
  store.begin(begun())
  store.edit('name', rename('Mine'))
  const reopen = store.close()
  expect(memory.kept?.draft).toBeNull()
  reopen()
  expect(store.getSnapshot().plan?.name).toBe('Mine')
  store.undo()
  expect(store.getSnapshot().plan?.name).toBe('Evening')
})

test('a browser that keeps nothing says so', async () => {
  const { memory, store } = await opened()
  memory.fails = true
  store.begin(begun())
  await new Promise((resolve) => setTimeout(resolve))
  expect(store.getSnapshot().unkept).toBe(true)
})
