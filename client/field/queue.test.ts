import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SyncAnswer, WalkEntryInput } from '../../geodata/walks/walk.schema.ts'
import { ApiError } from '../api/request.ts'
import { newUuid } from '../ui/new-uuid.ts'
import type { EntryStore } from './kept.ts'
import { createQueue, type Sender, type Waiting } from './queue.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function memory(): EntryStore<Waiting> {
  const kept = new Map<string, Waiting>()
  return {
    list: async () => [...kept.values()],
    put: async (items) => {
      for (const item of items) kept.set(item.id, item)
    },
    remove: async (ids) => {
      for (const id of ids) kept.delete(id)
    },
  }
}
const offline = () => new ApiError(0, 'unreachable', 'unreachable')

/** A server that keeps what it took, and may lose its answer on the way. */
function server() {
  const taken: string[] = []
  const photos: string[] = []
  const tracks: string[] = []
  const tries: string[][] = []
  const is = { online: true, losing: false }
  const refused = new Set<string>()
  const sender: Sender = {
    async sync(entries): Promise<SyncAnswer> {
      tries.push(entries.map(({ id }) => id))
      if (!is.online) throw offline()
      const answers = entries.map(({ id }) => {
        if (refused.has(id))
          return { id, state: 'refused' as const, problem: { code: 'invalid', detail: 'not on duty' } }
        const state = taken.includes(id) ? ('known' as const) : ('taken' as const)
        if (state === 'taken') taken.push(id)
        return { id, state }
      })
      if (is.losing) throw offline()
      return { entries: answers }
    },
    async photo(id) {
      if (!is.online) throw offline()
      if (refused.has(id)) throw new ApiError(413, 'too-large', 'too large')
      photos.push(id)
    },
    async track({ id }) {
      if (!is.online) throw offline()
      if (refused.has(id)) throw new ApiError(422, 'invalid-body', 'of another day')
      const positions = tracks.includes(id) ? 0 : 20
      tracks.push(id)
      if (is.losing) throw offline()
      return { positions, leftOut: 0 }
    },
  }
  return { sender, taken, photos, tracks, tries, is, refused }
}
const entry = (): WalkEntryInput => ({
  id: newUuid(),
  at: '2026-11-22T20:00:00+08:00',
  planId: 1,
  roundId: newUuid(),
  kind: 'begin',
})
const opened = async (store: EntryStore<Waiting>, sender: Sender) => {
  const queue = createQueue(store, sender, { onTaken: () => {} })
  await queue.open()
  await queue.send()
  return queue
}

test('what was done without a network outlives the page and arrives in the order in which it was done', async () => {
  const { sender, taken, is } = server()
  const store = memory()
  is.online = false
  const before = await opened(store, sender)
  const entries = [entry(), entry(), entry()]
  for (const one of entries) await before.add(one)
  await before.send()
  before.close()
  expect(before.state().items).toHaveLength(3)

  is.online = true
  const after = await opened(store, sender)
  expect(taken).toEqual(entries.map(({ id }) => id))
  expect(after.state().items).toEqual([])
  expect(await store.list()).toEqual([])
})

test('an answer that is lost does not lose the entry: it waits, is sent again and then goes', async () => {
  const { sender, taken, tries, is } = server()
  const store = memory()
  const queue = await opened(store, sender)
  is.losing = true
  const one = entry()
  await queue.add(one)
  await queue.send()
  expect(await store.list()).toHaveLength(1)
  is.losing = false
  await vi.advanceTimersByTimeAsync(120_000)
  expect(tries.filter((ids) => ids.includes(one.id)).length).toBeGreaterThan(1)
  expect(taken).toEqual([one.id])
  expect(await store.list()).toEqual([])
})

test('a server that is away is asked ever more seldom, not without end in a row', async () => {
  const { sender, tries, is } = server()
  const queue = await opened(memory(), sender)
  is.online = false
  await queue.add(entry())
  await queue.send()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(tries.length).toBeGreaterThan(8)
  expect(tries.length).toBeLessThan(20)
  queue.close()
})

test('a refused entry stays with its reason, keeps no other waiting, and goes only when it is discarded', async () => {
  const { sender, taken, refused } = server()
  const store = memory()
  const queue = await opened(store, sender)
  const [bad, good] = [entry(), entry()]
  refused.add(bad.id)
  await queue.add(bad)
  await queue.add(good)
  await queue.send()
  expect(taken).toEqual([good.id])
  expect(queue.state().items).toMatchObject([
    { id: bad.id, state: 'refused', problem: { detail: 'not on duty' } },
  ])
  refused.delete(bad.id)
  await queue.retry(bad.id)
  expect(taken).toEqual([good.id, bad.id])

  const worse = entry()
  refused.add(worse.id)
  await queue.add(worse)
  await queue.send()
  await queue.discard(worse.id)
  expect(await store.list()).toEqual([])
})

test('a photo is sent after its report, and a lost network between the two loses neither nor sends the report anew', async () => {
  const { sender, taken, photos, tries, is } = server()
  const store = memory()
  const failing: Sender = {
    ...sender,
    photo: (id, photo) => (is.losing ? Promise.reject(offline()) : sender.photo(id, photo)),
  }
  const queue = createQueue(store, failing, { onTaken: () => {} })
  await queue.open()
  const report = entry()
  const sync = failing.sync
  failing.sync = async (entries) => {
    const answer = await sync(entries)
    is.losing = true
    return answer
  }
  await queue.add(report, new Blob(['jpeg'], { type: 'image/jpeg' }))
  await queue.send()
  expect([taken, photos]).toEqual([[report.id], []])
  expect(await store.list()).toMatchObject([{ id: report.id, state: 'photo' }])
  is.losing = false
  await vi.advanceTimersByTimeAsync(120_000)
  expect(photos).toEqual([report.id])
  expect(tries.filter((ids) => ids.includes(report.id))).toHaveLength(1)
  expect(await store.list()).toEqual([])
})

const track = () => ({ ...entry(), kind: 'gpx' as const, name: 'watch.gpx' })
const file = () => new Blob(['<gpx/>'], { type: 'application/gpx+xml' })

test('a track of a watch that was chosen without a network outlives the page; an answer that is lost has it sent again', async () => {
  const { sender, tracks, is } = server()
  const store = memory()
  is.online = false
  const before = await opened(store, sender)
  const one = track()
  await before.addTrack(one, file())
  await before.send()
  before.close()
  expect(await store.list()).toMatchObject([{ id: one.id, state: 'waiting' }])
  is.online = true
  is.losing = true
  const after = await opened(store, sender)
  expect(after.state().items).toHaveLength(1)
  is.losing = false
  await vi.advanceTimersByTimeAsync(120_000)
  // The second time the server had all its positions.
  expect(tracks).toEqual([one.id, one.id])
  expect(after.state()).toMatchObject({ items: [], taken: { roundId: one.roundId, positions: 0 } })
  expect(await store.list()).toEqual([])
})

test('a track that the server refuses stays with its reason, and one whose file is gone makes no endless sending', async () => {
  const { sender, tracks, tries, refused } = server()
  const store = memory()
  const queue = await opened(store, sender)
  const one = track()
  refused.add(one.id)
  await queue.addTrack(one, file())
  await queue.send()
  expect(queue.state().items).toMatchObject([
    { id: one.id, state: 'refused', problem: { code: 'invalid-body', detail: 'of another day' } },
  ])
  refused.delete(one.id)
  await queue.retry(one.id)
  expect(tracks).toEqual([one.id])
  const lost = track()
  await store.put([{ id: lost.id, order: 1, entry: lost, state: 'waiting' }])
  queue.close()
  await opened(store, sender)
  expect([tracks, tries]).toEqual([[one.id], []])
})

test('positions that are still being gathered are not sent, but those of a page that went away are', async () => {
  const { sender, taken } = server()
  const store = memory()
  const queue = await opened(store, sender)
  const growing = entry()
  await queue.write(growing, true)
  await queue.send()
  expect(taken).toEqual([])
  queue.close()
  await opened(store, sender)
  expect(taken).toEqual([growing.id])
})

test('a thousand entries are not one request', async () => {
  const { sender, tries, taken, is } = server()
  const store = memory()
  is.online = false
  const queue = await opened(store, sender)
  const many = Array.from({ length: 1000 }, entry)
  await store.put(many.map((one, order) => ({ id: one.id, order, entry: one, state: 'waiting' as const })))
  queue.close()
  is.online = true
  await opened(store, sender)
  expect(taken).toEqual(many.map(({ id }) => id))
  expect(Math.max(...tries.map((ids) => ids.length))).toBeLessThanOrEqual(200)
})
