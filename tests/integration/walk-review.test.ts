import { randomUUID } from 'node:crypto'
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
  const { areas, inA, inWest } = twoAreas(context)
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
  })

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
    expect(find(unwalked.roundId).missed).toEqual([
      {
        stopId: unwalked.stops[0]!.id,
        checkpointId: ids[5],
        name: '点位6',
        lngLat: spot(25.5, 0.1).coordinates,
      },
    ])
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
      const all = await passed(area, begunAt, begunAt + 60 * MINUTE)
      expect(seen.length).toBeLessThan(all.length)
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

  test('a visit is on time near its planned time alone, and of stops without a planned time there is no share', async () => {
    // The round begins two hours ago at its first stop; who begins an hour late is late everywhere.
    const late = await run()
    expect(late.counts).toMatchObject({ timed: 2, onTime: 0, punctuality: 0 })
    const prompt = await publishRound(context, {
      people: ['lin.mei'],
      hours: [-60, 60],
      stops: [
        { id: ids[0]!, east: 0.5, north: 0.1 },
        { id: ids[5]!, east: 25.5, north: 0.1 },
      ],
    })
    const from = Date.parse(prompt.shift.from)
    const points = walkAlong(
      [
        [0.5, 0, 0],
        [0.5, 0, 300],
      ],
      from,
    )
    await sync([prompt.entry('begin', from), prompt.entry('position', from, { points })])
    const { counts } = (await call('GET', `/patrols/runs?plan=${prompt.planId}`)).body.runs[0]
    expect(counts).toMatchObject({ planned: 2, visited: 1, timed: 1, onTime: 1, punctuality: 1 })
    const asked = new URLSearchParams({ from: iso(Date.now() - 500 * MINUTE), to: iso(Date.now()) })
    const { rounds } = (await call('GET', `/patrols/summary?${asked}`)).body
    const summed = (id: string) => rounds.find(({ roundId }: { roundId: string }) => roundId === id).counts
    expect(summed(prompt.roundId)).toMatchObject({ timed: 1, onTime: 1, punctuality: 1 })
    expect(summed(plan.roundId)).toMatchObject({ timed: 2, onTime: 0 })
  })

  test('what was visited and reported off the round is told, in reach alone, and passing by is no visit', async () => {
    const [west] = await context.database.sql<[{ code: string }]>`
      SELECT code FROM grid WHERE id = ${areas.a.west}`
    const wu = await signedIn(context, { username: 'wu.ke', role: 'officer', area: ['990101001001'] })
    const off = await publishRound(context, {
      people: ['wu.ke'],
      area: [west.code],
      stops: [{ id: ids[0]!, east: 0.5, north: 0.1 }],
    })
    const lngLat = spot(3, 0.05).coordinates
    const sent = await wu.call('POST', '/patrols/sync', {
      device: 'phone',
      entries: [
        off.entry('begin', begunAt),
        off.entry('position', begunAt, {
          points: walkAlong(
            [
              [0.5, 0, 0],
              [0.5, 0, 200],
              // Past the second and third site; five minutes at the fifth, which lies in the east.
              [20.5, 0, 1800],
              [20.5, 0, 2100],
            ],
            begunAt,
          ),
        }),
        off.entry('report', begunAt + 400_000, { hazard: '09012', severity: 'high', lngLat }),
        off.entry('end', begunAt + 2100_000),
      ],
    })
    expect(sent.body.entries.map(({ state }: { state: string }) => state)).toEqual(
      Array.from({ length: 4 }, () => 'taken'),
    )
    const [{ id }] = (await call('GET', `/patrols/runs?plan=${off.planId}`)).body.runs
    const told = (await call('GET', `/patrols/runs/${id}`)).body
    expect(told.offPlan).toMatchObject([{ checkpointId: ids[4], name: '点位5' }])
    expect(Date.parse(told.offPlan[0].startedAt)).toBeGreaterThan(begunAt + 1700_000)
    expect(told.reports).toMatchObject([{ lngLat, severity: 'high', state: 'reported' }])
    // Found again, it is there once.
    const again = walkAlong(
      [
        [20.5, 0, 2090],
        [20.5, 0, 2100],
      ],
      begunAt + 1000,
    )
    await wu.call('POST', '/patrols/sync', {
      device: 'phone',
      entries: [off.entry('position', begunAt, { points: again })],
    })
    expect((await call('GET', `/patrols/runs/${id}`)).body.offPlan).toHaveLength(1)
    const seen = await inWest().call('GET', `/patrols/runs/${id}`)
    expect(seen).toMatchObject({ status: 200, body: { offPlan: [], reports: [{ severity: 'high' }] } })

    const asked = new URLSearchParams({ from: iso(Date.now() - 500 * MINUTE), to: iso(Date.now()) })
    const { reports } = (await call('GET', `/patrols/summary?${asked}`)).body
    expect(reports).toMatchObject([{ runId: id, person: 'wu.ke', hazardId: told.reports[0].hazardId }])
  })

  test('a walk stays when its round leaves the plan, and says so', async () => {
    const gone = await publishRound(context, {
      people: ['lin.mei'],
      stops: [{ id: ids[0]!, east: 0.5, north: 0.1 }],
    })
    await sync([gone.entry('begin', begunAt), gone.entry('end', begunAt + 60_000)])
    const ask = async () => (await call('GET', `/patrols/runs?plan=${gone.planId}`)).body.runs[0]
    expect(await ask()).toMatchObject({ isRoundGone: false })
    const stored = await call('GET', `/patrols/plans/${gone.planId}`)
    const { name, note, from, to, area, teams } = stored.body
    // The same stops, in another round.
    const rounds = [{ ...stored.body.rounds[0], id: randomUUID() }]
    const without = { name, note, from, to, area, teams, rounds, unserved: [], generated: null }
    const version = { 'if-match': `"${stored.body.version}"` }
    const put = await call('PUT', `/patrols/plans/${gone.planId}`, without, version)
    expect(put.status, JSON.stringify(put.body)).toBe(200)
    const out = await call('POST', `/patrols/plans/${gone.planId}/publish`, undefined, {
      'if-match': `"${put.body.version}"`,
    })
    expect(out.status, JSON.stringify(out.body)).toBe(200)
    expect(await ask()).toMatchObject({ isRoundGone: true, counts: { planned: 1, unknown: 1 } })
    expect(await call('GET', `/patrols/runs/${(await ask()).id}`)).toMatchObject({ status: 200 })
  })

  test('all ways of a period come with their times, of plans in reach alone', async () => {
    const asked = new URLSearchParams({ from: iso(Date.now() - 500 * MINUTE), to: iso(Date.now()) })
    const { walks, isCut } = (await call('GET', `/patrols/tracks?${asked}`)).body
    expect(isCut).toBe(false)
    const own = walks.find((walk: { runId: number }) => walk.runId === runId)
    expect(own).toMatchObject({ person: 'lin.mei', team: { id: 'A' }, plan: { id: plan.planId } })
    expect(own.lines.map((line: number[][]) => line.length > 1)).not.toContain(false)
    const times = own.lines.flat().map(([, , second]: number[]) => second)
    expect(times).toEqual(times.toSorted((a: number, b: number) => a - b))
    expect(Math.max(...times)).toBeLessThanOrEqual(1480)
    expect(await call('GET', '/patrols/tracks?from=2020-01-01&to=2020-12-31')).toMatchObject({ status: 400 })
    const everywhere = walks.filter((walk: { plan: { id: number } }) => walk.plan.id !== plan.planId)
    expect(everywhere.length).toBeGreaterThan(0)
    const seen = (await inA().call('GET', `/patrols/tracks?${asked}`)).body.walks
    expect(seen.map((walk: { runId: number }) => walk.runId)).toContain(runId)
    expect(seen.length).toBeLessThan(walks.length)
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
    const seen = rounds.map(({ roundId }: { roundId: string }) => roundId)
    expect(seen).toContain(plan.roundId)
    expect(seen).not.toContain(everywhere.roundId)
    expect(await lin.call('GET', `/patrols/runs/${runId}`)).toMatchObject({ status: 403 })
  })
})
