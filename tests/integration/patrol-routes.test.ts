import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { callApi } from '../support/call-api.ts'
import { EVENING, TOMORROW } from '../support/evening.ts'
import { onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { spot } from '../support/small-hierarchy.ts'
import { decodeStrictly } from '../support/strict-mvt.ts'
import { idsInTile, tilesAround } from '../support/tile-ids.ts'
import { someone, type TwoCommunities, twoCommunities } from '../support/two-communities.ts'

const [A, B] = ['990101001001', '990101001002']
const METRES_EAST = 95.3 * 5

onBothDatabases('patrol routes', (context) => {
  const call = callApi(context)
  let town: TwoCommunities
  let readers: Record<'everywhere' | 'A' | 'B', TestApp>
  beforeAll(async () => {
    town = await twoCommunities(context)
    await patrolTown(context, 0)
    readers = {
      everywhere: await context.app(),
      A: await context.appFor(someone(town.reachOf(['A']))),
      B: await context.appFor(someone(town.reachOf(['B']))),
    }
  })

  const stop = (east: number, north: number) => ({
    id: randomUUID(),
    checkpointId: null,
    lngLat: spot(east, north).coordinates,
    dwellMinutes: 0,
  })
  const round = (places: [number, number][], teamId = 'A') => ({
    id: randomUUID(),
    teamId,
    stops: places.map(([east, north]) => stop(east, north)),
    legs: places.map(() => 'street').concat('street'),
  })
  const plan = (rounds: object[], area: string[]) => ({
    name: '夜巡',
    ...EVENING,
    area,
    teams: [{ id: 'A', name: '甲组', ...EVENING }],
    rounds,
  })
  const version = (number: number) => ({ 'if-match': `"${number}"` })
  async function publish(rounds: object[], area = [A]) {
    const made = await call('POST', '/patrols/plans', plan(rounds, area))
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const id = made.body.id as number
    expect((await call('POST', `/patrols/plans/${id}/publish`, undefined, version(1))).status).toBe(200)
    return id
  }
  const routes = async (query: string, app = readers.everywhere) => {
    const answer = await app.request(`/api/v1/patrol-routes?${query}`)
    expect(answer.status).toBe(200)
    return ((await answer.json()) as { features: Route[] }).features
  }
  interface Route {
    id: number
    geometry: { coordinates: [number, number][] }
    properties: Record<string, unknown>
  }
  const [tile] = tilesAround([...spot(2, 2).coordinates, ...spot(2, 2).coordinates] as never, 12)
  const address = `/tiles/patrol-routes/${tile!.z}/${tile!.x}/${tile!.y}.mvt`
  const inTile = async (app: TestApp) => idsInTile(await (await app.request(address)).arrayBuffer())

  test('a published round is a line along the streets, of one draft there is none', async () => {
    // Around the corner: 10 thousandths east along the southern street, then 5 north.
    const walked = round([
      [0, 0],
      [10, 5],
    ])
    const id = await publish([walked, round([[20, 0]])])
    const [one, ...others] = await routes(`plan=${id}`)
    expect(others).toEqual([])
    expect(one!.properties).toEqual({
      planId: id,
      planVersion: 1,
      name: '夜巡',
      state: 'published',
      round: walked.id,
      teamId: 'A',
      team: '甲组',
      from: `${TOMORROW}T10:00:00.000Z`,
      to: `${TOMORROW}T14:00:00.000Z`,
      metres: expect.any(Number),
      stops: 0,
    })
    const { metres } = one!.properties as { metres: number }
    // As long as the two sides of the corner, which is longer than the straight line.
    expect(metres).toBeGreaterThan(2 * METRES_EAST + 500)
    expect(metres).toBeLessThan(2 * METRES_EAST + 600)
    expect(one!.geometry.coordinates.length).toBeGreaterThan(2)
    expect(one!.geometry.coordinates[0]).toEqual(spot(0, 0).coordinates)

    const draft = await call(
      'POST',
      '/patrols/plans',
      plan(
        [
          round([
            [0, 0],
            [5, 5],
          ]),
        ],
        [A],
      ),
    )
    expect(await routes(`plan=${draft.body.id}`)).toEqual([])
  })

  test('published again, a round keeps its id and moves, one that was taken out goes, and closing says so', async () => {
    const [stays, goes] = [
      round([
        [0, 0],
        [5, 0],
      ]),
      round([
        [0, 5],
        [5, 5],
      ]),
    ]
    const id = await publish([stays, goes])
    const before = await routes(`plan=${id}`)
    expect(before).toHaveLength(2)
    const longer = { ...stays, stops: [...stays.stops, stop(15, 0)], legs: [...stays.legs, 'street'] }
    await call('PUT', `/patrols/plans/${id}`, plan([longer], [A]), version(1))
    expect(await routes(`plan=${id}`)).toEqual(before)
    await call('POST', `/patrols/plans/${id}/publish`, undefined, version(2))
    const [after, ...others] = await routes(`plan=${id}`)
    expect(others).toEqual([])
    expect(after!.id).toBe(before.find(({ properties }) => properties.round === stays.id)!.id)
    expect(after!.properties).toMatchObject({ planVersion: 2, state: 'published' })
    expect(after!.properties.metres).toBeGreaterThan(2 * (before[0]!.properties.metres as number))
    await call('POST', `/patrols/plans/${id}/close`, undefined, version(2))
    expect((await routes(`plan=${id}`))[0]!.properties.state).toBe('closed')
  })

  test('a refused publication leaves the routes as they were', async () => {
    const id = await publish([
      round([
        [0, 0],
        [5, 0],
      ]),
    ])
    const before = await routes(`plan=${id}`)
    await call(
      'PUT',
      `/patrols/plans/${id}`,
      plan(
        [
          round([
            [0, 5],
            [15, 5],
          ]),
        ],
        [A],
      ),
      version(1),
    )
    expect((await call('POST', `/patrols/plans/${id}/publish`, undefined, version(1))).status).toBe(412)
    expect(await routes(`plan=${id}`)).toEqual(before)
  })

  test('lists and tiles show the routes of plans whose cells are all in reach, now and when they were published', async () => {
    const ways = () => [
      round([
        [0, 0],
        [5, 5],
      ]),
    ]
    const ids = {
      A: await publish(ways()),
      B: await publish(ways(), [B]),
      both: await publish(ways(), [A, B]),
    }
    const all = await publish(ways(), [])
    // It is for A alone now, but what people walk is what was published for both.
    await call('PUT', `/patrols/plans/${ids.both}`, plan(ways(), [A]), version(1))
    const seenBy = async (app: TestApp) => {
      const found = await routes('limit=1000', app)
      expect((await inTile(app)).sort()).toEqual(found.map(({ id }) => id).sort())
      return found.map(({ properties }) => properties.planId)
    }
    const [everywhere, a, b] = await Promise.all([
      seenBy(readers.everywhere),
      seenBy(readers.A),
      seenBy(readers.B),
    ])
    expect(everywhere).toEqual(expect.arrayContaining([ids.A, ids.B, ids.both, all]))
    expect(a).toContain(ids.A)
    for (const hidden of [ids.B, ids.both, all]) expect(a).not.toContain(hidden)
    expect(b).toEqual([ids.B])
  })

  test('a tile is of version 2, tells what a list tells, is not sent twice and changes with a publication', async () => {
    const { everywhere } = readers
    const first = await everywhere.request(address)
    expect(first.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile')
    const etag = first.headers.get('etag')!
    const [layer] = decodeStrictly(new Uint8Array(await first.arrayBuffer()), [-1026, 5122])
    expect(layer![0]).toBe('patrol-routes')
    const again = () => everywhere.request(address, { headers: { 'if-none-match': etag } })
    expect((await again()).status).toBe(304)
    await publish([
      round([
        [0, 0],
        [5, 5],
      ]),
    ])
    expect((await again()).status).toBe(200)
    const none = [tile!.z - 2, tile!.x >> 2, tile!.y >> 2].join('/')
    expect((await everywhere.request(`/tiles/patrol-routes/${none}.mvt`)).status).toBe(204)
    expect((await everywhere.request('/tiles/patrol-routes/99/0/0.mvt')).status).toBe(400)
  })

  test('TileJSON names the fields and where there is something in reach', async () => {
    const read = async (app: TestApp) => (await app.request('/tiles/patrol-routes.json')).json() as never
    const json = (await read(readers.everywhere)) as {
      bounds: number[]
      tiles: string[]
      vector_layers: { id: string; fields: object }[]
    }
    expect(json.tiles[0]).toMatch(/\/tiles\/patrol-routes\/\{z\}\/\{x\}\/\{y\}\.mvt$/)
    expect(json.vector_layers[0]).toMatchObject({
      id: 'patrol-routes',
      fields: { metres: 'Number', team: 'String' },
    })
    expect(json.bounds[0]).toBeCloseTo(spot(0, 0).coordinates[0]!, 5)
    const nobody = await context.appFor(someone(town.reachOf([])))
    expect(await read(nobody)).not.toHaveProperty('bounds')
  })

  test('a box, a page and what is no parameter', async () => {
    const id = await publish([
      round([
        [0, 0],
        [5, 0],
      ]),
      round([
        [0, 15],
        [5, 15],
      ]),
    ])
    const south = [...spot(-1, -1).coordinates, ...spot(6, 1).coordinates].join(',')
    expect(await routes(`plan=${id}&bbox=${south}`)).toHaveLength(1)
    const page = await call('GET', `/patrol-routes?plan=${id}&limit=1`)
    const rest = await call('GET', `/patrol-routes?plan=${id}&limit=1&cursor=${page.body.next}`)
    expect(rest.body.next).toBe(null)
    expect(rest.body.features[0].id).toBeGreaterThan(page.body.features[0].id)
    expect((await call('GET', '/patrol-routes?colour=red')).status).toBe(400)
    expect((await call('POST', '/patrol-routes', {})).status).toBe(404)
  })
})
