import { beforeAll, expect, test } from 'vitest'
import type { SitingResult } from '../../geodata/siting/siting.schema.ts'
import { analyses } from '../support/analyses.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { client, plot, put, smallHierarchy, spot } from '../support/small-hierarchy.ts'

const CODE = '990101001001'
const at = (east: number, north: number) => ({ lngLat: spot(east, north).coordinates })

onBothDatabases('siting', (context) => {
  const { call, save, get } = client(context)
  const { ask, finish, answer } = analyses(call)
  let town: Awaited<ReturnType<typeof smallHierarchy>>

  beforeAll(async () => {
    town = await smallHierarchy(context, CODE)
    await patrolTown(context, 2)
    const line = [spot(60, 0), spot(61, 0)].map(({ coordinates }) => coordinates)
    await save({
      puts: [
        put('roads', -1, null, { type: 'LineString', coordinates: line }, { kind: 'minor' }),
        put('landcover', -2, null, plot(26, 4.2, 27, 4.8), { kind: 'square', name: '健身广场' }),
        put('facilities', -3, null, spot(24.8, 5.2), { kind: 'service-centre', name: '党群服务中心' }),
      ],
    })
  })

  const drawn = [at(5.1, 15.2), { ...at(25.1, 5.2), name: '东门' }, at(38, 0.2)]
  const params = {
    aim: 'cover-most',
    kinds: ['aed'],
    walkMetres: 300,
    sites: 1,
    candidates: { drawn },
    seconds: 20,
  }
  async function solve(more: object, area: string[] = []) {
    const analysis = await answer('siting', { ...params, ...more }, area)
    const result = analysis.result as unknown as SitingResult
    const codes = analysis.notes.map(({ code }) => code)
    return { ...analysis, result, codes, step: result.steps[result.chosen]! }
  }
  const features = async (id: string, part: string) =>
    (await call('GET', `/analyses/${id}/features/${part}`)).body.features

  test('one more site goes where most households are out of reach, and the curve tells what more would add', async () => {
    const { id, result, codes, step, notes } = await solve({})
    expect(result.before?.covered).toBe(100)
    expect(result.steps.map(({ limit, newSites, measures }) => [limit, newSites, measures.covered])).toEqual([
      [0, 0, 100],
      [1, 1, 300],
      [2, 2, 450],
      [3, 2, 450],
    ])
    expect(step).toMatchObject({ isProven: true, gap: 0, sites: [{ number: 1, lngLat: drawn[0]!.lngLat }] })
    expect(result.sites).toMatchObject([{ origin: 'drawn', serves: 200, worth: { covered: 100 } }])
    expect(codes).toEqual(['figures-unknown'])
    expect(notes[0]!.values).toEqual({ count: 1, of: 4, weights: 'households' })
    const buildings = await features(id, 'building')
    const state = Object.fromEntries(
      buildings.map(({ properties }: { properties: { buildingId: number; state: string } }) => [
        town.buildings.indexOf(properties.buildingId),
        properties.state,
      ]),
    )
    expect(state).toEqual({ 0: 'covered', 1: 'gained', 2: 'left', 3: 'covered' })
    const links = await features(id, 'link')
    expect(links).toHaveLength(1)
    expect(links[0].properties).toMatchObject({ site: 1, buildingId: town.buildings[1], weight: 200 })
    expect(links[0].geometry.coordinates).toContainEqual(drawn[0]!.lngLat)
    expect(
      (await features(id, 'candidate')).map(({ properties }: { properties: object }) => properties),
    ).toMatchObject([
      { number: 1, isChosen: true },
      { number: 2, isChosen: false, name: '东门' },
      { number: 3, isChosen: false },
    ])
  })

  test('the fewest for everyone, from places on streets, grounds, checkpoints and other facilities', async () => {
    const { result, step, codes } = await solve({
      aim: 'cover-all',
      sites: null,
      candidates: {
        crossings: true,
        streetMetres: 200,
        checkpoints: true,
        grounds: true,
        facilityKinds: ['service-centre'],
      },
    })
    expect(result.needed).toEqual({ price: 2, bound: 2 })
    expect(step).toMatchObject({ newSites: 2, isProven: true, measures: { covered: 450, unreached: 0 } })
    expect(result.candidates).toMatchObject({ facility: 1, ground: 1, checkpoint: expect.any(Number) })
    expect(result.candidates.crossing! + result.candidates.street!).toBeGreaterThan(2)
    expect(codes).toEqual(['figures-unknown'])
  })

  test('the least mean and the least worst walk; what stands may move', async () => {
    const mean = await solve({ aim: 'least-mean', walkMetres: 500 })
    expect(mean.step.measures.meanMetres).toBeLessThan(mean.result.before!.meanMetres!)
    expect(mean.step.sites.map(({ number }) => number)).toEqual([1])
    const worst = await solve({ aim: 'least-worst', weights: 'buildings', sites: 2 })
    expect(worst.step.measures.worstMetres).toBeLessThan(300)
    const moved = await solve({ aim: 'cover-most', existing: 'move', sites: 0 })
    // Both go where more households are.
    expect(moved.step).toMatchObject({ newSites: 2, closed: 2, measures: { covered: 350 } })
    const same = await solve({ aim: 'cover-most', existing: 'move', sites: 2 })
    expect(same.step).toMatchObject({ newSites: 2, closed: 0, measures: { covered: 450 } })
  })

  test('a budget that is too small says what everything would take, and is spent as well as can be', async () => {
    const { step, notes, result } = await solve({
      aim: 'cover-all',
      sites: null,
      budget: 100,
      candidates: {
        drawn: [
          { ...drawn[0], price: 90 },
          { ...drawn[1], price: 60 },
        ],
      },
    })
    expect(result.needed).toEqual({ price: 150, bound: 150 })
    expect(notes.find(({ code }) => code === 'limit-too-small')?.values).toMatchObject({
      needed: 150,
      limit: 100,
    })
    expect(step).toMatchObject({ price: 90, measures: { covered: 300 } })
    expect(result.steps.every(({ price, limit }) => price <= limit)).toBe(true)
  })

  test('who no street leads to is named, and the others are helped all the same', async () => {
    const { ids } = await save({
      puts: [
        put('buildings', -1, null, plot(60.2, 0.1, 60.4, 0.3), {
          name: '孤岛',
          use: 'residential',
          households: 7,
        }),
        put('buildings', -2, null, plot(12, 12.2, 12.4, 12.6), {
          name: '离街',
          use: 'residential',
          households: 9,
        }),
      ],
    })
    const { result, codes, step } = await solve({ aim: 'least-mean', sites: 2 })
    expect(codes).toEqual(['figures-unknown', 'buildings-off-streets', 'beyond-streets'])
    expect(result.demand.beyond).toEqual({ buildings: 2, weight: 16 })
    expect(result.beyond.map(({ name }) => name)).toEqual(['离街', '孤岛'])
    expect(step.measures).toMatchObject({ covered: 450, unreached: 0 })
    const rest = await Promise.all(
      [ids['-1'], ids['-2']].map(async (id) => ({
        layer: 'buildings',
        id,
        version: (await get('buildings', id)).version,
      })),
    )
    await save({ deletes: rest })
  })

  test('in an area its own buildings count, and a site drawn outside is no candidate', async () => {
    const { code } = await get('grids', town.west).then(({ properties }) => properties)
    const { result, codes } = await solve({ sites: 2 }, [code])
    expect(result.demand).toMatchObject({ buildings: 2, weight: 300 })
    expect(result.candidates).toEqual({ drawn: 1 })
    expect(codes).toEqual(['drawn-outside'])
  })

  test('nothing to choose from, nobody in need, nothing that stands: said, not failed', async () => {
    expect(await solve({ candidates: {} })).toMatchObject({
      codes: ['figures-unknown', 'no-candidates', 'nothing-helps'],
    })
    const { code } = await get('micro-grids', town.northEast).then(({ properties }) => properties)
    const idle = await solve({ kinds: ['police'], candidates: { crossings: true } }, [code])
    expect(idle.result).toMatchObject({ steps: [], chosen: -1, sites: [], before: null })
    expect(idle.codes).toEqual([
      'nobody-asks',
      'figures-unknown',
      'none-stands',
      'no-candidates',
      'nothing-to-choose',
    ])
    const far = await solve({ candidates: { drawn: [at(12.5, 12.5)] } })
    expect(far.codes).toContain('candidates-off-streets')
  })

  test('questions that contradict themselves are refused by name', async () => {
    for (const [bad, where] of [
      [{ budget: 5 }, '/params/budget'],
      [{ sites: null }, '/params/sites'],
      [{ sites: 51 }, '/params/sites'],
      [{ kinds: [] }, '/params/kinds'],
      [{ candidates: { drawn: [{ lngLat: [200, 0] }] } }, '/params/candidates/drawn/0/lngLat/0'],
      [{ existing: 'move', sites: null, budget: 3 }, '/params/existing'],
      [{ seconds: 1e9 }, '/params/seconds'],
    ] as const) {
      const { status, body } = await call('POST', '/analyses', {
        kind: 'siting',
        params: { ...params, ...bad },
      })
      expect(status, JSON.stringify(bad)).toBe(422)
      expect(body.issues.map(({ at: pointer }: { at: string }) => pointer)).toContain(where)
    }
  })

  test('a cancelled search ends at once', async () => {
    const { id } = await ask('siting', {
      ...params,
      aim: 'least-mean',
      candidates: { streetMetres: 20, spacingMetres: 0 },
      sites: 9,
    })
    expect((await call('POST', `/analyses/${id}/cancel`)).status).toBeLessThan(300)
    expect((await finish(id)).state).toBe('cancelled')
  })
})
