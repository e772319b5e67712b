import { expect, test } from 'vitest'
import type { Sql } from '../platform/database.ts'
import { eventStream, type WallReader } from './event-stream.ts'
import type { Outbox } from './outbox.ts'
import type { PushEvent } from './wall-events.store.ts'

const row = (id: number) => ({
  ...{ id, at: new Date(0), kind: 'put', layer: 'hazards', feature_id: id, version: 1, told: null },
  ...{ batch_id: null, actor: 'test', west: null, south: null, east: null, north: null },
})

/** A database that answers each question for events with the next of these, once it is let. */
function answering(...answers: Promise<object[]>[]): Sql {
  let asked = 0
  const sql = () => answers[Math.min(asked++, answers.length - 1)]
  return Object.assign(sql, { unsafe: (text: string) => text }) as unknown as Sql
}

function outboxAt(lastId: () => number): Outbox {
  const state = () => ({
    ...{ lastId: lastId(), lastAt: null, readers: 0, answeredAtMs: Date.now(), hasFailed: false },
  })
  return { subscribe: () => () => {}, wake() {}, settled: () => undefined, state, close() {} }
}

const common = {
  ...{ reach: 'everywhere' as const, select: async () => [], signal: new AbortController().signal },
}

async function readUntil(stream: ReadableStream<Uint8Array>, wanted: RegExp): Promise<string> {
  const reader = stream.pipeThrough(new TextDecoderStream() as never).getReader()
  let text = ''
  while (!wanted.test(text)) {
    const { done, value } = await reader.read()
    if (done) break
    text += value
  }
  await reader.cancel()
  return text
}

test('an answer that readers share and that is older than one of them is not taken for all that it missed', async () => {
  let lastId = 4
  const outbox = outboxAt(() => lastId)
  let answer: (rows: object[]) => void = () => {}
  const held = new Promise<object[]>((resolve) => {
    answer = resolve
  })
  const sql = answering(held, Promise.resolve([row(5)]))
  const early = eventStream({ ...common, sql, outbox, after: 4 })
  // Handed out to those who listened: the second reader came too late for it, and for the question as well.
  lastId = 5
  const late = eventStream({ ...common, sql, outbox, after: 4 })
  answer([])
  expect(await readUntil(late, /\ndata: /)).toContain('id: 5\nevent: put\n')
  await early.cancel()
})

test('a reader that is cut off before its first event knows where it goes on from', async () => {
  const sql = answering(Promise.resolve([]), Promise.resolve([{ last: 7 }]))
  const stream = eventStream({ ...common, sql, outbox: outboxAt(() => 7), after: 7 })
  expect(await readUntil(stream, /\nid: /)).toBe('retry: 3000\n\nid: 7\n\n')
})

const push = (id: number, until: number, more: Partial<PushEvent['told']['push']> = {}): PushEvent => ({
  ...{ id, at: new Date(0).toISOString(), actor: 'chief', kind: 'wall' },
  told: {
    walls: ['大厅'],
    push: {
      ...{ by: 'chief', at: new Date(0).toISOString(), until: new Date(until).toISOString() },
      push: { kind: 'message', text: `第 ${id} 条`, isUrgent: false, until: new Date(until).toISOString() },
      ...more,
    },
  },
})
const pushRow = (event: PushEvent) => ({ ...row(event.id), kind: 'wall', told: event.told })
const wallReader = (more: Partial<WallReader> = {}): WallReader => ({
  ...{ name: '大厅', beatMs: 20, beat: () => ({ at: 'now' }), inForce: [], ...more },
})

test('a wall is not told what is over, and no other reader what is sent to walls', async () => {
  const events = [push(5, Date.now() - 1), push(6, Date.now() + 60_000)]
  const open = (wall: WallReader | undefined) => {
    const sql = answering(Promise.resolve(events.map(pushRow)))
    return readUntil(eventStream({ ...common, sql, outbox: outboxAt(() => 6), after: 4, wall }), /id: 6\n/)
  }
  const told = await open(wallReader())
  expect(told).toContain('第 6 条')
  expect(told).not.toContain('第 5 条')
  expect(await open(wallReader({ name: '门卫室' }))).not.toContain('第')
  expect(await open(undefined)).not.toContain('第')
})

test('what was in force before a wall opened does not become what it goes on from', async () => {
  const wall = wallReader({ inForce: [push(3, Date.now() + 60_000)] })
  const sql = answering(Promise.resolve([]), Promise.resolve([{ last: 7 }]))
  const told = await readUntil(
    eventStream({ ...common, sql, outbox: outboxAt(() => 7), after: 7, wall }),
    /id: 7\n/,
  )
  expect(told).toContain('第 3 条')
  expect(told).not.toContain('id: 3')
})

test('beats go on while the database does not answer, and end when the token is revoked, which is said', async () => {
  const sql = answering(new Promise(() => {}))
  let isStillGood: () => Promise<boolean> = () => Promise.reject(new Error('no database'))
  const stream = eventStream({
    ...{ ...common, sql, outbox: outboxAt(() => 7), after: 7, wall: wallReader() },
    isStillGood: () => isStillGood(),
  })
  const [first, second] = stream.tee()
  await readUntil(first, /(event: beat[\s\S]*){3}/)
  isStillGood = async () => false
  const told = await readUntil(second, /never/)
  expect(told).toMatch(/event: refused\ndata: \{"code":"not-signed-in",.*\}\n\n$/)
})
