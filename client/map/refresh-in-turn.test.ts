import type { Map as MapLibreMap } from 'maplibre-gl'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { refreshInTurn } from './refresh-in-turn.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const HERE: Bbox = [108.9, 34.2, 108.901, 34.201]
const THERE: Bbox = [108.95, 34.25, 108.951, 34.251]
const OUTSIDE: Bbox = [100, 30, 100.1, 30.1]

/** A map whose tiles come when told. */
function mapOf() {
  const state = { isLoaded: true, drawn: [] as (number | 'all')[], urls: 0, onRemove: () => {} }
  const source = {
    id: 'tiles-hazards',
    url: 'u',
    minzoom: 12,
    maxzoom: 14,
    tileBounds: { bounds: { contains: ([lng]: [number, number]) => lng > 108 && lng < 109 } },
    setUrl: () => {
      state.urls++
      state.isLoaded = false
    },
  }
  const map = {
    once: (_: string, then: () => void) => {
      state.onRemove = then
    },
    getSource: () => source,
    isSourceLoaded: () => state.isLoaded,
    getZoom: () => 14,
    refreshTiles: (_: string, tiles?: unknown[]) => {
      state.drawn.push(tiles?.length ?? 'all')
      state.isLoaded = false
    },
  } as unknown as MapLibreMap
  return { state, refresh: refreshInTurn(map) }
}

test('the first change is drawn at once, a thousand more while its tile is on its way are one', async () => {
  const { state, refresh } = mapOf()
  refresh('hazards', HERE)
  expect(state.drawn).toHaveLength(1)
  const [alone] = state.drawn
  for (let change = 0; change < 1000; change++) refresh('hazards', change % 2 ? HERE : THERE)
  await vi.advanceTimersByTimeAsync(1000)
  expect(state.drawn).toHaveLength(1)
  state.isLoaded = true
  await vi.advanceTimersByTimeAsync(200)
  expect(state.drawn).toHaveLength(2)
  // Both places, each tile once.
  expect(state.drawn[1]).toBeGreaterThan(alone as number)
  expect(state.drawn[1]).toBeLessThanOrEqual(2 * (alone as number))
  state.isLoaded = true
  await vi.advanceTimersByTimeAsync(10_000)
  expect(state.drawn).toHaveLength(2)
})

test('a change of everything is not lost among changes of places, nor one beyond the bounds', async () => {
  const { state, refresh } = mapOf()
  refresh('hazards', HERE)
  refresh('hazards', undefined)
  refresh('hazards', THERE)
  state.isLoaded = true
  await vi.advanceTimersByTimeAsync(200)
  expect([state.drawn.length, state.urls]).toEqual([1, 1])
  refresh('hazards', HERE)
  refresh('hazards', OUTSIDE)
  state.isLoaded = true
  await vi.advanceTimersByTimeAsync(200)
  expect([state.drawn.length, state.urls]).toEqual([1, 2])
})

test('a tile that never comes does not keep later changes from being drawn; a map that is gone draws none', async () => {
  const { state, refresh } = mapOf()
  refresh('hazards', HERE)
  refresh('hazards', THERE)
  await vi.advanceTimersByTimeAsync(4800)
  expect(state.drawn).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(600)
  expect(state.drawn).toHaveLength(2)
  refresh('hazards', HERE)
  state.onRemove()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state.drawn).toHaveLength(2)
})

test('one layer does not wait for another', () => {
  const { state, refresh } = mapOf()
  refresh('hazards', HERE)
  refresh('buildings', HERE)
  expect(state.drawn).toHaveLength(2)
})
