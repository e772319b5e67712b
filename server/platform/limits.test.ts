import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { Problem } from '../../geodata/shared/problem.ts'
import { ADMINISTRATOR } from '../../tests/support/administrator.ts'
import type { AppEnv } from '../access/app-env.ts'
import { acceptBody, inTurn, limitBody, limits, signalOf, timeLimit } from './limits.ts'
import { problemResponse } from './problem.ts'
import { createRateLimit } from './rate-limit.ts'
import { createTurns } from './turns.ts'

const STANDARD = { requestsPerSecond: 0, heavyJobs: 1, requestSeconds: 30 }

function appWith(given: Partial<typeof STANDARD> = {}) {
  const app = new Hono<AppEnv>()
  app.onError((error, context) => problemResponse(context, error))
  app.use(async (context, next) => {
    const person = context.req.header('person')
    context.set('identity', { ...ADMINISTRATOR, personId: person === undefined ? undefined : Number(person) })
    await next()
  })
  app.use(limits({ ...STANDARD, ...given }))
  return app
}

const problem = (): Response => {
  throw new Problem('not-found', 'It is not there.')
}
const tick = () => new Promise((resolve) => setTimeout(resolve, 5))

test('a bucket fills again as time goes by, and never beyond its size', () => {
  let now = 0
  const wait = createRateLimit(10, 3, () => now)
  expect([wait('a'), wait('a'), wait('a'), wait('a')]).toEqual([0, 0, 0, 0.1])
  expect(wait('b')).toBe(0)
  now = 100
  expect([wait('a'), wait('a')]).toEqual([0, 0.1])
  now = 1_000_000
  expect([wait('a'), wait('a'), wait('a'), wait('a')]).toEqual([0, 0, 0, 0.1])
})

test('a person who asks too much is refused by all their addresses, others and tiles are not', async () => {
  const app = appWith({ requestsPerSecond: 1 })
  app.get('*', (context) => context.text('ok'))
  const ask = (path: string, person: string) => app.request(path, { headers: { person } })
  for (let request = 0; request < 5; request++) expect((await ask('/api/v1/roads', '1')).status).toBe(200)
  const refused = await ask('/api/v1/communities', '1')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('1')
  expect((await ask('/api/v1/roads', '2')).status).toBe(200)
  expect((await ask('/tiles/roads/1/1/1.mvt', '1')).status).toBe(200)
})

test('tiles with a filter, of which there are any number to be made anew, are counted', async () => {
  const app = appWith({ requestsPerSecond: 1 })
  app.get('*', (context) => context.text('ok'))
  const ask = (at: number) => app.request(`/tiles/roads/1/1/1.mvt?q=${at}`, { headers: { person: '1' } })
  for (let request = 0; request < 5; request++) expect((await ask(request)).status).toBe(200)
  expect((await ask(5)).status).toBe(429)
})

test('turns end in the order in which they were asked for, each key by itself', async () => {
  const take = createTurns(1, 2)
  const never = new AbortController().signal
  const log: string[] = []
  const endFirst = await take('a', never)
  const second = take('a', never).then((end) => {
    log.push('second')
    return end
  })
  const third = take('a', never).then((end) => {
    log.push('third')
    return end
  })
  await expect(take('a', never)).rejects.toMatchObject({ code: 'too-many-requests' })
  ;(await take('b', never))()
  expect(log).toEqual([])
  endFirst()
  endFirst()
  const endSecond = await second
  await tick()
  expect(log).toEqual(['second'])
  endSecond()
  ;(await third)()
  expect(log).toEqual(['second', 'third'])
  ;(await take('a', never))()
})

test('whoever goes away while waiting leaves the line, and the next one gets the turn', async () => {
  const take = createTurns(1, 5)
  const gone = new AbortController()
  const endFirst = await take('a', new AbortController().signal)
  const leaving = take('a', gone.signal)
  const next = take('a', new AbortController().signal)
  gone.abort()
  await expect(leaving).rejects.toMatchObject({ code: 'unavailable' })
  endFirst()
  ;(await next)()
})

/** An export that gives a piece each time it is asked for one. */
function exportApp() {
  const app = appWith()
  let cancelled = 0
  app.get('/api/x', inTurn, () => {
    let pieces = 0
    return new Response(
      new ReadableStream(
        {
          pull(controller) {
            if (++pieces > 3) controller.close()
            else controller.enqueue(new TextEncoder().encode('piece '))
          },
          cancel() {
            cancelled++
          },
        },
        { highWaterMark: 0 },
      ),
    )
  })
  return { app, cancelled: () => cancelled }
}

test('a download holds its turn until it is read to the end', async () => {
  const { app } = exportApp()
  const first = await app.request('/api/x')
  let isThere = false
  const second = Promise.resolve(app.request('/api/x')).then((response) => {
    isThere = true
    return response
  })
  await tick()
  expect(isThere).toBe(false)
  expect(await first.text()).toBe('piece piece piece ')
  expect(await (await second).text()).toBe('piece piece piece ')
})

test('an answer that is whole, such as a refusal, holds no turn while nobody reads it', async () => {
  const app = appWith()
  app.get('/api/x', inTurn, (context) => context.json({ whole: true }))
  app.get('/api/y', inTurn, () => problem())
  for (const path of ['/api/x', '/api/y', '/api/x', '/api/y'])
    expect((await app.request(path)).status).toBe(path === '/api/x' ? 200 : 404)
})

test('a download that is broken off, or only asked for by HEAD, gives its turn back', async () => {
  const { app, cancelled } = exportApp()
  await (await app.request('/api/x')).body!.cancel()
  await app.request('/api/x', { method: 'HEAD' })
  expect(cancelled()).toBe(2)
  expect(await (await app.request('/api/x')).text()).toBe('piece piece piece ')
})

test('work that takes too long is answered for and told to stop', async () => {
  const app = appWith()
  let stopped: unknown
  app.get('/api/slow', timeLimit(0.02), async (context) => {
    const signal = signalOf(context)
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    stopped = signal.reason
    return context.text('too late')
  })
  const response = await app.request('/api/slow')
  expect(response.status).toBe(503)
  expect(((await response.json()) as { detail: string }).detail).toContain('0.02 s')
  await tick()
  expect(stopped).toMatchObject({ code: 'unavailable' })
})

test('a form that another site sends is no JSON, whatever it says inside', async () => {
  const app = appWith()
  app.post('/api/x', acceptBody(['application/json']), async (context) =>
    context.json(await context.req.json()),
  )
  const post = async (type: string | undefined) => {
    const body = new Blob(['{}'])
    const headers = { 'content-length': '2', ...(type === undefined ? {} : { 'content-type': type }) }
    return (await app.request('/api/x', { method: 'POST', headers, body })).status
  }
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    undefined,
  ])
    expect([type, await post(type)]).toEqual([type, 415])
  for (const type of ['application/json', 'Application/JSON; charset=utf-8', 'application/merge-patch+json'])
    expect([type, await post(type)]).toEqual([type, 200])
})

test('whoever is not signed in may send little', async () => {
  const app = appWith()
  app.post('/api/in', limitBody(true), (context) => context.text('ok'))
  app.post('/api/edit', limitBody(false), (context) => context.text('ok'))
  const post = async (path: string, bytes: number) =>
    (await app.request(path, { method: 'POST', body: 'x'.repeat(bytes) })).status
  expect(await post('/api/in', 60_000)).toBe(200)
  expect(await post('/api/in', 70_000)).toBe(413)
  expect(await post('/api/edit', 70_000)).toBe(200)
  expect(await post('/api/edit', 9_000_000)).toBe(413)
})
