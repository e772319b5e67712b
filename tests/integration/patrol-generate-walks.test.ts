import { beforeAll, expect, test } from 'vitest'
import type { Job } from '../../geodata/patrols/generation.schema.ts'
import type { Plan, Round } from '../../geodata/patrols/plan.schema.ts'
import { EVENING as hours } from '../support/evening.ts'
import { generateRounds, patrolTeam as team } from '../support/generate-rounds.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { spot } from '../support/small-hierarchy.ts'
import { twoAreas } from '../support/two-areas.ts'

onBothDatabases('generating walks along streets and borders', (context) => {
  const { areas } = twoAreas(context)
  const { call, finish, make, begin } = generateRounds(context)
  const codeOf = async (layer: string, id: number): Promise<string> =>
    (await call('GET', `/${layer}/${id}`)).body.properties.code

  beforeAll(async () => {
    await patrolTown(context, 0)
  })

  /** Stores the rounds and tells the metres that their ways are, and the conflicts. */
  async function walked({ id, name, area, teams }: Plan, rounds: Round[]) {
    const stored = await call(
      'PUT',
      `/patrols/plans/${id}`,
      { name, ...hours, area, teams, rounds },
      { 'if-match': '"1"' },
    )
    expect(stored.status, JSON.stringify(stored.body)).toBe(200)
    const file = await call('GET', `/patrols/plans/${id}/export.geojson`)
    const { features } = file.body as {
      features: { properties: { kind: string; metres: number; endsAt: string } }[]
    }
    return features.map(({ properties }) => properties).filter(({ kind }) => kind === 'round')
  }

  test('every street is walked, and the way that follows from the stops is the walk that was found', async () => {
    const all = (await call('GET', '/patrols/network')).body.metres
    for (const teams of [[team('A')], [team('A'), team('B'), team('C')]]) {
      const plan = await make({ teams })
      const job = await finish(await begin(plan, { kind: 'streets', seconds: 5 }))
      expect(job, JSON.stringify(job.problem)).toMatchObject({ state: 'done', kind: 'streets' })
      const { rounds, metres, streets } = job.proposal!
      expect(rounds).toHaveLength(teams.length)
      expect(metres - streets!.deadHeadMetres).toBeGreaterThan(all - 5)
      expect(metres - streets!.deadHeadMetres).toBeLessThan(all + 5)
      expect(streets).toMatchObject({ unreachedMetres: 0, isExact: teams.length === 1 })
      const walkedMetres = (await walked(plan, rounds)).reduce((sum, { metres }) => sum + metres, 0)
      // And from the post to the street, there and back.
      expect(Math.abs(walkedMetres - metres)).toBeLessThan(100 * teams.length)
    }
  })

  test('of the streets of a part of the area those alone are walked', async () => {
    const grid = await codeOf('grids', areas.a.west)
    const whole = await finish(await begin(await make(), { kind: 'streets', seconds: 1 }))
    const part = await finish(await begin(await make({ area: [grid] }), { kind: 'streets', seconds: 1 }))
    const own = ({ proposal }: Job) => proposal!.metres - proposal!.streets!.deadHeadMetres
    expect(own(part)).toBeGreaterThan(0)
    expect(own(part)).toBeLessThan(own(whole))
    const nobody = await finish(await begin(await make({ teams: [] }), { kind: 'streets' }))
    expect(nobody).toMatchObject({ state: 'failed', problem: { code: 'no-team' } })
  })

  test('teams of different posts share the streets, and each walks from its own', async () => {
    const east = spot(39.9, 19.9).coordinates
    const teams = [team('A'), team('B', { start: east, end: east })]
    const plan = await make({ teams })
    const { rounds, metres, streets } = (await finish(await begin(plan, { kind: 'streets', seconds: 2 })))
      .proposal!
    const [a, b] = rounds.map(({ stops }) => stops.map(({ lngLat }) => lngLat[0] + lngLat[1]))
    // Each begins nearer to its own corner than the other does.
    expect(a![0]!).toBeLessThan(b![0]!)
    const ways = await walked(plan, rounds)
    const total = ways.reduce((sum, { metres }) => sum + metres, 0)
    expect(Math.abs(total - metres)).toBeLessThan(200)
    expect(Math.abs(Math.max(...ways.map(({ metres }) => metres)) - streets!.longestMetres)).toBeLessThan(200)
  })

  test('a locked round of streets stays, and the others walk what it leaves', async () => {
    const plan = await make()
    const first = (await finish(await begin(plan, { kind: 'streets', seconds: 1 }))).proposal!
    const locked = { ...first.rounds[0]!, locked: true }
    await walked(plan, [locked])
    const again = async (keep: string) =>
      (await finish(await begin(plan, { kind: 'streets', seconds: 1, keep }))).proposal!
    const kept = await again('locked')
    expect(kept.rounds[0]).toEqual(locked)
    expect(kept.rounds.map(({ teamId }) => teamId)).toEqual(['A', 'B'])
    const own = (proposal: typeof first) => proposal.metres - proposal.streets!.deadHeadMetres
    expect(own(kept)).toBeGreaterThan(0)
    expect(own(kept)).toBeLessThan(own(first) * 0.7)
    expect(own(await again('none'))).toBe(own(first))
    await call(
      'PUT',
      `/patrols/plans/${plan.id}`,
      { ...hours, name: '夜巡', area: plan.area, teams: [team('A')], rounds: [locked] },
      { 'if-match': '"2"' },
    )
    expect(await finish(await begin(plan, { kind: 'streets' }))).toMatchObject({
      state: 'failed',
      problem: { detail: expect.stringContaining('locked round') },
    })
  })

  test('a border is walked on the streets beside it to the end of the shift, and the file of the plan has the way', async () => {
    const plan = await make({ area: [await codeOf('grids', areas.a.west)] })
    const job = await finish(await begin(plan, { kind: 'border' }))
    expect(job, JSON.stringify(job.problem)).toMatchObject({ state: 'done', kind: 'border' })
    const { rounds, border, metres } = job.proposal!
    expect(rounds.map(({ teamId }) => teamId)).toEqual(['A', 'B'])
    // Twice 20 by 20 thousandths of a degree, 8.2 km, all of it streets.
    expect(border!.metres).toBeGreaterThan(8000)
    expect(border!.metres).toBeLessThan(8400)
    expect(border!.streetMetres).toBe(border!.metres)
    expect(border!.meanDistanceMetres).toBeLessThan(1)
    expect(border!.worstIdleSeconds).toBe(Math.round((border!.metres / 2 / 70) * 60))
    expect(border!.walks.map(({ laps }) => laps)).toEqual([expect.any(Number), expect.any(Number)])
    const ways = await walked(plan, rounds)
    const total = ways.reduce((sum, { metres }) => sum + metres, 0)
    expect(Math.abs(total - metres)).toBeLessThan(100)
    for (const { endsAt } of ways) expect(Date.parse(endsAt)).toBeLessThanOrEqual(Date.parse(hours.to))
  })

  test('an area without one border, and a shape that crosses itself, say what to do', async () => {
    const why = async (plan: Plan, kind = 'border') => {
      const { state, problem } = await finish(await begin(plan, { kind }))
      expect(state).toBe('failed')
      return `${problem!.code}: ${problem!.detail}`
    }
    expect(await why(await make({ area: [] }))).toMatch(/^no-border: .*names no area/)
    expect(await why(await make({ teams: [] }))).toMatch(/^no-team: .*no team/)
    const diagonal = [
      await codeOf('micro-grids', areas.a.southWest),
      await codeOf('micro-grids', areas.a.northEast),
    ]
    expect(await why(await make({ area: diagonal }))).toMatch(/^no-border: .*2 parts/)
    const bow = 'MULTIPOLYGON(((120 31,120.02 31.01,120.02 31,120 31.01,120 31)))'
    await context.database.sql`
      UPDATE micro_grid SET geom = ST_GeomFromText(${bow}, 4326) WHERE code = ${diagonal[0]!}`
    for (const kind of ['border', 'streets'])
      expect(await why(await make({ area: [diagonal[0]] }), kind)).toMatch(
        new RegExp(`^invalid-geometry: .*cell ${diagonal[0]} is broken .Self-intersection`),
      )
  })
})
