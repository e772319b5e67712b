import type { LayerSpecification } from 'maplibre-gl'
import { expect, test } from 'vitest'
import { enlarge } from './enlarge.ts'

const symbols = (layout: object): LayerSpecification => ({
  id: 'a',
  type: 'symbol',
  source: 's',
  layout: layout as never,
})

test('zoom stays outermost: its stops are left and its outputs grow, nested ones too', () => {
  const { layout } = enlarge(
    symbols({
      'text-size': [
        'interpolate',
        ['linear'],
        ['zoom'],
        12,
        10,
        15,
        ['match', ['get', 'kind'], 'main', 14, 12],
      ],
      'icon-size': ['step', ['zoom'], 1, 14, 2],
    }),
    1.5,
  ) as { layout: Record<string, unknown> }
  expect(layout['text-size']).toEqual([
    'interpolate',
    ['linear'],
    ['zoom'],
    12,
    15,
    15,
    ['*', 1.5, ['match', ['get', 'kind'], 'main', 14, 12]],
  ])
  expect(layout['icon-size']).toEqual(['step', ['zoom'], 1.5, 14, 3])
})

test('a symbol that never named its size grows as well, and a label without a symbol gets none', () => {
  expect(enlarge(symbols({ 'icon-image': 'x' }), 2)).toMatchObject({ layout: { 'icon-size': 2 } })
  const label = enlarge(symbols({ 'text-field': 'x', 'text-size': 12 }), 2) as { layout: object }
  expect(label.layout).toEqual({ 'text-field': 'x', 'text-size': 24 })
})

test('on a usual screen the style is the one that was written', () => {
  const layer = symbols({ 'text-size': 12 })
  expect(enlarge(layer, 1)).toBe(layer)
})
