import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { OpenWall, WallPushed } from '../../geodata/walls/open-wall.schema.ts'
import type { WallBeat } from '../../geodata/walls/source.schema.ts'
import type { Identity } from '../../server/access/identity.ts'
import { createToken, revokeToken } from '../../server/access/token.store.ts'
import { startOutbox } from '../../server/live/outbox.ts'
import type { Deps } from '../../server/platform/deps.ts'
import { askedBy } from '../support/administrator.ts'
import { onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { pastHazard } from '../support/past-hazard.ts'
import { client, smallHierarchy } from '../support/small-hierarchy.ts'
import { cells, clientOf, supervisor } from '../support/writer.ts'

interface Message {
  event: string
  data: unknown
}

/** Opens a stream; `next` gives the first message of a kind that has not been given yet. */
async function listenTo(app: TestApp, query: string, headers: Record<string, string> = {}) {
  const leave = new AbortController()
  const response = await app.request(`/api/v1/events${query}`, { headers, signal: leave.signal })
  expect(response.status).toBe(200)
  const reader = response.body!.pipeThrough(new TextDecoderStream() as never).getReader()
  const heard: Message[] = []
  let text = ''
  async function next<T>(event: string): Promise<T> {
    for (;;) {
      const at = heard.findIndex((message) => message.event === event)
      if (at >= 0) return heard.splice(at, 1)[0]!.data as T
      const { done, value } = await reader.read()
      if (done) throw new Error(`The stream ended before “${event}”.`)
      const blocks = (text + value).split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s)))
        if (fields.data) heard.push({ event: fields.event, data: JSON.parse(fields.data) })
      }
    }
  }
  const close = async () => {
    leave.abort()
    await reader.cancel().catch(() => {})
  }
  return { next, heard, close }
}

const status = (name: string, more: object = {}) => ({
  ...{ wall: randomUUID(), name, screen: { widthPixels: 1920, heightPixels: 1080 } },
  ...more,
})
const until = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

onBothDatabases('walls that listen', (context) => {
  const all = client(context)
  let area: Awaited<ReturnType<typeof smallHierarchy>>
  const reachWest = () => [cells({ grids: [area.west] })]
  const of = (reach: Identity['reach'], more: Partial<Identity>) =>
    clientOf(context, supervisor(reach, { personId: undefined, ...more }))
  const message = (walls: string[] | 'all', text: string, minutes = 10) => ({
    ...{ walls, push: { kind: 'message', text, until: until(minutes) } },
  })

  beforeAll(async () => {
    area = await smallHierarchy(context, '990101001001')
  })

  test('a wall hears beats that say what is alive, and no other reader does', async () => {
    const wall = await listenTo(await context.app(), `?wall=${encodeURIComponent('大厅')}&beat=0.2`)
    const other = await listenTo(await context.app(), '')
    const beat = await wall.next<WallBeat>('beat')
    const later = await wall.next<WallBeat>('beat')
    expect(beat.database.state).toMatch(/^(ok|down)$/)
    expect(beat.sources.map(({ id }) => id)).toEqual(['server', 'database', 'events'])
    expect(beat.sources[0]).toMatchObject({ state: 'fresh', intervalSeconds: 0.2 })
    expect(Date.parse(later.at)).toBeGreaterThan(Date.parse(beat.at))
    expect(other.heard).toEqual([])
    await wall.close()
    await other.close()
    expect((await (await context.app()).request('/api/v1/events?wall=x&beat=0.01')).status).toBe(400)
  })

  test('what is sent to a name is heard by each wall of that name, in another process too, and by no other', async () => {
    const { database } = context
    const outbox = await startOutbox(database)
    const { createApp } = await import('../../server/app.ts')
    const elsewhere = createApp({ ...context.deps, outbox } as Deps, askedBy(supervisor('everywhere')))
    const query = `?wall=${encodeURIComponent('大厅')}`
    const [here, there, gate] = [
      await listenTo(await context.app(), query),
      await listenTo(elsewhere, query),
      await listenTo(await context.app(), `?wall=${encodeURIComponent('门卫室')}`),
    ]
    expect(await all.call('POST', '/walls/push', message(['大厅'], '请看东网格'))).toMatchObject({
      status: 200,
    })
    for (const wall of [here, there])
      expect(await wall.next<WallPushed>('wall')).toMatchObject({
        ...{ by: 'local', push: { kind: 'message', text: '请看东网格' } },
      })
    await all.call('POST', '/walls/push', message('all', '全体注意'))
    expect(await gate.next<WallPushed>('wall')).toMatchObject({ push: { text: '全体注意' } })
    await all.call('POST', '/walls/push', { walls: 'all', push: { kind: 'clear' } })
    for (const wall of [here, there, gate]) await wall.close()
    outbox.close()
  })

  test('a wall that opens later shows what is in force, once it was taken back nothing, and is never reloaded', async () => {
    const hall = `?wall=${encodeURIComponent('北厅')}`
    await all.call('POST', '/walls/push', message(['北厅'], '值班至八点'))
    await all.call('POST', '/walls/push', { walls: ['北厅'], push: { kind: 'reload' } })
    const opened = await listenTo(await context.app(), `${hall}&beat=0.2`)
    expect(await opened.next<WallPushed>('wall')).toMatchObject({ push: { text: '值班至八点' } })
    await opened.next('beat')
    await opened.next('beat')
    expect(opened.heard.filter(({ event }) => event === 'wall')).toEqual([])
    await opened.close()
    await all.call('POST', '/walls/push', { walls: ['北厅'], push: { kind: 'clear' } })
    const again = await listenTo(await context.app(), `${hall}&beat=0.2`)
    await again.next('beat')
    await again.next('beat')
    expect(again.heard.filter(({ event }) => event === 'wall')).toEqual([])
    await again.close()
  })

  test('what is over at once, or shown for days, is refused, and so is a view of what is not there', async () => {
    for (const minutes of [-1, 24 * 60 + 5])
      expect(await all.call('POST', '/walls/push', message('all', '?', minutes))).toMatchObject({
        ...{ status: 422, body: { code: 'invalid-body' } },
      })
    for (const more of [{ layout: '没有' }, { hazardId: 999_999 }])
      expect(
        await all.call('POST', '/walls/push', {
          walls: 'all',
          push: { kind: 'view', until: until(5), ...more },
        }),
      ).toMatchObject({ status: 404 })
  })

  test('whoever has an area sees and reaches the walls within it alone', async () => {
    const west = of(reachWest(), { kind: 'kiosk', name: 'token:西', credentialId: '71', role: 'kiosk' })
    const whole = of('everywhere', { kind: 'kiosk', name: 'token:全', credentialId: '72', role: 'kiosk' })
    const mine = status('西大厅', { problem: '没有声音' })
    expect(await west.call('POST', '/walls/status', mine)).toMatchObject({ status: 204 })
    expect(await whole.call('POST', '/walls/status', status('总大厅'))).toMatchObject({ status: 204 })
    expect(await whole.call('POST', '/walls/status', mine)).toMatchObject({
      ...{ status: 409, body: { code: 'id-reused' } },
    })
    const listed = async (who: typeof west) =>
      ((await who.call('GET', '/walls')).body.walls as OpenWall[]).map(({ name, problem }) => ({
        name,
        problem,
      }))
    const chief = of(reachWest(), { role: 'supervisor', name: 'chief' })
    expect(await listed(chief)).toEqual([{ name: '西大厅', problem: '没有声音' }])
    expect(await listed(all)).toHaveLength(2)
    expect(await chief.call('POST', '/walls/push', message(['总大厅'], '?'))).toMatchObject({
      ...{ status: 403, body: { code: 'outside-area' } },
    })
    const sent = await chief.call('POST', '/walls/push', message('all', '西网格集合'))
    expect(sent).toMatchObject({ status: 200, body: { walls: ['西大厅'] } })
    const other = await listenTo(await context.app(), `?wall=${encodeURIComponent('总大厅')}&beat=0.2`)
    await other.next('beat')
    await other.next('beat')
    expect(JSON.stringify(other.heard)).not.toContain('西网格集合')
    await other.close()
  })

  test('an answer to an alarm is heard by those who reach it, and not beside it', async () => {
    const id = await pastHazard(context, {
      ...{ title: '群租', severity: 'critical', at: [25, 5] },
      cells: { community: area.community, grid: area.east, microGrid: area.southEast },
      history: [{ minutesAgo: 5, state: 'reported', dueIn: 10 }],
    })
    await all.call('POST', '/hazards', {
      ...{ type: 'Feature', geometry: { type: 'Point', coordinates: [120.005, 31.005] } },
      properties: { title: '占道', categoryCode: '06036', reportedAt: until(-1) },
    })
    const listener = (reach: Identity['reach']) => context.appFor(supervisor(reach))
    const whole = await listenTo(await listener('everywhere'), '')
    const west = await listenTo(await listener(reachWest()), '?wall=a&beat=0.2')
    const east = await listenTo(await listener([cells({ grids: [area.east] })]), '')
    const answered = await all.call('POST', `/alarms/hazard:${id}/acknowledge`, { note: null })
    expect(answered, JSON.stringify(answered.body)).toMatchObject({ status: 200 })
    for (const who of [whole, east])
      expect(await who.next('alarm')).toEqual({ key: `hazard:${id}`, change: 'acknowledge' })
    await west.next('beat')
    await west.next('beat')
    expect(west.heard.filter(({ event }) => event === 'alarm')).toEqual([])
    for (const who of [whole, west, east]) await who.close()
  })

  test('a wall whose token is revoked is told so, and its stream ends', async () => {
    const { sql } = context.database
    const actor = { name: 'test' }
    const { token, secret } = await createToken(sql, actor, { role: 'kiosk' }, 'everywhere', {
      ...{ kind: 'kiosk', name: '大屏', everywhere: true, area: [] },
    })
    const app = await context.appFor('as-signed-in')
    const wall = await listenTo(app, '?wall=b&beat=0.2', { authorization: `Bearer ${secret}` })
    await wall.next('beat')
    await revokeToken(sql, actor, token.id)
    const { openAccess } = await import('../../server/access/open-access.ts')
    openAccess(context.deps).forget()
    expect(await wall.next('refused')).toMatchObject({ code: 'not-signed-in' })
    await expect(wall.next('never')).rejects.toThrow('ended')
  })
})
