import { beforeAll, expect, test } from 'vitest'
import {
  type PatrolParams,
  type PatrolResult,
  patrolParamsSchema,
  patrolResultSchema,
} from '../../geodata/coverage/patrol/patrol.schema.ts'
import type { AnalysisFound, PartFeature } from '../../server/coverage/analysis-kind.ts'
import { patrolKind } from '../../server/coverage/patrol/patrol.kind.ts'
import { createNetwork } from '../../server/network/network.ts'
import { analyses } from '../support/analyses.ts'
import { callApi } from '../support/call-api.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { plot, spot } from '../support/small-hierarchy.ts'
import { twoAreas } from '../support/two-areas.ts'
import { signedIn } from '../support/visitor.ts'
import { type Fix, iso, publishRound, walkAlong } from '../support/walk-shift.ts'

const MINUTE = 60_000
const MICRO = 2

onBothDatabases('patrol coverage', (context) => {
  const { areas } = twoAreas(context)
  const call = callApi(context)
  const begunAt = Math.floor(Date.now() / 1000) * 1000 - 60 * MINUTE
  // Five minutes at the first site, then along the southern street past the second to the fifth and over the border of the
  // western and the eastern half at 20; the last ten minutes on duty are silent.
  const WALK: Fix[] = [
    [0.5, 0, 0],
    [0.5, 0, 300],
    [18, 0, 1500],
    [22, 0, 1800],
  ]
  const H = { from: iso(begunAt - 60 * MINUTE), to: iso(begunAt + 50 * MINUTE) }
  let planId = 0
  let network: ReturnType<typeof createNetwork>

  const hazard = async (east: number, north: number, severity: string) => {
    const made = await call('POST', '/hazards', {
      type: 'Feature',
      geometry: spot(east, north),
      properties: {
        title: '楼道堆物',
        categoryCode: '06036',
        severity,
        reportedAt: iso(begunAt - 10 * 1440 * MINUTE),
      },
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
  }
  const ask = (params: object): Promise<AnalysisFound<PatrolResult>> =>
    patrolKind.run(
      {
        sql: context.database.sql,
        network,
        reach: 'everywhere',
        wholeReach: 'everywhere',
        cells: [],
        signal: new AbortController().signal,
        progress: () => {},
      },
      patrolParamsSchema.parse({
        detail: 'streets',
        period: H,
        hazardHours: { low: 0.5, medium: 0.5, high: 0.5, critical: 0.5 },
        ...params,
      } satisfies Partial<Record<keyof PatrolParams, unknown>>),
    )
  const partOf = async ({ parts }: AnalysisFound<object>, name: string): Promise<PartFeature[]> => {
    const features: PartFeature[] = []
    for await (const feature of parts.find(({ part }) => part === name)!.features) features.push(feature)
    return features
  }
  const codesOf = ({ notes }: AnalysisFound<object>) => notes.map(({ code }) => code)

  beforeAll(async () => {
    network = createNetwork(context.deps)
    const ids = await patrolTown(context, 8)
    const lin = await signedIn(context, { username: 'lin.mei', role: 'officer', area: ['990101001001'] })
    const plan = await publishRound(context, {
      people: ['lin.mei'],
      stops: [0, 1, 4, 6, 7].map((site) => ({ id: ids[site]!, east: site * 5 + 0.5, north: 0.1 })),
    })
    planId = plan.planId
    await lin.call('POST', '/patrols/sync', {
      device: 'phone',
      entries: [
        plan.entry('begin', begunAt),
        plan.entry('position', begunAt, { points: walkAlong(WALK, begunAt) }),
        plan.entry('end', begunAt + 2400_000),
      ],
    })
    await hazard(10, 0.05, 'high')
    await hazard(38, 10, 'low')
  })

  test('of one round by hand: sites, gaps, hazards, effort by cell and streets', async () => {
    const found = await ask({})
    const { first } = found.result
    const { total } = first
    expect(total).toMatchObject({
      sites: 8,
      // The seventh could have been reached while nothing was seen; the eighth lies too far.
      states: { visited: 1, probable: 2, unknown: 1, unvisited: 4 },
      visits: 1,
      planned: { part: 3 + 1 + 1 + 3 + 1, of: 14 },
      achieved: { value: 3 / 14 },
      unknown: { value: 3 / 14 },
      adherence: { value: 0.2, part: 1, of: 5 },
      unknownStops: 1,
      isWorstMore: true,
    })
    expect(total.idleWorstHours).toBeCloseTo(110 / 60, 6)
    expect(first).toMatchObject({ walks: 1, offPlanVisits: 0, dutyMinutes: 40 })
    expect(first.recordedMinutes).toBeCloseTo(30, 0)
    const [target] = await partOf(found, 'target')
    expect(target!.properties).toMatchObject({ state: 'visited', visits: 1, planned: true, isNever: false })
    expect(target!.properties.meanIdleHours).toBeCloseTo((60 ** 2 + 50 ** 2) / 220 / 60, 2)

    // Passed at about 951 s from 30 m away: 60 min and some 929 s over, and 270 s again; the other all the time.
    const over = 60 + 929 / 60 + 50 - 929 / 60 - 30
    expect(total.hazards).toMatchObject({ count: 2, watched: { part: 0, of: 4 } })
    expect(Math.abs(total.hazards!.exposureHours - (3 * over + 110) / 60)).toBeLessThan(0.05)

    const micro = first.levels[MICRO]!
    const by = (name: string) =>
      micro.rows.find((row) => row.name === name && row.code.startsWith('990101001001'))!
    expect(Math.abs(by('西南').minutes - 27.5)).toBeLessThan(0.5)
    expect(Math.abs(by('东南').minutes - 2.5)).toBeLessThan(0.5)
    expect(by('西北')).toMatchObject({ minutes: 0, sites: 0, achieved: null })
    expect(by('西南')).toMatchObject({ sites: 4, visited: 1, achieved: 3 / 8 })
    for (const { rows, outside } of first.levels) {
      const sum = rows.reduce((all, { minutes }) => all + minutes, outside.minutes)
      expect(sum).toBeCloseTo(total.effort!.minutes, 6)
    }
    expect(first.teams).toMatchObject([
      { key: '甲组', figures: { sites: 5, states: { visited: 1, unknown: 1 } } },
    ])
    expect(total.streets!.part).toBeGreaterThan(21 * 95.4)
    expect(total.streets!.part).toBeLessThan(22 * 95.5)
    expect(total.streets!.of).toBeGreaterThan(38_000)
    const streets = await partOf(found, 'street')
    const walked = streets.reduce((sum, { properties }) => sum + Number(properties.walkedMetres), 0)
    expect(walked).toBeCloseTo(total.streets!.part, 3)
    expect(streets.filter(({ properties }) => properties.passes === 1)).toHaveLength(5)
    const spots = await partOf(found, 'hexagon')
    expect(Object.keys(spots[0]!.properties)).toEqual(['minutes'])
    expect(codesOf(found)).toEqual(
      expect.arrayContaining(['patrol-silent', 'patrol-sites-newer', 'patrol-boundaries-unknown']),
    )
  })

  test('a forecast walks rounds as they are planned, and a second period stands beside the first', async () => {
    const before = { from: iso(begunAt - 400 * MINUTE), to: iso(begunAt - 300 * MINUTE) }
    const found = await ask({ source: 'planned', plans: [planId], compare: before })
    const { first, second } = found.result
    expect(first.total).toMatchObject({
      states: { visited: 5, unknown: 0 },
      achieved: { value: 9 / 14 },
      planned: { value: 9 / 14 },
    })
    expect(second!.total).toMatchObject({ states: { visited: 0 }, effort: { minutes: 0 } })
    expect(codesOf(found)).toContain('patrol-forecast')
    await expect(
      ask({ period: { from: iso(Date.now() + 60 * MINUTE), to: iso(Date.now() + 120 * MINUTE) } }),
    ).rejects.toThrow(/future|to come/)
  })

  test('over the API sites and cells are for all who analyse, streets for those who may see where people walked', async () => {
    const asked = { period: H, detail: 'streets' }
    const done = await analyses(call).answer('patrol', asked, ['990101001001'])
    expect(patrolResultSchema.safeParse(done.result).error).toBeUndefined()
    expect(done).toMatchObject({ needs: 'track', params: { teams: [], source: 'walked' } })
    // What lies beyond the area is not for those who reach only the area.
    expect(done.parts.map(({ part }) => part)).toEqual(['cell', 'target', 'street', 'hexagon'])
    const planner = await signedIn(context, { username: 'gui.hua', role: 'planner', everywhere: true })
    const refused = await planner.call('POST', '/analyses', {
      kind: 'patrol',
      params: asked,
      area: ['990101001001'],
    })
    expect(refused).toMatchObject({ status: 403 })
    expect((await planner.call('GET', `/analyses/${done.id}`)).status).toBeGreaterThanOrEqual(403)
    const places = { kind: 'patrol', params: { ...asked, detail: 'places' }, area: ['990101001001'] }
    expect((await planner.call('POST', '/analyses', places)).status).toBe(202)
    for (const [params, at] of [
      [{ period: { from: H.to, to: H.from } }, '/params/period/to'],
      [{ period: { from: '2020-01-01T00:00:00Z', to: '2021-01-01T00:00:00Z' } }, '/params/period/to'],
      [{ period: H, teams: ['\u0000'] }, '/params/teams/0'],
      [
        { period: H, hazardHours: { low: 1, medium: 1, high: 1, critical: 0 } },
        '/params/hazardHours/critical',
      ],
    ] as const)
      expect(await call('POST', '/analyses', { kind: 'patrol', params, area: [] })).toMatchObject({
        status: 422,
        body: { code: 'invalid-body', issues: [{ at }] },
      })
  })

  test('another team, and a time without walks, have no effort and nothing visited', async () => {
    const other = await ask({ teams: ['乙组'], detail: 'places' })
    expect(other.result.first).toMatchObject({
      walks: 0,
      teams: null,
      total: { states: { visited: 0, unknown: 0 }, effort: { minutes: 0 }, streets: null },
    })
    expect(codesOf(other)).toContain('patrol-no-walks')
    expect(other.parts.map(({ part }) => part)).toEqual(['cell', 'target'])
  })

  test('effort is told by the borders that were in force, not by those of today', async () => {
    const { sql } = context.database
    // As though the cells had been there since yesterday.
    for (const table of ['community', 'grid', 'micro_grid'])
      await sql.unsafe(`UPDATE ${table} SET updated_at = now() - interval '1 day'`)
    const west = async (period: object) => {
      const found = await ask({ period, detail: 'places' })
      const { rows } = found.result.first.levels[MICRO]!
      return { minutes: rows.find(({ id }) => id === areas.a.southWest)!.minutes, codes: codesOf(found) }
    }
    const before = await west(H)
    expect(before.codes).not.toContain('patrol-boundaries-unknown')
    await sql`
      UPDATE micro_grid SET version = version + 1, updated_at = now(),
        geom = ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(plot(0, 0, 10, 10))}::text), 4326)
      WHERE id = ${areas.a.southWest}`
    expect(await west(H)).toEqual(before)
    const after = await west({ ...H, to: iso(Date.now() + MINUTE) })
    expect(after.codes).toEqual(expect.arrayContaining(['patrol-boundaries-changed', 'patrol-period-cut']))
    expect(after.minutes).toBeGreaterThan(15)
    expect(after.minutes).toBeLessThan(17)
  })
})
