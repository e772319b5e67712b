import { expect, test } from 'vitest'
import { beneath } from './basemap.ts'

test('a foreign style with our own ids cannot replace our layers', () => {
  const { sources, layers } = beneath({
    version: 8,
    sources: { selection: { type: 'vector', url: 'x.json' } },
    layers: [
      { id: 'background', type: 'background' },
      { id: 'roads', type: 'line', source: 'selection', 'source-layer': 'roads' },
    ],
  })
  expect(Object.keys(sources)).toEqual(['basemap-selection'])
  expect(layers.dark).toEqual([
    { id: 'basemap-background', type: 'background' },
    { id: 'basemap-roads', type: 'line', source: 'basemap-selection', 'source-layer': 'roads' },
  ])
})
