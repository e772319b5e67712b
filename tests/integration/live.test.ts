import { expect, test } from 'vitest'
import { eventStream } from '../../server/live/event-stream.ts'
import { lastEventId, recordEvents } from '../../server/live/events.store.ts'
import { createSelectEvents } from '../../server/live/scoped-events.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'

interface Message {
  id?: string
  event?: string
  data?: unknown
}

/** Reads a stream until it has given `count` events, or ends. `heard`: called for each as it comes. */
async function readEvents(
  stream: ReadableStream<Uint8Array>,
  count: number,
  heard: (message: Message) => void = () => {},
): Promise<Message[]> {
  const messages: Message[] = []
  let text = ''
  const reader = stream.pipeThrough(new TextDecoderStream() as never).getReader()
  while (messages.length < count) {
    const { done, value } = await reader.read()
    if (done) break
    text += value
    const blocks = text.split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s)))
      if (!fields.data) continue
      const message: Message = { ...fields, data: JSON.parse(fields.data) }
      messages.push(message)
      heard(message)
    }
  }
  await reader.cancel()
  return messages
}

onBothDatabases('live events', (context) => {
  async function change(...featureIds: number[]) {
    await context.database.sql.begin((tx) =>
      recordEvents(
        tx,
        { name: 'test' },
        featureIds.map((featureId) => ({
          kind: 'put',
          layer: 'buildings',
          featureId,
          version: 2,
          box: [121, 31, 121.1, 31.1],
        })),
      ),
    )
    context.deps.outbox.wake()
  }
  const whole = () => ({ reach: 'everywhere', select: createSelectEvents(context.database.sql) }) as const
  const open = async (headers: Record<string, string> = {}, query = '') =>
    (await context.app()).request(`/api/v1/events${query}`, { headers })

  test('a reader gets what changes from now on, with layer, id, version and box', async () => {
    await change(1)
    const response = await open()
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const reading = readEvents(response.body!, 2)
    await change(2, 3)
    const messages = await reading
    expect(messages.map(({ event, data }) => ({ event, data }))).toEqual(
      [2, 3].map((featureId) => ({
        event: 'put',
        data: { layer: 'buildings', featureId, version: 2, box: [121, 31, 121.1, 31.1] },
      })),
    )
    expect(Number(messages[1]!.id)).toBe(Number(messages[0]!.id) + 1)
  })

  test('a reader that comes back gets what it missed and what comes, each once', async () => {
    await change(10)
    const [row] = await context.database.sql`SELECT max(id)::bigint AS id FROM event`
    await change(11, 12)
    const reading = readEvents((await open({ 'last-event-id': String(row!.id) })).body!, 4)
    await change(13)
    await change(14)
    const ids = (await reading).map(({ data }) => (data as { featureId: number }).featureId)
    expect(ids).toEqual([11, 12, 13, 14])
  })

  test('a reader that missed too much is told to load again instead', async () => {
    await change(...Array.from({ length: 1100 }, (_, i) => i + 1))
    const [message] = await readEvents((await open({ 'last-event-id': '0' })).body!, 1)
    expect(message!.event).toBe('reset')
    const [row] = await context.database.sql`SELECT max(id)::bigint AS id FROM event`
    expect(message!.id).toBe(String(row!.id))
  })

  test('a reader whose last id is not of this database is told to load again, and then hears what comes', async () => {
    const last = await lastEventId(context.database.sql)
    const { body } = await open({ 'last-event-id': String(last + 5000) })
    // The id of the change is below the one that the reader came with.
    const messages = await readEvents(body!, 2, ({ event }) => void (event === 'reset' && change(20)))
    expect(messages).toMatchObject([
      { event: 'reset', id: String(last) },
      { event: 'put', data: { featureId: 20 } },
    ])
  })

  test('what changes between loading and connecting is not lost, and Last-Event-ID wins over after', async () => {
    const loaded = await lastEventId(context.database.sql)
    await change(30)
    const [first] = await readEvents((await open({}, `?after=${loaded}`)).body!, 1)
    expect(first).toMatchObject({ data: { featureId: 30 } })
    await change(31)
    const [second] = await readEvents(
      (await open({ 'last-event-id': first!.id! }, `?after=${loaded}`)).body!,
      1,
    )
    expect(second).toMatchObject({ data: { featureId: 31 } })
  })

  test('a Last-Event-ID or after that is no number is refused', async () => {
    for (const response of [await open({ 'last-event-id': 'yesterday' }), await open({}, '?after=-1')]) {
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ code: 'invalid-parameter' })
    }
  })

  test('a reader that does not read is cut off instead of filling memory', async () => {
    const { sql } = context.database
    const [row] = await sql`SELECT max(id)::bigint AS id FROM event`
    const stream = eventStream({
      sql,
      outbox: context.deps.outbox,
      after: row!.id,
      ...whole(),
      signal: new AbortController().signal,
      bufferBytes: 1000,
    })
    for (let i = 0; i < 20; i++) {
      await change(i + 1)
      await context.deps.outbox.settled()
    }
    const messages = await readEvents(stream, 20)
    expect(messages.length).toBeGreaterThan(0)
    expect(messages.length).toBeLessThan(10)
  })

  test('the stream ends when the reader leaves and when the server closes', async () => {
    const { sql } = context.database
    const gone = new AbortController()
    const listeners = new Set<() => void>()
    const outbox = {
      ...context.deps.outbox,
      subscribe(_listener: unknown, closed?: () => void) {
        listeners.add(closed!)
        return () => void listeners.delete(closed!)
      },
    }
    const options = { sql, outbox, after: await lastEventId(sql), ...whole() }
    const first = eventStream({ ...options, signal: gone.signal })
    const second = eventStream({ ...options, signal: new AbortController().signal })
    expect(listeners.size).toBe(2)
    gone.abort()
    expect(await readEvents(first, 1)).toEqual([])
    expect(listeners.size).toBe(1)
    for (const closed of listeners) closed()
    expect(await readEvents(second, 1)).toEqual([])
    expect(listeners.size).toBe(0)
  })

  test('heartbeats keep a quiet stream alive', async () => {
    const stream = eventStream({
      sql: context.database.sql,
      outbox: context.deps.outbox,
      after: await lastEventId(context.database.sql),
      ...whole(),
      signal: new AbortController().signal,
      heartbeatMs: 20,
    })
    const reader = stream.getReader()
    let text = ''
    while (!text.includes(': still here')) text += new TextDecoder().decode((await reader.read()).value)
    expect(text).toMatch(/^retry: 3000\n\n/)
    await reader.cancel()
  })

  test('a reader who may not read any more is cut off', async () => {
    let good = true
    const stream = eventStream({
      sql: context.database.sql,
      outbox: context.deps.outbox,
      after: await lastEventId(context.database.sql),
      ...whole(),
      signal: new AbortController().signal,
      heartbeatMs: 20,
      isStillGood: async () => good,
    })
    const reader = stream.getReader()
    let text = ''
    while (text.split(': still here').length < 4)
      text += new TextDecoder().decode((await reader.read()).value)
    good = false
    let done = false
    while (!done) done = (await reader.read()).done
  })

  test('a write by another process is heard without a wake', async () => {
    const reading = readEvents((await open()).body!, 1)
    await context.database.sql.begin((tx) =>
      recordEvents(tx, { name: 'elsewhere' }, [{ kind: 'delete', layer: 'roads', featureId: 9 }]),
    )
    expect(await reading).toMatchObject([{ event: 'delete', data: { layer: 'roads', featureId: 9 } }])
  })
})
