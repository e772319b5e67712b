import { beforeAll, expect, test } from 'vitest'
import { lastEventId } from '../../server/live/events.store.ts'
import { callApi } from '../support/call-api.ts'
import { EVENING } from '../support/evening.ts'
import { hearEvents } from '../support/hear-events.ts'
import { onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { someone, type TwoCommunities, twoCommunities } from '../support/two-communities.ts'
import { signedIn, type Visitor } from '../support/visitor.ts'
import { publishRound } from '../support/walk-shift.ts'

const [A, B] = ['990101001001', '990101001002']

onBothDatabases('patrols on the event stream', (context) => {
  const call = callApi(context)
  let town: TwoCommunities
  let sites: number[]
  let lin: Visitor
  let readers: Record<'everywhere' | 'A' | 'B' | 'officerA', TestApp>
  beforeAll(async () => {
    town = await twoCommunities(context)
    sites = await patrolTown(context, 2)
    lin = await signedIn(context, { username: 'lin.mei', role: 'officer', area: [A] })
    readers = {
      everywhere: await context.app(),
      A: await context.appFor({ ...someone(town.reachOf(['A'])), role: 'coordinator' }),
      B: await context.appFor({ ...someone(town.reachOf(['B'])), role: 'coordinator' }),
      officerA: await context.appFor({ ...someone(town.reachOf(['A'])), role: 'officer' }),
    }
  })

  const last = () => lastEventId(context.database.sql)
  async function heardOf(body: () => Promise<unknown>) {
    const before = await last()
    await body()
    const after = await last()
    const heard: Record<string, object[]> = {}
    for (const [name, app] of Object.entries(readers))
      heard[name] = (await hearEvents(app, before, after)).map(({ id: _, ...event }) => event)
    return heard
  }
  const plan = (area: string[]) => ({ name: '夜巡', ...EVENING, area, teams: [], rounds: [] })
  const make = async (area: string[]) => (await call('POST', '/patrols/plans', plan(area))).body.id as number
  const version = (number: number) => ({ 'if-match': `"${number}"` })

  test('a plan is told to those who reach all its cells, from its first draft until it is deleted', async () => {
    let id = 0
    const made = await heardOf(async () => {
      id = await make([A])
    })
    const put = { kind: 'plan', planId: id, version: 1, change: 'put' }
    expect(made).toEqual({ everywhere: [put], A: [put], B: [], officerA: [put] })
    const gone = await heardOf(() => call('DELETE', `/patrols/plans/${id}`, undefined, version(1)))
    const deleted = { ...put, change: 'delete' }
    expect(gone).toEqual({ everywhere: [deleted], A: [deleted], B: [], officerA: [deleted] })
  })

  test('a plan for both areas, or for everywhere, is told to nobody of one of them', async () => {
    for (const area of [[A, B], []]) {
      const heard = await heardOf(() => make(area))
      expect([heard.everywhere!.length, heard.A, heard.B]).toEqual([1, [], []])
    }
  })

  test('a plan that leaves an area is told there as deleted, without its new version, and as new where it comes', async () => {
    const id = await make([A])
    const heard = await heardOf(() => call('PUT', `/patrols/plans/${id}`, plan([B]), version(1)))
    const left = { kind: 'plan', planId: id, change: 'delete' }
    const came = { kind: 'plan', planId: id, version: 2, change: 'put' }
    expect(heard).toEqual({ everywhere: [came], A: [left], B: [came], officerA: [left] })
  })

  test('what is refused or rolled back is told to nobody', async () => {
    const id = await make([A])
    const before = await last()
    expect((await call('PUT', `/patrols/plans/${id}`, plan([A]), version(9))).status).toBe(412)
    expect((await call('POST', `/patrols/plans/${id}/publish`, undefined, version(1))).status).toBe(422)
    expect(await last()).toBe(before)
  })

  test('publishing, walking and closing are told; a walk only to those who may see where people walked', async () => {
    const stops = [{ id: sites[0]!, east: 0.5, north: 0.1 }]
    let round!: Awaited<ReturnType<typeof publishRound>>
    const published = await heardOf(async () => {
      round = await publishRound(context, { people: ['lin.mei'], stops, area: [A] })
    })
    const { planId, entry } = round
    const said = ['put', 'publish'].map((change) => ({ kind: 'plan', planId, version: 1, change }))
    expect(published).toEqual({ everywhere: said, A: said, B: [], officerA: said })

    const now = Date.now()
    const entries = [
      entry('begin', now - 600_000),
      entry('check-in', now - 500_000, {
        stopId: round.stops[0]!.id,
        lngLat: null,
        accuracyMetres: null,
        dwellSeconds: 60,
      }),
      entry('end', now - 400_000),
    ]
    const send = async () => {
      const answer = await lin.call('POST', '/patrols/sync', { device: 'phone', entries })
      expect(answer.body.entries.map(({ state }: { state: string }) => state)).not.toContain('refused')
    }
    const walked = await heardOf(send)
    const [{ id: runId }] = (await context.database
      .sql`SELECT id FROM patrol_run WHERE plan_id = ${planId}`) as [{ id: number }]
    const walks = ['begun', 'ended', 'visit'].map((change) => ({ kind: 'walk', planId, runId, change }))
    expect(walked).toEqual({ everywhere: walks, A: walks, B: [], officerA: [] })
    // What a phone sends again has happened already.
    const before = await last()
    await send()
    expect(await last()).toBe(before)

    const closed = await heardOf(() => call('POST', `/patrols/plans/${planId}/close`, undefined, version(1)))
    const end = { kind: 'plan', planId, version: 2, change: 'close' }
    expect(closed).toEqual({ everywhere: [end], A: [end], B: [], officerA: [end] })
  })

  test('neither the history of features nor the time of the data moves by a plan', async () => {
    const ask = async (path: string) => (await call('GET', path)).body
    const [history, workspace] = [await ask('/history'), await ask('/workspace')]
    await make([A])
    expect(await ask('/history')).toEqual(history)
    const after = await ask('/workspace')
    expect(after.dataTime).toBe(workspace.dataTime)
    expect(after.eventId).toBeGreaterThan(workspace.eventId)
  })
})
