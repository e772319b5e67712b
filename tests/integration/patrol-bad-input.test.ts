import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { dayAfter, EVENING, eveningOf } from '../support/evening.ts'
import { generateRounds, patrolTeam } from '../support/generate-rounds.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { twoAreas } from '../support/two-areas.ts'

const SITES = 5000

onBothDatabases('plans of what cannot all be done', (context) => {
  twoAreas(context)
  const { call, make, begin, finish } = generateRounds(context)
  let sites: number[] = []

  beforeAll(async () => {
    sites = await patrolTown(context, 1)
    // Over the streets of the town; a tenth is open after the shift alone.
    const rows = await context.database.sql<{ id: number }[]>`
      INSERT INTO checkpoint (name, site_type, risk, interval_minutes, service_minutes, time_windows, geom)
      SELECT '点' || n, 'estate-gate', 'low', 720, 1,
        CASE WHEN n % 10 = 0 THEN '[{"from":"23:00","to":"23:30"}]' ELSE '[]' END::jsonb,
        ST_Translate(c.geom, (n % 100) * 0.00035, (n / 100) % 50 * 0.00035)
      FROM generate_series(1, ${SITES - 1}) n, checkpoint c WHERE c.id = ${sites[0]!} RETURNING id`
    sites.push(...rows.map(({ id }) => id))
  })

  test('5,000 stops: each is visited or says why not, and what was found is stored, published and exported', async () => {
    const teams = Array.from({ length: 20 }, (_, at) => patrolTeam(`T${at}`))
    const plan = await make({ area: [], teams })
    const job = await finish(await begin(plan, { seconds: 2 }))
    expect(job.problem).toBeNull()
    const { rounds, unserved, generated, visits } = job.proposal!
    const visited = rounds.flatMap(({ stops }) => stops.map(({ checkpointId }) => checkpointId))
    expect(visited.length).toBe(visits)
    expect(visits).toBeGreaterThan(500)
    expect(new Set([...visited, ...unserved.map(({ checkpointId }) => checkpointId)])).toEqual(new Set(sites))
    const closed = unserved.filter(({ reason }) => reason === 'window').length
    expect(closed).toBe(Math.floor((SITES - 1) / 10))
    const { name, note, from, to, area } = plan
    const stored = await call(
      'PUT',
      `/patrols/plans/${plan.id}`,
      { name, note, from, to, area, teams: plan.teams, rounds, unserved, generated },
      { 'if-match': '"1"' },
    )
    expect(stored.status, JSON.stringify(stored.body).slice(0, 500)).toBe(200)
    const published = await call('POST', `/patrols/plans/${plan.id}/publish`, undefined, {
      'if-match': '"2"',
    })
    expect(published.status, JSON.stringify(published.body).slice(0, 500)).toBe(200)
    const exported = await call('GET', `/patrols/plans/${plan.id}/export.geojson`)
    expect(
      exported.body.features.filter(
        ({ geometry }: { geometry: { type: string } }) => geometry.type === 'Point',
      ).length,
    ).toBeGreaterThanOrEqual(visits)
  })

  test('5,000 stops drawn by hand are kept; more than fit are refused with both numbers', async () => {
    const drawn = (count: number) => ({
      name: '手绘',
      ...EVENING,
      teams: [patrolTeam('A')],
      rounds: Array.from({ length: Math.ceil(count / 1000) }, (_, round) => {
        const stops = sites.slice(round * 1000, Math.min(count, (round + 1) * 1000)).map((checkpointId) => ({
          id: randomUUID(),
          checkpointId,
          lngLat: [120.001, 31.001],
          dwellMinutes: 1,
        }))
        return { id: randomUUID(), teamId: 'A', stops, legs: Array(stops.length + 1).fill('street') }
      }),
    })
    const kept = await call('POST', '/patrols/plans', drawn(SITES))
    expect(kept.status, JSON.stringify(kept.body).slice(0, 500)).toBe(201)
    const twice = drawn(SITES)
    const rounds = [...twice.rounds, ...drawn(SITES).rounds, ...drawn(1).rounds]
    const refused = await call('POST', '/patrols/plans', { ...twice, rounds })
    expect(refused.status).toBe(422)
    expect(JSON.stringify(refused.body)).toMatch(/10001 stops; at most 10000/)
  })

  test('a shift that ends before it begins, or lasts for weeks, says what was expected', async () => {
    for (const [from, to, words] of [
      [EVENING.to, EVENING.from, 'is not after from'],
      [EVENING.from, EVENING.from, 'is not after from'],
      [EVENING.from, eveningOf(dayAfter(31)).from, 'is more than 192 hours after from'],
    ]) {
      const refused = await call('POST', '/patrols/plans', { name: '夜巡', from, to })
      expect(refused.status).toBe(422)
      expect(JSON.stringify(refused.body)).toContain(words)
    }
  })

  test('more sites than are planned at once are refused with their number, not left out', async () => {
    await context.database.sql`
      INSERT INTO checkpoint (name, site_type, risk, interval_minutes, service_minutes, geom)
      SELECT '点' || n, 'estate-gate', 'low', 720, 1, c.geom
      FROM generate_series(1, 5100) n, checkpoint c WHERE c.id = ${sites[0]!}`
    const plan = await make({ area: [] })
    const job = await finish(await begin(plan, { seconds: 1 }))
    expect(job).toMatchObject({ state: 'failed', proposal: null, problem: { code: 'too-many-stops' } })
    expect(job.problem!.detail).toMatch(
      /^\d{4,5} visits are due, and \d+ of them would be left out: the 10000 sites/,
    )
  })
})
