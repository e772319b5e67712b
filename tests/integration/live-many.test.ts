import { expect, test } from 'vitest'
import { lastEventId, recordEvents, TOLD } from '../../server/live/events.store.ts'
import { listen } from '../support/listen.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { openReaders } from '../support/sse-readers.ts'

const READERS = 30
const EVENTS = 200
const AT_ONCE = 5

onBothDatabases('many readers', (context) => {
  /** Writes events, a few in each transaction, as other processes would: nobody is woken. */
  async function write(count: number): Promise<number> {
    const { sql } = context.database
    for (let at = 0; at < count; at += AT_ONCE)
      await sql.begin((tx) =>
        recordEvents(
          tx,
          { name: 'elsewhere' },
          Array.from({ length: AT_ONCE }, (_, i) => ({
            ...{ kind: 'put' as const, layer: 'hazards' as const, featureId: at + i + 1, version: 1 },
            box: [121.4737012, 31.2304161, 121.4737012, 31.2304161] as [number, number, number, number],
          })),
        ),
      )
    return lastEventId(sql)
  }

  test('each hears every event once and in order, also those that happened while the server was away', async () => {
    const { sql } = context.database
    const first = await lastEventId(sql)
    let server = await listen(context.deps)
    const many = openReaders(server.url, READERS, {})
    try {
      await many.connected()
      await many.until(await write(EVENTS / 4))
      // Killed while events are on their way.
      const writing = write(EVENTS / 4)
      await server.kill()
      await writing
      await write(EVENTS / 4)
      server = await listen(context.deps, server.port)
      const last = await write(EVENTS / 4)
      await many.until(last)
      const rows = await sql<{ id: number }[]>`
        SELECT id FROM event WHERE id > ${first} AND ${sql.unsafe(TOLD)} ORDER BY id`
      const all = rows.map(({ id }) => id)
      expect(all).toHaveLength(EVENTS)
      for (const { ids, connections, resets } of many.readers) {
        expect(ids).toEqual(all)
        expect([connections >= 2, resets]).toEqual([true, 0])
      }
    } finally {
      many.close()
      await server.kill()
    }
  })
})
