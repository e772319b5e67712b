import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { mayRole, ROLE_NAMES, type Role } from '../../geodata/access/roles.ts'
import { hashPassword } from '../../server/access/library/password.ts'
import { createPerson } from '../../server/access/person.store.ts'
import { createToken } from '../../server/access/token.store.ts'
import { lastEventId } from '../../server/live/events.store.ts'
import type { Ask, Entry, Got } from '../support/access-entry.ts'
import { ROUTES, routeOf } from '../support/access-table.ts'
import { onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { buildTerritory, type Territory } from '../support/territory.ts'
import { sessionCookie } from '../support/visitor.ts'

const PASSWORD = 'harbour lantern seven'
const ACTOR = { name: 'test' }
/** How long a stream is listened to that does not tell what it has to. */
const STREAM_MS = 60_000

/** Whose area: that of the territory that is asked about, another, or none at all. */
const AREAS = ['own', 'other', 'none'] as const
type Area = (typeof AREAS)[number]

onBothDatabases('who may do what, where', (context) => {
  let app: TestApp
  let here: Territory
  let there: Territory
  /** Headers that sign in as a role, with the area `here` or none. */
  const signedIn = new Map<string, Record<string, string>>()
  const persons = new Map<string, number>()
  /** Requests that are to be refused: they change nothing, so one is made for all who are refused. */
  const toBeRefused = new Map<string, Ask>()
  /** What stood in the database after the last refusal; undefined: it may have changed since. */
  let untouched: string | undefined

  beforeAll(async () => {
    app = await context.appFor('as-signed-in')
    const picture = new Uint8Array(
      await sharp({ create: { width: 40, height: 30, channels: 3, background: '#369' } })
        .png()
        .toBuffer(),
    )
    here = await buildTerritory(context, { lng: 120, code: '990101001001', mark: '甲堤', picture })
    there = await buildTerritory(context, { lng: 121, code: '990101001002', mark: '乙堰', picture })
    const passwordHash = await hashPassword(PASSWORD)
    for (const role of ROLE_NAMES)
      for (const area of ['own', 'none'] as const) {
        const codes = area === 'own' ? [here.code] : []
        if (role === 'kiosk') {
          if (area === 'none') continue
          const made = await createToken(context.database.sql, ACTOR, { role }, 'everywhere', {
            kind: 'kiosk',
            name: `大屏 ${area}`,
            everywhere: false,
            area: codes,
          })
          signedIn.set(`${role} ${area}`, { authorization: `Bearer ${made.secret}` })
          continue
        }
        const username = `${role}-${area}`
        const person = await context.database.sql.begin((tx) =>
          createPerson(
            tx,
            ACTOR,
            { username, name: role, role, everywhere: role === 'administrator', area: codes },
            { passwordHash, mustChange: false },
          ),
        )
        persons.set(username, person.id)
        signedIn.set(`${role} ${area}`, await signIn(username))
      }
  })

  /** Without the work of a password. */
  async function signIn(username: string): Promise<Record<string, string>> {
    const cookie = await sessionCookie(context, persons.get(username)!)
    return { cookie: cookie.join('='), origin: 'http://localhost' }
  }

  async function send({ method, path, body, headers }: Ask, as: Record<string, string>): Promise<Got> {
    const raw = body instanceof FormData || body instanceof Uint8Array
    const leave = new AbortController()
    const last = path.startsWith('/api/v1/events') ? await lastEventId(context.database.sql) : undefined
    const response = await app.request(path, {
      method,
      headers: {
        ...as,
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: (raw ? body : JSON.stringify(body)) as BodyInit }),
      signal: leave.signal,
    })
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      const bytes = await listen(response.body!, (text) =>
        // An id is told to those, too, who do not reach what happened; a job tells what it is at once.
        last === undefined
          ? text.includes('\ndata: ')
          : [...text.matchAll(/^id: (\d+)$/gm)].some(([, id]) => Number(id) >= last),
      )
      leave.abort()
      return { status: response.status, bytes, text: new TextDecoder().decode(bytes) }
    }
    const bytes = new Uint8Array(await response.arrayBuffer())
    return { status: response.status, bytes, text: new TextDecoder().decode(bytes) }
  }

  /** Everything that a writer could have changed, in one figure. */
  async function fingerprint(): Promise<string> {
    const tables = ['community', 'grid', 'micro_grid', 'building', 'zone', 'landcover', 'road', 'facility']
    const parts = [...tables, 'checkpoint', 'hazard', 'note', 'saved_view', 'person', 'patrol_plan'].map(
      (table) => `SELECT count(*) || '/' || coalesce(sum(version), 0) AS n FROM ${table}`,
    )
    const rows = await context.database.sql.unsafe<{ n: string }[]>(
      `${[...parts, 'SELECT count(*)::text FROM photo', 'SELECT count(*)::text FROM import_batch'].join(' UNION ALL ')}`,
    )
    return rows.map(({ n }) => n).join(' ')
  }

  const showsByMark = (got: Got, { mark }: Territory) => got.status === 200 && got.text.includes(mark)

  /** Nothing, or what is wrong. */
  async function check(key: string, entry: Entry, role: Role | 'anonymous', area: Area): Promise<string[]> {
    const place = area === 'own' ? here : there
    const allowed = isAllowed(role, entry)
    const scoped = role !== 'administrator'
    const elsewhere = scoped && area !== 'own'
    const isRefused = !allowed || elsewhere
    const kept = `${key} ${place.mark}`
    let ask = isRefused ? toBeRefused.get(kept) : undefined
    if (!ask) {
      ask = await entry.ask(place)
      untouched = undefined
      if (isRefused) toBeRefused.set(kept, ask)
    }
    const own = area === 'none' ? 'none' : 'own'
    const as =
      role === 'anonymous'
        ? {}
        : entry.endsSession && role !== 'kiosk'
          ? await signIn(`${role}-${own}`)
          : signedIn.get(`${role} ${own}`)!
    const before = ask.method !== 'GET' && isRefused ? (untouched ?? (await fingerprint())) : undefined
    const got = await send(ask, as)
    if (before !== undefined) untouched = await fingerprint()
    else if (ask.method !== 'GET') untouched = undefined
    const wrong = (what: string) => [
      `${role}, ${area} area: ${key} ${what}; answered ${got.status} ${got.text.slice(0, 200)}`,
    ]
    const shows = entry.shows ?? showsByMark
    const ok =
      (entry.allowed ?? []).includes(got.status) || (!entry.allowed && got.status >= 200 && got.status < 300)

    if (got.status >= 500) return wrong('failed')
    if (!allowed) {
      const expected = role === 'anonymous' ? 401 : 403
      if (got.status !== expected) return wrong(`should be refused with ${expected}`)
      const code = role === 'anonymous' ? 'not-signed-in' : 'not-permitted'
      if (JSON.parse(got.text).code !== code) return wrong(`should be refused as ${code}`)
      if (before !== untouched && before !== undefined) return wrong('was refused and changed something')
      return []
    }
    switch (entry.concern) {
      case 'any':
        return ok ? [] : wrong('should be answered')
      case 'everywhere':
        if (!scoped) return ok ? [] : wrong('should be answered')
        return got.status === 403 || got.status === 404 ? [] : wrong('needs an area that is everywhere')
      case 'read':
        if (elsewhere) {
          if (got.status === 200 ? shows(got, place) : ![204, 404].includes(got.status))
            return wrong('shows what lies outside the area')
          return got.text.includes(there.mark) ? wrong('names what lies outside the area') : []
        }
        if (!ok || !shows(got, place)) return wrong('should show what lies in the area')
        return scoped && got.text.includes(there.mark) ? wrong('names what lies outside the area') : []
      case 'write': {
        const inArea = scoped && entry.allowedInArea ? entry.allowedInArea.includes(got.status) : ok
        if (!elsewhere) return inArea ? [] : wrong('should be done')
        if (got.status !== 403 && got.status !== 404 && !entry.refused?.(got))
          return wrong('should be refused outside the area')
        return before === untouched ? [] : wrong('was refused and changed something')
      }
    }
  }

  test('every route of the application and of its description stands in the table, and no other', async () => {
    const routes = (app as unknown as { routes: { method: string; path: string }[] }).routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${describedPath(path)}`)
    const document = JSON.parse(
      (await send({ method: 'GET', path: '/api/openapi.json' }, signedIn.get('administrator own')!)).text,
    )
    const described = Object.entries(
      document.paths as Record<string, Record<string, { 'x-permission': string }>>,
    ).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation['x-permission']] as const,
      ),
    )
    const table = new Map(Object.entries(ROUTES).map(([key, { permission }]) => [routeOf(key), permission]))
    expect([...new Set([...routes, ...described.map(([route]) => route)])].sort()).toEqual(
      [...table.keys()].sort(),
    )
    for (const [route, permission] of described)
      expect(`${route} ${permission}`).toBe(`${route} ${table.get(route)}`)
  })

  /**
   * Without an area of their own: a kiosk is always given one, an administrator reaches everything. Who may not at all is
   * refused before anyone looks where: once is enough.
   */
  const areasOf = (role: Role | 'anonymous', entry: Entry) =>
    AREAS.filter((area) => {
      if (area !== 'own' && !isAllowed(role, entry)) return false
      if (area === 'none' && (role === 'kiosk' || role === 'administrator' || role === 'anonymous'))
        return false
      return area === 'own' || (entry.concern !== 'any' && role !== 'anonymous')
    })
  const isStream = (key: string) => key.endsWith('/events')

  describe.each([...ROLE_NAMES, 'anonymous'] as const)('%s', (role) => {
    const checksOf = (wanted: (key: string) => boolean) =>
      Object.entries(ROUTES)
        .filter(([key]) => wanted(key))
        .flatMap(([key, entry]) => areasOf(role, entry).map((area) => () => check(key, entry, role, area)))

    test('is let in and refused as the table says, in every area', { timeout: 300_000 }, async () => {
      const failures: string[] = []
      const checks = checksOf((key) => !isStream(key))
      for (const run of checks) failures.push(...(await run()))
      // At once: each takes a while to tell what it has to.
      const streams = checksOf(isStream)
      failures.push(...(await Promise.all(streams.map((run) => run()))).flat())
      expect(failures).toEqual([])
      expect(checks.length + streams.length).toBeGreaterThan(100)
    })
  })
})

const isAllowed = (role: Role | 'anonymous', { permission }: Entry) =>
  role === 'anonymous' ? permission === 'public' : mayRole(role, permission)

/** A path as the API’s description writes it. */
const describedPath = (path: string) =>
  path
    .replace('/tiles/:file{[^/]+\\.json}', '/tiles/{layer}.json')
    .replace('/:file{[^/]+\\.mvt}', '/{y}.mvt')
    .replaceAll(/:(\w+)/g, '{$1}')

/** What a stream tells until it has told what is wanted, or ends. */
async function listen(
  stream: ReadableStream<Uint8Array>,
  isTold: (text: string) => boolean,
): Promise<Uint8Array> {
  const reader = stream.getReader()
  const timer = setTimeout(() => void reader.cancel(), STREAM_MS)
  let told = Buffer.alloc(0)
  while (!isTold(told.toString())) {
    const { value, done } = await reader.read()
    if (done) break
    told = Buffer.concat([told, value])
  }
  clearTimeout(timer)
  await reader.cancel()
  return told
}
