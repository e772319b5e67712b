import { beforeAll, expect, test } from 'vitest'
import { type Around, MAX_AROUND_BYTES, MAX_AROUND_FEATURES } from '../../geodata/walks/around.schema.ts'
import { readAround } from '../../server/walks/around.store.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { spot } from '../support/small-hierarchy.ts'
import { twoAreas } from '../support/two-areas.ts'
import { signedIn, type Visitor } from '../support/visitor.ts'
import { publishRound } from '../support/walk-shift.ts'

onBothDatabases('what lies around a round, for a phone without a network', (context) => {
  twoAreas(context)
  let checkpoint: number
  let lin: Visitor
  let he: Visitor
  let eastern: Visitor

  beforeAll(async () => {
    const ids = await patrolTown(context, 1)
    checkpoint = ids[0]!
    lin = await signedIn(context, { username: 'lin.mei', role: 'officer', area: ['990101001001'] })
    he = await signedIn(context, { username: 'he.jun', role: 'officer', area: ['990101001001'] })
    const [grid] = await context.database.sql<{ code: string }[]>`
      SELECT code FROM grid WHERE name = '东网格' AND code LIKE '990101001001%'`
    eastern = await signedIn(context, { username: 'east', role: 'officer', area: [grid!.code] })
  })

  /** From the corner at 0, 0 along streets to beside the building in the south-west: five and a half streets away. */
  const round = (people: string[]) =>
    publishRound(context, {
      people,
      stops: [
        { id: checkpoint, east: 0.5, north: 0.1 },
        { id: null, east: 5.2, north: 4.9 },
      ],
    })
  const around = ({ planId, roundId }: { planId: number; roundId: string }, who: Visitor) =>
    who.call('GET', `/patrols/mine/${roundId}/around?plan=${planId}`)
  const streets = ({ features }: Around) => features.filter(({ properties }) => properties.layer === 'roads')
  const buildings = ({ features }: Around) =>
    features.flatMap(({ properties }) => (properties.layer === 'buildings' ? (properties.name ?? '') : []))

  test('streets come before buildings; what is further than 200 m from the way is not told', async () => {
    const { status, body } = await around(await round(['lin.mei']), lin)
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body).toMatchObject({ type: 'FeatureCollection', isCut: false })
    // Two streets across and two along; the next ones are half a kilometre off, and so is the other building.
    expect(streets(body)).toHaveLength(4)
    expect(body.features[0].geometry.type).toBe('LineString')
    expect(buildings(body)).toEqual(['11幢'])
    expect(body.features.at(-1).geometry.type).toBe('MultiPolygon')
    expect(JSON.stringify(body)).not.toMatch(/\d\.\d{7}/)
  })

  test('beyond their own area the surroundings are not told, though the round leads there', async () => {
    const { body } = await around(await round(['east']), eastern)
    expect(buildings(body)).toEqual([])
    // Of the streets those that reach into the east.
    expect(streets(body)).toHaveLength(2)
  })

  test('a round of others, or of another plan, has no surroundings', async () => {
    const own = await round(['lin.mei'])
    for (const answer of [await around(own, he), await around({ ...own, planId: own.planId + 1000 }, lin)])
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })

  test('a way without an end or a stop, in one place or beyond all streets answers with what there is', async () => {
    const at = spot(0.5, 0.1).coordinates as [number, number]
    const { sql } = context.database
    const read = (path: [number, number][], stops: [number, number][]) =>
      readAround(sql, { path, stops }, 'everywhere')
    expect(await read([], [])).toEqual({ type: 'FeatureCollection', features: [], isCut: false })
    expect(streets(await read([], [at]))).toHaveLength(2)
    expect(streets(await read([at, at], []))).toHaveLength(2)
    expect(await read([], [[0, 0]])).toMatchObject({ features: [], isCut: false })
  })

  test('of more than fits the nearest stay, and it says that there is more', async () => {
    const { sql } = context.database
    await sql`
      INSERT INTO road (kind, name, geom) SELECT 'path', 'p' || n, ST_SetSRID(ST_MakeLine(
        ST_MakePoint(120 + n / 1e7, 31.5), ST_MakePoint(120 + n / 1e7, 31.5001)), 4326) FROM generate_series(1, 3100) n`
    const at: [number, number] = [120, 31.5]
    const many = await readAround(sql, { path: [], stops: [at] }, 'everywhere')
    expect(many.isCut).toBe(true)
    expect(many.features).toHaveLength(MAX_AROUND_FEATURES)
    expect(many.features[0]!.properties.name).toBe('p1')
    await sql`UPDATE road SET name = repeat('长', 100) || id WHERE name LIKE 'p%' AND kind = 'path'`
    const long = await readAround(sql, { path: [], stops: [at] }, 'everywhere')
    expect(long.isCut).toBe(true)
    expect(long.features.length).toBeLessThan(MAX_AROUND_FEATURES)
    expect(Buffer.byteLength(JSON.stringify(long))).toBeLessThan(MAX_AROUND_BYTES + 10_000)
    await sql`DELETE FROM road WHERE kind = 'path'`
  })
})
