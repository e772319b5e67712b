import { expect, test } from 'vitest'
import { ADMINISTRATOR } from '../support/administrator.ts'
import { callApi } from '../support/call-api.ts'
import { type DatabaseContext, onBothDatabases } from '../support/on-both-databases.ts'

const VIEWER = { ...ADMINISTRATOR, kind: 'person', role: 'viewer', name: 'viewer', personId: 7 } as const
const NOBODY = {
  ...ADMINISTRATOR,
  kind: 'anonymous',
  role: undefined,
  name: 'anonymous',
  layers: new Set<never>(),
} as const

const figure = (text: string, name: string): number => {
  const line = text.split('\n').find((entry) => entry.startsWith(name))
  return Number(line?.split(' ').at(-1))
}

async function metrics(context: DatabaseContext): Promise<string> {
  const response = await (await context.app()).request('/metrics')
  expect(response.headers.get('content-type')).toContain('text/plain')
  return response.text()
}

onBothDatabases('The edges', (context) => {
  const call = callApi(context)
  const road = {
    type: 'Feature',
    geometry: {
      type: 'LineString',
      coordinates: [
        [121.5, 31.2],
        [121.501, 31.2],
      ],
    },
    properties: { name: '槐荫路', kind: 'main' },
  }

  test('figures tell requests by route and not by address, tiles, and the database', async () => {
    const app = await context.app()
    await call('GET', '/roads/1')
    await call('GET', '/roads/2')
    await app.request('/secret-in-a-path')
    const text = await metrics(context)
    expect(
      figure(
        text,
        'gridward_http_request_seconds_count{method="GET",route="/api/v1/roads/:id",status="404"}',
      ),
    ).toBe(2)
    expect(text).not.toContain('secret-in-a-path')
    expect(figure(text, 'gridward_database_up')).toBe(1)
    expect(figure(text, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000)
    expect(text).toMatch(/gridward_database_connections\{state="\w+"\} [1-9]/)
  })

  test('figures count what the tile cache does and who reads events', async () => {
    const app = await context.app()
    expect((await call('POST', '/roads', road)).status).toBe(201)
    const before = await metrics(context)
    const { x, y } = tileOf(121.5005, 31.2)
    expect((await app.request(`/tiles/roads/14/${x}/${y}.mvt`)).status).toBe(200)
    expect((await app.request(`/tiles/roads/14/${x}/${y}.mvt`)).status).toBe(200)
    const stream = await app.request('/api/v1/events')
    const during = await metrics(context)
    const rise = (name: string) => figure(during, name) - figure(before, name)
    expect(rise('gridward_tile_cache_misses_total')).toBe(1)
    expect(rise('gridward_tile_cache_hits_total')).toBe(1)
    expect(rise('gridward_event_readers')).toBe(1)
    expect(figure(during, 'gridward_tile_cache_bytes')).toBeGreaterThan(0)
    await stream.body!.cancel()
    expect(figure(await metrics(context), 'gridward_event_readers')).toBe(
      figure(before, 'gridward_event_readers'),
    )
  })

  test('an event that was written elsewhere and not yet handed out is waiting', async () => {
    const { outbox } = context.deps
    const state = outbox.state
    try {
      outbox.state = () => ({ ...state(), lastId: 0 })
      const text = await metrics(context)
      expect(figure(text, 'gridward_events_waiting')).toBeGreaterThan(0)
      expect(figure(text, 'gridward_event_lag_seconds')).toBeGreaterThan(0)
    } finally {
      outbox.state = state
    }
  })

  test('health is for anyone, figures are for those who operate, the description for those who are signed in', async () => {
    const statuses = async (identity: typeof VIEWER | typeof NOBODY) => {
      const app = await context.appFor(identity)
      const paths = ['/healthz', '/readyz', '/metrics', '/api/openapi.json', '/api/docs']
      return Promise.all(paths.map(async (path) => (await app.request(path)).status))
    }
    expect(await statuses(NOBODY)).toEqual([200, 200, 401, 401, 401])
    expect(await statuses(VIEWER)).toEqual([200, 200, 403, 200, 200])
  })

  test('every path that is answered is described and states its permission', async () => {
    const app = (await context.appFor(ADMINISTRATOR)) as unknown as {
      routes: { method: string; path: string }[]
    }
    const { body } = { body: await (await (await context.app()).request('/api/openapi.json')).json() }
    const described = new Set<string>()
    for (const [path, methods] of Object.entries(body.paths as Record<string, Record<string, unknown>>))
      for (const [method, operation] of Object.entries(methods)) {
        expect(operation, `${method} ${path}`).toHaveProperty('x-permission')
        described.add(`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
      }
    // Their suffixes are beyond what a described route matches; tests of tiles ask for them as nobody.
    const plain = [
      'GET /tiles/:file{[^/]+\\.json}',
      'GET /tiles/:layer/:z/:x/:file{[^/]+\\.mvt}',
      'GET /tiles/analyses/:z/:x/:file{[^/]+\\.mvt}',
      'GET /tiles/patrol-routes/:z/:x/:file{[^/]+\\.mvt}',
    ]
    const answered = app.routes.filter(({ method }) => method !== 'ALL')
    const strays = answered
      .map(({ method, path }) => `${method} ${path}`)
      .filter((entry) => !described.has(entry))
    expect([...new Set(strays)].sort()).toEqual(plain)
    const nobody = await context.appFor(NOBODY)
    for (const layer of ['roads', 'patrol-routes'])
      for (const path of [`/tiles/${layer}.json`, `/tiles/${layer}/14/1/1.mvt`])
        expect((await nobody.request(path)).status, path).toBe(401)
  })

  test('long statements of the server are ended, those of commands are not', async () => {
    if (context.engine !== 'postgres') return
    const [row] = await context.database.sql<[{ statement_timeout: string }]>`SHOW statement_timeout`
    expect(row.statement_timeout).toBe('1min')
  })
})

function tileOf(lng: number, lat: number): { x: number; y: number } {
  const size = 2 ** 14
  const x = Math.floor(((lng + 180) / 360) * size)
  const radians = (lat * Math.PI) / 180
  const y = Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * size)
  return { x, y }
}
