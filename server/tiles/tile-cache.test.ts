import { describe, expect, test } from 'vitest'
import type { Tile } from './make-tile.ts'
import { readTileFilter } from './read-tile-filter.ts'
import { type MercatorBox, type TileAddress, tileBounds } from './tile-address.ts'
import { createTileCache } from './tile-cache.ts'
import { EVERYWHERE, tileScope } from './tile-scope.ts'

const here: TileAddress = { z: 14, x: 13721, y: 6692 }
const elsewhere: TileAddress = { z: 14, x: 13800, y: 6692 }
const never = new AbortController().signal
const inside: MercatorBox = tileBounds(here)

/** Tiles that are made when the test says so. */
function workshop(maxBytes = 1e6) {
  const orders: { signal: AbortSignal; finish(text: string): void; fail(error: Error): void }[] = []
  const cache = createTileCache(
    (_layer, _address, _scope, signal) =>
      new Promise<Tile>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('cancelled')))
        orders.push({
          signal,
          finish: (text) => resolve({ bytes: Buffer.from(text), degraded: 'nothing' }),
          fail: reject,
        })
      }),
    maxBytes,
  )
  return { cache, orders }
}
const text = (body: { raw: Uint8Array }) => Buffer.from(body.raw).toString()

describe('sharing', () => {
  test('requests for a tile that is being made wait for that one', async () => {
    const { cache, orders } = workshop()
    const requests = [1, 2, 3].map(() => cache.get('buildings', here, EVERYWHERE, never))
    orders[0]!.finish('tile')
    expect(new Set(await Promise.all(requests)).size).toBe(1)
    expect(orders).toHaveLength(1)
    expect(cache.stats()).toMatchObject({ misses: 1, shared: 2, tiles: 1 })
  })
  test('a failure reaches everyone who waits and is not kept', async () => {
    const { cache, orders } = workshop()
    const requests = [1, 2].map(() => cache.get('buildings', here, EVERYWHERE, never))
    orders[0]!.fail(new Error('database gone'))
    for (const request of requests) await expect(request).rejects.toThrow('database gone')
    const next = cache.get('buildings', here, EVERYWHERE, never)
    orders[1]!.finish('tile')
    expect(text(await next)).toBe('tile')
  })
  test('making stops when the last of those who wait has gone, not before', async () => {
    const { cache, orders } = workshop()
    const [first, second] = [new AbortController(), new AbortController()]
    const requests = [first, second].map(({ signal }) => cache.get('buildings', here, EVERYWHERE, signal))
    first.abort()
    expect(orders[0]!.signal.aborted).toBe(false)
    second.abort()
    expect(orders[0]!.signal.aborted).toBe(true)
    for (const request of requests) await expect(request).rejects.toThrow()
    void cache.get('buildings', here, EVERYWHERE, never).catch(() => {})
    expect(orders).toHaveLength(2)
  })
})

describe('purging', () => {
  test('only tiles of the layer that the box reaches are forgotten', async () => {
    const { cache, orders } = workshop()
    const places = [
      ['buildings', here],
      ['buildings', elsewhere],
      ['roads', here],
    ] as const
    for (const [layer, address] of places) {
      const made = cache.get(layer, address, EVERYWHERE, never)
      orders.at(-1)!.finish('tile')
      await made
    }
    cache.purge('buildings', [inside])
    expect(places.map(([layer, address]) => cache.peek(layer, address, EVERYWHERE) !== undefined)).toEqual([
      false,
      true,
      true,
    ])
    expect(cache.stats()).toMatchObject({ purged: 1, tiles: 2 })
  })
  test.each([
    ['a few boxes far apart leave the tiles between them', 50, true],
    ['many boxes count as the one around them', 51, false],
  ])('%s', async (_, count, kept) => {
    const { cache, orders } = workshop()
    const between: TileAddress = { ...here, x: here.x + 40 }
    for (const address of [here, between, elsewhere]) {
      const made = cache.get('buildings', address, EVERYWHERE, never)
      orders.at(-1)!.finish('tile')
      await made
    }
    const far = tileBounds(elsewhere)
    cache.purge(
      'buildings',
      Array.from({ length: count }, (_, i) => (i % 2 ? far : inside)),
    )
    expect(cache.peek('buildings', here, EVERYWHERE)).toBeUndefined()
    expect(cache.peek('buildings', elsewhere, EVERYWHERE)).toBeUndefined()
    expect(cache.peek('buildings', between, EVERYWHERE) !== undefined).toBe(kept)
  })
  test('no boxes forget nothing', async () => {
    const { cache, orders } = workshop()
    const made = cache.get('buildings', here, EVERYWHERE, never)
    orders[0]!.finish('tile')
    await made
    cache.purge('buildings', [])
    expect(cache.peek('buildings', here, EVERYWHERE)).toBeDefined()
  })
  test('a tile read before the edit but finished after it is not kept', async () => {
    const { cache, orders } = workshop()
    const asked = cache.get('buildings', here, EVERYWHERE, never)
    cache.purge('buildings', [inside])
    const askedAfter = cache.get('buildings', here, EVERYWHERE, never)
    orders[1]!.finish('new')
    expect(text(await askedAfter)).toBe('new')
    orders[0]!.finish('old')
    await asked
    expect(text(cache.peek('buildings', here, EVERYWHERE)!)).toBe('new')
  })
})

describe('memory', () => {
  test('the least recently used goes first, and what is held stays within the bound', async () => {
    const { cache, orders } = workshop(8000)
    for (let x = 0; x < 5; x++) {
      const made = cache.get('buildings', { z: 14, x, y: 0 }, EVERYWHERE, never)
      orders.at(-1)!.finish('x'.repeat(1000))
      await made
    }
    expect(cache.peek('buildings', { z: 14, x: 0, y: 0 }, EVERYWHERE)).toBeUndefined()
    expect(cache.peek('buildings', { z: 14, x: 4, y: 0 }, EVERYWHERE)).toBeDefined()
    expect(cache.stats().bytes).toBeLessThanOrEqual(8000)
  })
  test('with no bytes at all every request makes its own', async () => {
    const { cache, orders } = workshop(0)
    const requests = [1, 2].map(() => cache.get('buildings', here, EVERYWHERE, never))
    for (const order of orders) order.finish('tile')
    await Promise.all(requests)
    expect(orders).toHaveLength(2)
    expect(cache.stats()).toMatchObject({ tiles: 0, bytes: 0 })
  })
})

describe('filters', () => {
  const filterOf = (query: Record<string, string>) =>
    readTileFilter(
      'buildings',
      Object.fromEntries(Object.entries(query).map(([name, value]) => [name, [value]])),
    )!
  const make = (maxBytes: number) =>
    createTileCache(
      async (_layer, _address, _scope, _signal, filter) => ({
        bytes: Buffer.alloc(1000, filter?.key ?? '-'),
        degraded: 'nothing',
      }),
      maxBytes,
    )

  test('a tile of one filter is never taken for that of another or of none', async () => {
    const cache = make(1e6)
    const houses = filterOf({ kind: 'residential' })
    const shops = filterOf({ kind: 'commercial' })
    await cache.get('buildings', here, EVERYWHERE, never)
    await cache.get('buildings', here, EVERYWHERE, never, houses)
    expect(cache.peek('buildings', here, EVERYWHERE, shops)).toBeUndefined()
    expect(text(cache.peek('buildings', here, EVERYWHERE)!)[0]).toBe('-')
    expect(text(cache.peek('buildings', here, EVERYWHERE, houses)!)[0]).toBe('k')
  })
  test('however many filters are tried, tiles without one stay', async () => {
    const cache = make(60_000)
    for (let x = 0; x < 15; x++) await cache.get('buildings', { ...here, x }, EVERYWHERE, never)
    for (let i = 0; i < 200; i++)
      await cache.get('buildings', here, EVERYWHERE, never, filterOf({ q: `text ${i}` }))
    for (let x = 0; x < 15; x++)
      expect(cache.peek('buildings', { ...here, x }, EVERYWHERE), String(x)).toBeDefined()
    expect(cache.stats().bytes).toBeLessThanOrEqual(60_000)
    expect(cache.peek('buildings', here, EVERYWHERE, filterOf({ q: 'text 199' }))).toBeDefined()
    expect(cache.peek('buildings', here, EVERYWHERE, filterOf({ q: 'text 0' }))).toBeUndefined()
  })
  test('a change purges filtered tiles there; one of a cell, all that were filtered by cells', async () => {
    const cache = make(1e6)
    const byKind = filterOf({ kind: 'residential' })
    const byCell = filterOf({ parent: '990101001001' })
    const outside = filterOf({ unassigned: 'true' })
    for (const at of [here, elsewhere])
      for (const filter of [undefined, byKind, byCell, outside])
        await cache.get('buildings', at, EVERYWHERE, never, filter)
    const held = (at: TileAddress) =>
      [undefined, byKind, byCell, outside].map(
        (filter) => cache.peek('buildings', at, EVERYWHERE, filter) !== undefined,
      )
    cache.purge('grids', [inside])
    expect([held(here), held(elsewhere)]).toEqual([
      [true, true, false, false],
      [true, true, false, false],
    ])
    cache.purge('buildings', [inside])
    expect([held(here), held(elsewhere)]).toEqual([
      [false, false, false, false],
      [true, true, false, false],
    ])
  })
})

describe('reach', () => {
  const reach = (...communities: number[]) => tileScope([{ communities, grids: [], 'micro-grids': [] }])
  const make = (maxBytes: number) =>
    createTileCache(
      async (_layer, _address, scope) => ({
        bytes: Buffer.alloc(1000, scope.key || '-'),
        degraded: 'nothing',
      }),
      maxBytes,
    )

  test('a tile of one reach is never taken for that of another or of everywhere; the same cells are the same reach', async () => {
    const cache = make(1e6)
    await cache.get('buildings', here, EVERYWHERE, never)
    expect(cache.peek('buildings', here, reach(1))).toBeUndefined()
    await cache.get('buildings', here, reach(1, 12), never)
    for (const other of [reach(1), reach(12), reach(112), reach(), tileScope([])])
      expect(cache.peek('buildings', here, other)).toBeUndefined()
    expect(cache.peek('buildings', here, reach(12, 1, 1))).toBeDefined()
    expect(text(cache.peek('buildings', here, EVERYWHERE)!)[0]).toBe('-')
  })
  test('however many areas are asked for, the whole map stays', async () => {
    const cache = make(60_000)
    for (let x = 0; x < 15; x++) await cache.get('buildings', { ...here, x }, EVERYWHERE, never)
    for (let id = 1; id <= 100; id++) await cache.get('buildings', here, reach(id), never)
    for (let x = 0; x < 15; x++)
      expect(cache.peek('buildings', { ...here, x }, EVERYWHERE), String(x)).toBeDefined()
    expect(cache.peek('buildings', here, reach(100))).toBeDefined()
  })
  test('a cell that changes takes along the tiles of every reach but everywhere, of all layers', async () => {
    const cache = make(1e6)
    for (const scope of [EVERYWHERE, reach(1)]) await cache.get('roads', elsewhere, scope, never)
    cache.purge('micro-grids', [inside])
    expect(cache.peek('roads', elsewhere, EVERYWHERE)).toBeDefined()
    expect(cache.peek('roads', elsewhere, reach(1))).toBeUndefined()
  })
})
