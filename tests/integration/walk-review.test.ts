import { beforeAll, describe, expect, test } from 'vitest'
import { callApi } from '../support/call-api.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { spot } from '../support/small-hierarchy.ts'
import { twoAreas } from '../support/two-areas.ts'
import { signedIn, type Visitor } from '../support/visitor.ts'
import { type Fix, iso, publishRound, walkAlong } from '../support/walk-shift.ts'

const MINUTE = 60_000

onBothDatabases('what was walked', (context) => {
  const { inA } = twoAreas(context)
  const call = callApi(context)
  let ids: number[] = []
  let lin: Visitor
  /** Begun an hour ago. */
  const begunAt = Math.floor(Date.now() / 1000) * 1000 - 60 * MINUTE
  let plan: Awaited<ReturnType<typeof publishRound>>
  let runId = 0

  // Along the southern street: five minutes at the first site, past the second, silent near the third, never near the fourth.
  const WALK: Fix[] = [
    [0.5, 0, 0],
    [0.5, 0, 300],
    [8, 0, 900],
  ]
  const LATER: Fix[] = [
    [13, 0, 1320],
    [15, 0, 1480],
  ]
  const sites = [0, 1, 2, 6]
  const run = async () => (await call('GET', `/patrols/runs/${runId}`)).body
  const states = async () => (await run()).stops.map(({ state }: { state: string }) => state)
  const sync = (entries: object[]) => lin.call('POST', '/patrols/sync', { device: 'phone', entries })
  const position = (fixes: Fix[]) => plan.entry('position', begunAt, { points: walkAlong(fixes, begunAt) })

  beforeAll(async () => {
    ids = await patrolTown(context, 8)
    lin = await signedIn(context, { username: 'lin.mei', role: 'officer', area: ['990101001001'] })
    plan = await publishRound(context, {
      people: ['lin.mei'],
      area: ['990101001001'],
      stops: [
        ...sites.map((site) => ({ id: ids[site]!, east: site * 5 + 0.5, north: 0.1 })),
        { id: null, east: 20, north: 0 },
      ],
    })
    await sync([plan.entry('begin', begunAt), position(WALK)])
    runId = (await call('GET', `/patrols/runs?plan=${plan.planId}`)).body.runs[0].id
  }, 60_000)

  test('while the walk goes on, what was not seen yet is still to come', async () => {
    expect(await states()).toEqual(['visited', 'probable', 'open', 'open', null])
  })

  test('when it ends, stops are visited, probable, unknown and missed, and a late sync changes that', async () => {
    await sync([plan.entry('end', begunAt + 1480_000)])
    const whole = await sync([position(LATER)])
    expect(whole.body.entries).toMatchObject([{ state: 'taken' }])
    expect(await states()).toEqual(['visited', 'probable', 'unknown', 'missed', null])
    const told = await run()
    expect(told.stops[0].visits).toMatchObject([{ source: 'track', state: 'visited' }])
    const [visit] = told.stops[0].visits
    expect(Math.abs(Date.parse(visit.startedAt) - begunAt)).toBeLessThan(10_000)
    expect(Date.parse(visit.endedAt) - begunAt).toBeGreaterThan(290_000)
    expect(told.duty).toEqual([{ from: iso(begunAt), to: iso(begunAt + 1480_000) }])
    expect(told.counts).toMatchObject({
      planned: 4,
      visited: 1,
      probable: 1,
      unknown: 1,
      missed: 1,
      adherence: 0.25,
    })
    // 1,480 s on duty, of which 420 without positions.
    expect(told.counts.health).toBeCloseTo(1060 / 1480, 1)
    // 7.5 and 2 thousandths of a degree along the street, less what the mean of the last positions takes off.
    expect(told.counts.metres).toBeGreaterThan(860)
    expect(told.counts.metres).toBeLessThan(930)
    expect(told.counts.offPlanMetres).toBe(0)
    expect(told.matched).toHaveLength(2)
    expect(told.positions[0].slice(0, 2)).toEqual(spot(0.5, 0).coordinates)
    expect(told.positions).toHaveLength(180 + 32)
    const later = [
      [8, 0, 900],
      [10.5, 0, 1000],
      [10.5, 0, 1200],
      [13, 0, 1320],
    ] satisfies Fix[]
    await sync([position(later)])
    expect(await states()).toEqual(['visited', 'probable', 'visited', 'missed', null])
    // Sent and found again: the same visits, not more.
    const before = await context.database.sql`SELECT id, state FROM patrol_visit ORDER BY id`
    await sync([position(later.map(([east, north, second]) => [east, north, second + 1]))])
    expect(await context.database.sql`SELECT id, state FROM patrol_visit ORDER BY id`).toEqual(before)
  })

  test('a missed site is still due tomorrow, a visited one is not', async () => {
    const day = 1440 * MINUTE
    const asked = new URLSearchParams({ from: iso(Date.now()), to: iso(Date.now() + day), limit: '500' })
    const due = (await call('GET', `/patrols/due?${asked}`)).body.sites
    const lastOf = (site: number) =>
      due.find(({ checkpointId }: { checkpointId: number }) => checkpointId === ids[site])
    expect(Date.parse(lastOf(0).lastVisitAt)).toBeGreaterThanOrEqual(begunAt)
    expect(lastOf(6)).toMatchObject({ lastVisitAt: null, state: 'never' })
    expect(lastOf(1)).toMatchObject({ lastVisitAt: null })
    expect(lastOf(1).probableAt).not.toBeNull()
  })

  test('off the planned way is told beside it', async () => {
    const other = await publishRound(context, {
      people: ['lin.mei'],
      stops: [{ id: ids[0]!, east: 0.5, north: 0.1 }],
    })
    await sync([
      other.entry('begin', begunAt),
      other.entry('position', begunAt, {
        points: walkAlong(
          [
            [0, 0, 0],
            [5, 0, 400],
            [5, 5, 850],
          ],
          begunAt,
        ),
      }),
      other.entry('end', begunAt + 900_000),
    ])
    const { counts } = (await call('GET', `/patrols/runs?plan=${other.planId}`)).body.runs[0]
    expect(counts.metres).toBeGreaterThan(1000)
    // All but the first half of a thousandth of a degree and what is near it.
    expect(counts.offPlanMetres).toBeGreaterThan(counts.metres - 150)
    expect(counts.offPlanMetres).toBeLessThan(counts.metres)
  })

  test('a summary tells rounds that nobody walked, and of nothing a share is null', async () => {
    const unwalked = await publishRound(context, {
      people: ['lin.mei'],
      hours: [-400, -300],
      stops: [{ id: ids[5]!, east: 25.5, north: 0.1 }],
    })
    const asked = new URLSearchParams({ from: iso(Date.now() - 500 * MINUTE), to: iso(Date.now()) })
    const { body } = await call('GET', `/patrols/summary?${asked}`)
    const find = (id: string) => body.rounds.find(({ roundId }: { roundId: string }) => roundId === id)
    expect(find(unwalked.roundId)).toMatchObject({
      people: [],
      counts: { planned: 1, missed: 1, visited: 0, adherence: 0, health: null, metres: 0 },
    })
    expect(find(plan.roundId)).toMatchObject({ people: ['lin.mei'], counts: { planned: 4, visited: 2 } })
    expect(body.total.planned).toBe(
      body.rounds.reduce(
        (sum: number, { counts }: { counts: { planned: number } }) => sum + counts.planned,
        0,
      ),
    )
    expect(body.teams).toMatchObject([{ name: '甲组', counts: { planned: body.total.planned } }])
    const empty = await call('GET', '/patrols/summary?from=2020-01-01&to=2020-01-07')
    expect(empty.body).toMatchObject({ rounds: [], total: { planned: 0, adherence: null, health: null } })
    expect(await call('GET', '/patrols/summary?from=2020-01-01&to=2020-12-31')).toMatchObject({ status: 400 })
    expect(await call('GET', '/patrols/summary?from=2020-01-02&to=2020-01-01')).toMatchObject({ status: 400 })
  })

  describe('who passed an area', () => {
    const around = (west: number, south: number, east: number, north: number) =>
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
      ]
        .map(([x, y]) => spot(x!, y!).coordinates.join(','))
        .join(';')
    const passed = async (area: string, from: number, to: number, ask = call) =>
      (await ask('GET', `/patrols/passed?${new URLSearchParams({ area, from: iso(from), to: iso(to) })}`))
        .body.passes
    const own = ({ runId: id }: { runId: number }) => id === runId

    test('is told with the time, and nobody of another time or place', async () => {
      const area = around(2, -0.1, 4, 0.1)
      const [pass, ...more] = (await passed(area, begunAt, begunAt + 60 * MINUTE)).filter(own)
      expect(more).toEqual([])
      expect(pass).toMatchObject({ person: 'lin.mei', team: { id: 'A' }, plan: { id: plan.planId } })
      // At 2 of 0.5 to 8 in 600 seconds.
      const enters = begunAt + (300 + (1.5 / 7.5) * 600) * 1000
      expect(Math.abs(Date.parse(pass.from) - enters)).toBeLessThan(10_000)
      expect((await passed(area, begunAt - 60 * MINUTE, begunAt + 300_000)).filter(own)).toEqual([])
      expect((await passed(around(2, 5, 4, 6), begunAt, begunAt + 60 * MINUTE)).filter(own)).toEqual([])
    })
    test('also when it is narrower than the way between two positions', async () => {
      const narrow = around(3.01, -0.1, 3.02, 0.1)
      expect((await passed(narrow, begunAt, begunAt + 60 * MINUTE)).filter(own)).toHaveLength(1)
    })
    test('and only to those who reach the plan', async () => {
      const area = around(0, -1, 40, 1)
      const seen = await passed(area, begunAt, begunAt + 60 * MINUTE, inA().call)
      expect(seen.some(own)).toBe(true)
      // Plans for everywhere are for those who reach everything.
      expect(seen.every(({ plan: { id } }: { plan: { id: number } }) => id === plan.planId)).toBe(true)
    })
    test('an area that crosses itself is refused', async () => {
      const crossed = [spot(0, 0), spot(1, 1), spot(1, 0), spot(0, 1)]
        .map((at) => at.coordinates.join(','))
        .join(';')
      expect(
        await call('GET', `/patrols/passed?area=${crossed}&from=2026-11-22&to=2026-11-22`),
      ).toMatchObject({
        status: 400,
      })
    })
  })

  test('someone with an area sees walks of plans within it alone', async () => {
    const everywhere = await publishRound(context, {
      people: ['lin.mei'],
      stops: [{ id: ids[0]!, east: 0.5, north: 0.1 }],
    })
    await sync([everywhere.entry('begin', Date.now())])
    const [other] = (await call('GET', `/patrols/runs?plan=${everywhere.planId}`)).body.runs
    expect((await inA().call('GET', `/patrols/runs?plan=${everywhere.planId}`)).body.runs).toEqual([])
    expect(await inA().call('GET', `/patrols/runs/${other.id}`)).toMatchObject({ status: 404 })
    expect(await inA().call('GET', `/patrols/runs/${runId}`)).toMatchObject({ status: 200 })
    const asked = new URLSearchParams({ from: iso(Date.now() - 500 * MINUTE), to: iso(Date.now()) })
    const { rounds } = (await inA().call('GET', `/patrols/summary?${asked}`)).body
    expect(rounds.map(({ roundId }: { roundId: string }) => roundId)).toEqual([plan.roundId])
    expect(await lin.call('GET', `/patrols/runs/${runId}`)).toMatchObject({ status: 403 })
  })
})
