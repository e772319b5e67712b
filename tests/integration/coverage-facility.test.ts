import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { type FacilityParams, facilityParamsSchema } from '../../geodata/coverage/facility/facility.schema.ts'
import type { Reach } from '../../server/access/reach.ts'
import type { PartFeature } from '../../server/coverage/analysis-kind.ts'
import { askOnce } from '../../server/coverage/ask-once.ts'
import { facilityKind } from '../../server/coverage/facility/facility.kind.ts'
import { createNetwork } from '../../server/network/network.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { runCommand } from '../support/run-command.ts'
import { client, plot, put, smallHierarchy, spot } from '../support/small-hierarchy.ts'
import { cells } from '../support/writer.ts'

const CODE = '990101001001'

onBothDatabases('coverage by facilities', (context) => {
  const { save } = client(context)
  let town: Awaited<ReturnType<typeof smallHierarchy>>
  let network: ReturnType<typeof createNetwork>

  beforeAll(async () => {
    town = await smallHierarchy(context, CODE)
    await patrolTown(context, 0)
    await save({
      puts: [
        put('facilities', -1, null, spot(12.5, 2.5), { kind: 'clinic', name: '草地诊所' }),
        put('facilities', -2, null, spot(35, 7), {
          kind: 'aed',
          status: 'planned',
          works: { title: '增设', startsOn: '2020-01-01', endsOn: '2020-06-30' },
        }),
        put('facilities', -3, null, spot(35, 8), { kind: 'aed', status: 'planned' }),
        put('facilities', -4, null, spot(60.2, 0), { kind: 'bank', capacity: 3 }),
        put(
          'roads',
          -5,
          null,
          {
            type: 'LineString',
            coordinates: [spot(60, 0), spot(61, 0)].map(({ coordinates }) => coordinates),
          },
          { kind: 'minor' },
        ),
        put('buildings', -6, null, plot(35, 7, 36, 8), { use: 'residential', households: 50 }),
        put('hazards', -7, null, spot(30, 3), {
          title: '通道堆物',
          categoryStandard: 'local',
          categoryKind: 'matter',
          categoryCode: '06036',
          severity: 'high',
          reportedAt: '2020-01-01T00:00:00Z',
        }),
      ],
    })
    network = createNetwork(context.deps)
  })

  async function ask(
    params: Partial<FacilityParams>,
    { area = [], reach = 'everywhere' }: { area?: string[]; reach?: Reach } = {},
  ) {
    const found = await askOnce(
      facilityKind,
      {
        sql: context.database.sql,
        network,
        signal: new AbortController().signal,
        progress: () => {},
        area,
        reach,
      },
      facilityParamsSchema.parse({ kinds: ['aed'], walk: 300, ...params }),
    )
    const parts = new Map<string, PartFeature[]>()
    for (const { part, features } of found.parts) {
      const all: PartFeature[] = []
      for await (const feature of features) all.push(feature)
      parts.set(part, all)
    }
    return {
      ...found,
      of: (part: string) => parts.get(part) ?? [],
      codes: found.notes.map(({ code }) => code),
    }
  }

  test('who is covered, who is not, and how far it is for them', async () => {
    const { result, of, notes } = await ask({ bands: [100, 2000] })
    expect(result.total).toMatchObject({
      buildings: 5,
      coveredBuildings: 2,
      households: 500,
      coveredHouseholds: 100,
      householdsUnknown: 1,
    })
    expect(result.bands.map(({ metres, coveredBuildings }) => [metres, coveredBuildings])).toEqual([
      [100, 2],
      [300, 2],
      [2000, 5],
    ])
    expect(result.facilities).toEqual({ counted: 2, onStreets: 2, planned: 0 })
    expect(notes.map(({ code }) => code)).toEqual(['supply-each', 'households-unknown'])
    const buildings = of('building').map(({ properties }) => properties)
    const northWest = buildings.find(({ buildingId }) => buildingId === town.buildings[1])!
    // Half a plot to the street, and ten thousandths of a degree along it.
    expect(northWest.metres).toBeGreaterThan(1150)
    expect(northWest.metres).toBeLessThan(1165)
    expect(northWest).toMatchObject({
      covered: false,
      nearestId: town.facilities[0],
      secondId: town.facilities[1],
      reachedBy: 0,
    })
    const [ofEast] = result.cells.rows.filter(({ name }) => name === '东网格')
    expect(ofEast).toMatchObject({
      buildings: 3,
      coveredBuildings: 1,
      households: 200,
      coveredHouseholds: 0,
      householdsUnknown: 1,
    })
    expect(of('facility').map(({ properties }) => properties.servedHouseholds)).toEqual([100, 0])
    expect(result.accessibility).toMatchObject({ supply: 'each', supplied: 1, demand: 500 })
    expect(result.accessibility.used).toBeCloseTo(1, 9)
  })

  test('gaps and covered ground are all the ground, apart, sound, and as large as PostGIS says', async () => {
    const { result, of } = await ask({ bands: [600] })
    const { area } = result
    expect(area.gapSquareMetres).toBeGreaterThan(1_000_000)
    expect(area.coveredSquareMetres).toBeGreaterThan(10_000)
    expect(Math.abs((area.gapSquareMetres + area.coveredSquareMetres) / area.squareMetres - 1)).toBeLessThan(
      1e-6,
    )
    const limit = of('reach').filter(({ properties }) => properties.isLimit)
    const gaps = [...of('gap'), ...of('sliver')]
    const shapes = [...gaps, ...limit]
    const told = await context.database.sql<{ square: number; sound: boolean }[]>`
      SELECT ST_Area(shape.geom::geography) AS square, ST_IsValid(shape.geom) AS sound
      FROM unnest(${shapes.map(({ geometry }) => JSON.stringify(geometry))}::text[]) WITH ORDINALITY given (json, number)
        CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_GeomFromGeoJSON(json), 4326) AS geom) shape ORDER BY number`
    for (const [i, { square, sound }] of told.entries()) {
      expect(sound).toBe(true)
      expect(Math.abs((shapes[i]!.properties.squareMetres as number) / square - 1)).toBeLessThan(0.001)
    }
    const [both] = await context.database.sql<{ shared: number; rest: number }[]>`
      WITH gap AS (SELECT ST_Union(ST_SetSRID(ST_GeomFromGeoJSON(json), 4326)) AS geom
          FROM unnest(${gaps.map(({ geometry }) => JSON.stringify(geometry))}::text[]) json),
        reach AS (SELECT ST_Union(ST_SetSRID(ST_GeomFromGeoJSON(json), 4326)) AS geom
          FROM unnest(${limit.map(({ geometry }) => JSON.stringify(geometry))}::text[]) json)
      SELECT ST_Area(ST_Intersection(gap.geom, reach.geom)::geography) AS shared,
        (SELECT sum(ST_Area(geom::geography)) FROM community) - ST_Area(ST_Union(gap.geom, reach.geom)::geography) AS rest
      FROM gap, reach`
    expect(both!.shared).toBeLessThan(1)
    expect(Math.abs(both!.rest)).toBeLessThan(area.squareMetres * 1e-6)
    const sum = (name: string) =>
      gaps.reduce((all, { properties }) => all + ((properties[name] as number) ?? 0), 0)
    expect([sum('buildings'), sum('households'), sum('hazards')]).toEqual([3, 400, 1])
    expect(gaps[0]!.properties.nearestMetres).toBeGreaterThan(0)
    expect(result.straight.coveredBuildings).toBeGreaterThanOrEqual(result.total.coveredBuildings)
    expect(area.straightSquareMetres!).toBeGreaterThan(area.coveredSquareMetres)
  })

  test('planned works count from the day they are over, and one without a day never', async () => {
    const before = await ask({ asOf: '2020-06-29', compareStraight: false })
    const after = await ask({ asOf: '2020-06-30', compareStraight: false })
    expect([before.result.facilities.planned, after.result.facilities.planned]).toEqual([0, 1])
    expect([before.result.total.coveredBuildings, after.result.total.coveredBuildings]).toEqual([2, 3])
    expect(after.of('straight')).toEqual([])
    expect(after.result.area.straightSquareMetres).toBeNull()
  })

  test('an empty kind, one off the streets, one on a street that leads nowhere: all is a gap, and that is said', async () => {
    const none = await ask({ kinds: ['lift'] })
    expect(none.codes).toEqual(['no-facilities', 'households-unknown'])
    expect(none.notes[0]!.values).toEqual({ kinds: ['lift'] })
    expect(none.result.total.coveredBuildings).toBe(0)
    expect(none.result.area.gapSquareMetres / none.result.area.squareMetres).toBeCloseTo(1, 9)
    expect(none.result.gaps[0]).toMatchObject({ buildings: 5, households: 500, nearestMetres: null })
    expect(none.result.accessibility).toMatchObject({ supplied: 0, used: 0, mean: 0 })

    const off = await ask({ kinds: ['clinic', 'lift'] })
    expect(off.codes).toEqual([
      'kinds-missing',
      'facilities-off-streets',
      'supply-each',
      'households-unknown',
    ])
    expect(off.notes[1]!.values).toMatchObject({ count: 1, facilities: ['草地诊所'] })
    expect(off.result).toMatchObject({
      facilities: { counted: 1, onStreets: 0 },
      total: { coveredBuildings: 0 },
    })

    const cutOff = await ask({ kinds: ['bank'] })
    expect(cutOff.codes).toEqual(['buildings-cut-off', 'households-unknown'])
    expect(cutOff.result.distances.none).toBe(5)
    expect(cutOff.result.accessibility).toMatchObject({ supply: 'capacity', supplied: 0 })
  })

  test('a part of the area is judged by the facilities around it, and nobody is told of what they do not reach', async () => {
    const { code } = (
      await context.database.sql<{ code: string }[]>`SELECT code FROM micro_grid WHERE id = ${town.northWest}`
    )[0]!
    const part = await ask({ walk: 1200 }, { area: [code] })
    expect(part.result.total).toMatchObject({ buildings: 1, coveredBuildings: 1 })
    expect(part.of('building')[0]!.properties.nearestId).toBe(town.facilities[0])
    const alone = await ask({ walk: 1200 }, { reach: [cells({ 'micro-grids': [town.northWest] })] })
    expect(alone.codes).toContain('only-in-reach')
    expect(alone.result).toMatchObject({
      facilities: { counted: 0 },
      total: { buildings: 1, coveredBuildings: 0 },
    })
    expect(Math.abs(alone.result.area.squareMetres / part.result.area.squareMetres - 1)).toBeLessThan(1e-9)
    const nothing = await ask({}, { reach: [] })
    expect(nothing.codes).toEqual(['no-facilities', 'only-in-reach', 'no-cells', 'no-buildings'])
    expect(nothing.result.area.squareMetres).toBe(0)
    expect(nothing.of('gap')).toEqual([])
  })

  test('the command writes gaps while the server runs, and tells what is wrong before anything is written', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gridward-cli-coverage-'))
    const coverage = (...args: string[]) => runCommand(context, 'coverage', ...args).ended
    try {
      const output = join(folder, 'gaps.geojson')
      const said = await coverage('--facility', 'aed', '--walk', '300', '-o', output)
      expect(said.code, said.stderr).toBe(0)
      expect(said.stderr).toContain('buildings 2 of 5 (40.0 %), households 100 of 500 (20.0 %), 1 buildings')
      const { features } = JSON.parse(await readFile(output, 'utf8'))
      expect(features.length).toBeGreaterThan(0)
      expect(features[0]).toMatchObject({ type: 'Feature', properties: { number: 1, buildings: 3 } })
      const wrong: [args: string[], told: string][] = [
        [['--facility', 'ufo'], '--facility: Invalid option'],
        [['--facility', 'aed', '--minutes', '90'], '--minutes: is more than 5000 metres'],
        [['--facility', 'aed', '--area', '990101001777'], '990101001777'],
        [['--facility', 'aed', '-o', join(folder, 'none', 'gaps.geojson')], 'does not exist'],
      ]
      const answers = await Promise.all(wrong.map(([args]) => coverage(...args)))
      for (const [i, { code, stderr, stdout }] of answers.entries()) {
        expect([code, stdout], wrong[i]![0].join(' ')).toEqual([1, ''])
        expect(stderr).toContain(wrong[i]![1])
      }
      expect(await readdir(folder)).toEqual(['gaps.geojson'])
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
