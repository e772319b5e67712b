import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freshnessOf } from '../../geodata/walls/freshness.ts'
import { SOURCES, type SourceId, type WallBeat, type WallSource } from '../../geodata/walls/source.schema.ts'
import { DIST } from '../platform/static.ts'
import type { Outbox } from './outbox.ts'

/** The database is asked every second: it is down when it refused, or said nothing for so long. */
const SILENT_MS = 5000

/** Makes what a wall is told with each beat, out of what this process knows without asking anybody. */
export function createBeat(outbox: Outbox): (beatSeconds: number) => WallBeat {
  let build: string | null = null
  readBuild().then((read) => {
    build = read
  })
  return (beatSeconds) => {
    const nowMs = Date.now()
    const { lastId, lastAt, answeredAtMs, hasFailed } = outbox.state()
    const isDown = hasFailed || nowMs - answeredAtMs > SILENT_MS
    const at = new Date(nowMs).toISOString()
    const answeredAt = new Date(answeredAtMs).toISOString()
    const source = (
      id: SourceId,
      heartbeatAt: string,
      dataAt: string | null,
      intervalSeconds: number = SOURCES[id].beatSeconds,
    ): WallSource => {
      const known = { id, heartbeatAt, dataAt, intervalSeconds, knownAt: at, isIdle: false }
      return { ...known, state: freshnessOf(known, nowMs) }
    }
    return {
      at,
      lastEventId: lastId,
      database: { state: isDown ? 'down' : 'ok', since: isDown ? answeredAt : null },
      sources: [
        source('server', at, at, beatSeconds),
        source('database', answeredAt, answeredAt),
        source('events', answeredAt, lastAt),
      ],
      build,
    }
  }
}

/** Names the built pages; null where none are built. Every other part of them is named in this one by what it holds. */
export async function readBuild(folder = DIST): Promise<string | null> {
  for (const page of ['wall.html', 'index.html']) {
    const html = await readFile(join(folder, page)).catch(() => undefined)
    if (html) return createHash('sha256').update(html).digest('base64url').slice(0, 12)
  }
  return null
}
