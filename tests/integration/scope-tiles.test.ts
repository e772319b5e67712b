import { expect, test } from 'vitest'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import type { Identity } from '../../server/access/identity.ts'
import { createApp } from '../../server/app.ts'
import { onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { client, plot } from '../support/small-hierarchy.ts'
import { idsInTile, tilesAround } from '../support/tile-ids.ts'
import { AREAS, idsOfArea, someone, twoCommunities } from '../support/two-communities.ts'

/** Each layer, person and tile many times; GRIDWARD_TEST_TILES asks for more. */
const REQUESTS = Number(process.env.GRIDWARD_TEST_TILES ?? 3000)
const AT_ONCE = 40
const TIMEOUT = { timeout: 240_000 }
const BOX: [number, number, number, number] = [119.999, 30.999, 120.041, 31.041]

/** The same numbers for the same seed, from 0 to 1 (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

onBothDatabases('tiles of several people', (context) => {
  /** One server, with one cache of tiles, asked by whom the header names. */
  function shared(identities: Record<string, Identity>): TestApp {
    return createApp(context.deps, async (asked, next) => {
      asked.set('identity', identities[asked.req.header('x-who')!]!)
      await next()
    })
  }

  test('through one cache nobody ever gets the tile of another, while others edit', TIMEOUT, async () => {
    const town = await twoCommunities(context)
    const names = Object.keys(AREAS)
    const app = shared(
      Object.fromEntries(
        names.map((name, i) => {
          const sets = AREAS[name]
          return [`who${i}`, someone(sets ? town.reachOf(...sets) : 'everywhere')]
        }),
      ),
    )
    const { get } = client(context)
    const expected = new Map(
      names.map((name, i) => [
        `who${i}`,
        new Map(LAYER_IDS.map((layer) => [layer, new Set(idsOfArea(town, layer, AREAS[name]))])),
      ]),
    )
    const tiles = [13, 14, 15].flatMap((z) => tilesAround(BOX, z))
    const queries = ['', `?q=${encodeURIComponent('幢')}`, '?parent=990101001001', '?unassigned=true']
    const ids = async (who: string, path: string) => {
      const response = await app.request(path, { headers: { 'x-who': who } })
      if (response.status === 204) return []
      expect(response.status).toBe(200)
      return idsInTile(await response.arrayBuffer())
    }
    // What everyone together may see of a tile: asked once, of the one who reaches everything.
    const whole = new Map<string, number[]>()
    const random = seededRandom(7)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
    let shown = 0
    for (let done = 0; done < REQUESTS; done += AT_ONCE) {
      if (done % 400 === 0) await rename(pick(idsOfArea(town, 'facilities', undefined)), `设施${done}`)
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          const who = `who${Math.floor(random() * names.length)}`
          const layer = pick(LAYER_IDS)
          const { z, x, y } = pick(tiles)
          const query = layerTakes(layer, random() < 0.6 ? '' : pick(queries))
          const path = `/tiles/${layer}/${z}/${x}/${y}.mvt${query}`
          const found = await ids(who, path)
          const reached = expected.get(who)!.get(layer)!
          for (const id of found)
            expect(reached.has(id), `${who} was shown ${layer} ${id} by ${path}`).toBe(true)
          // By a cell that is out of reach, roads and zones are not found even where they are in reach.
          if (query.includes('parent')) return
          if (!whole.has(path)) whole.set(path, await ids('who0', path))
          expect(found, `${who} ${path}`).toEqual(whole.get(path)!.filter((id) => reached.has(id)))
          shown += found.length
        }),
      )
    }
    expect(shown).toBeGreaterThan(REQUESTS / 10)

    async function rename(id: number, name: string) {
      const { version } = await get('facilities', id)
      const response = await (await context.app()).request(`/api/v1/facilities/${id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', 'if-match': `"${version}"` },
        body: JSON.stringify({ properties: { name } }),
      })
      expect(response.status).toBe(200)
    }

    /** A border that moves takes what is between, which itself is not touched, from one to another. */
    const { save, putOf } = client(context)
    const [west, east] = await Promise.all(
      ['AW', 'AE'].map(async (grid) => {
        const tilesOf = shared({ me: someone(town.reachOf([grid])) })
        return async (layer: LayerId) => {
          const found = new Set<number>()
          for (const { z, x, y } of tilesAround(BOX, 14)) {
            const response = await tilesOf.request(`/tiles/${layer}/${z}/${x}/${y}.mvt`, {
              headers: { 'x-who': 'me' },
            })
            if (response.status === 200)
              for (const id of idsInTile(await response.arrayBuffer())) found.add(id)
          }
          return [...found].sort((a, b) => a - b)
        }
      }),
    )
    const [southWest, northWest, southEast, northEast] = town.a.buildings
    expect(await west!('buildings')).toEqual([southWest, northWest])
    expect(await east!('buildings')).toEqual([southEast, northEast])
    const [inWest, inEast] = town.a.facilities
    expect([await west!('facilities'), await east!('facilities')]).toEqual([[inWest], [inEast]])
    const { a } = town
    await save({
      puts: await Promise.all([
        putOf('grids', a.west, { geometry: plot(0, 0, 28, 20) }),
        putOf('grids', a.east, { geometry: plot(28, 0, 40, 20) }),
        putOf('micro-grids', a.southWest, { geometry: plot(0, 0, 28, 10) }),
        putOf('micro-grids', a.northWest, { geometry: plot(0, 10, 28, 20) }),
        putOf('micro-grids', a.southEast, { geometry: plot(28, 0, 40, 10) }),
        putOf('micro-grids', a.northEast, { geometry: plot(28, 10, 40, 20) }),
      ]),
    })
    expect(await west!('buildings')).toEqual([southWest, northWest, southEast, northEast])
    expect(await east!('buildings')).toEqual([])
    // Points get no event of their own: only the cells' changed.
    expect([await west!('facilities'), await east!('facilities')]).toEqual([[inWest, inEast], []])
  })
})

/** Tiles of a layer that cannot be asked what the query asks are asked without it. */
function layerTakes(layer: LayerId, query: string): string {
  const located = ['buildings', 'facilities', 'checkpoints', 'hazards'].includes(layer)
  return query === '?unassigned=true' && !located ? '' : query
}
