import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { TileCache } from '../tiles/tile-cache.ts'
import type { Deps } from './deps.ts'
import { readDatabaseState } from './metrics.store.ts'
import type { Answered } from './observe.ts'

export interface Metrics {
  answered(answer: Answered): void
  /** The text that Prometheus reads. */
  text(): Promise<string>
  contentType: string
}

const SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** A database that does not answer must not keep the figures of the rest back. */
const DATABASE_MS = 2000

/** Figures of the running server. What others count anyway is read when it is asked for. */
export function createMetrics({ database, outbox }: Deps, tiles: TileCache): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'gridward_http_request_seconds',
    help: 'Time until an answer begins, by route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers,
  })
  const counter = (name: string, help: string) => new Counter({ name, help, registers })
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const hits = counter('gridward_tile_cache_hits_total', 'Tiles answered from the cache')
  const misses = counter('gridward_tile_cache_misses_total', 'Tiles made')
  const shared = counter(
    'gridward_tile_cache_shared_total',
    'Requests that joined a tile that was being made',
  )
  const purged = counter('gridward_tile_cache_purged_total', 'Tiles forgotten because of a change')
  const held = gauge('gridward_tile_cache_tiles', 'Tiles held')
  const bytes = gauge('gridward_tile_cache_bytes', 'Memory of the tiles held, roughly')
  const readers = gauge('gridward_event_readers', 'Open event streams')
  const waiting = gauge('gridward_events_waiting', 'Events that were written and not yet handed out here')
  const lag = gauge('gridward_event_lag_seconds', 'Age of the oldest event not yet handed out here')
  const up = gauge('gridward_database_up', '1 when the database answered')
  const connections = new Gauge({
    name: 'gridward_database_connections',
    help: 'Connections of this application to the database, of all its processes, by state',
    labelNames: ['state'] as const,
    registers,
  })
  let hasDefaults = false

  function readTiles(): void {
    const stats = tiles.stats()
    const totals = [
      [hits, stats.hits],
      [misses, stats.misses],
      [shared, stats.shared],
      [purged, stats.purged],
    ] as const
    for (const [metric, total] of totals) {
      metric.reset()
      metric.inc(total)
    }
    held.set(stats.tiles)
    bytes.set(stats.bytes)
  }

  async function readDatabase(): Promise<void> {
    const { lastId, readers: open } = outbox.state()
    readers.set(open)
    const state = await Promise.race([
      readDatabaseState(database, lastId).catch(() => undefined),
      new Promise<undefined>((resolve) => setTimeout(resolve, DATABASE_MS, undefined).unref()),
    ])
    up.set(state ? 1 : 0)
    connections.reset()
    for (const { state: name, count } of state?.connections ?? []) connections.set({ state: name }, count)
    if (!state) return
    waiting.set(state.waitingEvents)
    lag.set(state.waitingSeconds)
  }

  return {
    contentType: registry.contentType,
    answered: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    async text() {
      // They watch the process, which is for nothing until somebody asks.
      if (!hasDefaults) collectDefaultMetrics({ register: registry })
      hasDefaults = true
      readTiles()
      await readDatabase()
      return registry.metrics()
    },
  }
}
