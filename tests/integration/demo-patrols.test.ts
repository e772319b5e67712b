import { expect, test } from 'vitest'
import { spanOfMonths } from '../../geodata/figures/china-months.ts'
import { PATROL_INDICATORS } from '../../geodata/figures/patrol-indicators.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'

/** Ten in the morning, China Standard Time. */
const nowIso = '2026-06-30T02:00:00.000Z'
const SMALL = { buildings: 300, nowIso }
const HOUR = 3_600_000
const hoursAgo = (hours: number) => new Date(Date.parse(nowIso) - hours * HOUR).toISOString()

onBothDatabases('the patrols of the demo area', (context) => {
  const ask = async (path: string) => {
    const app = await context.app()
    const answer = await app.request(`/api/v1/${path}`)
    expect(answer.status, path).toBe(200)
    return answer.json()
  }
  const rowsOf = async () => {
    const [row] = await context.database.sql`
      SELECT (SELECT count(*) FROM patrol_plan) AS plans, (SELECT count(*) FROM patrol_plan_version) AS versions,
        (SELECT count(*) FROM patrol_route) AS routes, (SELECT count(*) FROM patrol_run) AS runs,
        (SELECT count(*) FROM patrol_entry) AS entries, (SELECT count(*) FROM patrol_visit) AS visits,
        (SELECT count(*) FROM patrol_position) AS positions`
    return row!
  }

  test('the wall has most of what was due by then as visited, and few sites as missed', async () => {
    const { database } = context
    await seedDemo(database, SMALL)
    // Schemas of the API are extended first.
    await context.app()
    const { readSiteCounts } = await import('../../server/walls/site-facts.store.ts')
    const counts = await readSiteCounts(database.sql, 'everywhere', Date.parse(nowIso))
    expect(counts.due).toBeGreaterThan(10)
    expect(counts.visited / counts.due).toBeGreaterThan(0.4)
    expect(counts.visited / counts.due).toBeLessThanOrEqual(1)
    expect(counts.missed.length).toBeLessThan(0.2 * counts.sites)
    expect(counts.missed.filter(({ isNever }) => isNever)).toEqual([])
  })

  test('each of three months has figures of patrols, with their rows', async () => {
    for (const month of ['2026-04', '2026-05', '2026-06']) {
      const { from, to } = spanOfMonths(month)
      const period = `from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`
      const { indicators } = await ask(`indicators/values?${period}`)
      for (const id of Object.keys(PATROL_INDICATORS)) {
        const { numerator, denominator } = indicators.find((one: { id: string }) => one.id === id)
        expect(denominator, `${month} ${id}`).toBeGreaterThan(0)
        expect(numerator, `${month} ${id}`).toBeGreaterThan(0)
        const { rows } = await ask(`indicators/${id}/rows?${period}`)
        expect(rows.length, `${month} ${id}`).toBeGreaterThan(0)
      }
    }
  })

  test('walks of the last days are summed up against their rounds, with ways on the map', async () => {
    const period = `from=${hoursAgo(48)}&to=${hoursAgo(2)}`
    const { total, rounds } = await ask(`patrols/summary?${period}`)
    expect(rounds.length).toBeGreaterThan(4)
    expect(total.adherence).toBeGreaterThan(0.7)
    expect(total.missed + total.probable + total.unknown).toBeGreaterThan(0)
    expect(total.health).toBeGreaterThan(0.8)
    const { walks } = await ask(`patrols/tracks?${period}`)
    expect(walks.some(({ lines }: { lines: [][] }) => lines[0]!.length > 20)).toBe(true)
    const { runs } = await ask(`patrols/runs?${period}`)
    const run = await ask(`patrols/runs/${runs[0].id}`)
    expect(run.positions.length).toBeGreaterThan(5)
    expect(run.duty[0].to).not.toBeNull()
    // What it came to is kept: nothing is to be looked for any more.
    const [left] = await context.database.sql`SELECT count(*) FROM patrol_run WHERE found <> revision * 2 + 1`
    expect(left!.count).toBe(0)
  })

  test('plans are as publishing leaves them, and the last is for tomorrow', async () => {
    const { plans } = await ask('patrols/plans?limit=1')
    const plan = await ask(`patrols/plans/${plans[0].id}`)
    const { planSchema } = await import('../../geodata/patrols/plan.schema.ts')
    expect(planSchema.safeParse(plan).error).toBeUndefined()
    expect(plan).toMatchObject({ state: 'published', version: 1, publishedVersion: 1 })
    expect(plan.from > nowIso).toBe(true)
    expect(plan.teams[0].people).toEqual(['demo-officer'])
    expect(await ask(`patrols/plans/${plan.id}/versions/1`)).toMatchObject({ rounds: plan.rounds })
    const [stray] = await context.database.sql`
      SELECT count(*) FROM patrol_visit v WHERE NOT EXISTS (SELECT FROM checkpoint c WHERE c.id = v.checkpoint_id)`
    expect(stray!.count).toBe(0)
  })

  test('an area that is made anew has its own patrols alone; what somebody walked since stays, closed', async () => {
    const { sql } = context.database
    const before = await rowsOf()
    await seedDemo(context.database, { ...SMALL, replace: true })
    expect(await rowsOf()).toEqual(before)

    const [plan] = await sql`SELECT max(id) AS id FROM patrol_plan`
    await sql`
      INSERT INTO patrol_run (plan_id, plan_version, round_id, team_id, team_name, person, starts_at, ends_at, begun_at)
      SELECT plan_id, plan_version, round_id, team_id, team_name, 'somebody', starts_at, ends_at, starts_at
      FROM patrol_route WHERE plan_id = ${plan!.id} LIMIT 1`
    await seedDemo(context.database, { ...SMALL, replace: true })
    expect(await sql`SELECT state, demo FROM patrol_plan WHERE id = ${plan!.id}`).toMatchObject([
      { state: 'closed', demo: false },
    ])
    expect(await sql`SELECT person FROM patrol_run WHERE plan_id = ${plan!.id}`).toMatchObject([
      { person: 'somebody' },
    ])
    expect((await rowsOf()).plans).toBe(before.plans + 1)

    await seedDemo(context.database, { ...SMALL, replace: true, patrols: false })
    expect(await rowsOf()).toMatchObject({ plans: 1, runs: 1 })
  })
})
