import { expect, test } from 'vitest'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { purgeChanges } from './purge-changes.ts'
import { type MercatorBox, toMercator } from './tile-address.ts'

const box = (i: number): Bbox => [121 + i * 0.001, 31, 121.0005 + i * 0.001, 31.0005]

function recorder() {
  const purged: [LayerId, readonly MercatorBox[]][] = []
  const grown: [LayerId, MercatorBox][] = []
  return {
    purged,
    grown,
    cache: { purge: (layer: LayerId, boxes: readonly MercatorBox[]) => void purged.push([layer, boxes]) },
    extents: { grow: (layer: LayerId, around: MercatorBox) => void grown.push([layer, around]) },
  }
}

test('a thousand events look through the tiles once for each layer, not once each', () => {
  const seen = recorder()
  purgeChanges(
    seen,
    Array.from({ length: 1000 }, (_, i) => ({ layer: LAYER_IDS[i % 2]!, box: box(i) })),
  )
  expect(seen.purged.map(([layer, boxes]) => [layer, boxes.length])).toEqual([
    [LAYER_IDS[0], 500],
    [LAYER_IDS[1], 500],
  ])
  expect(seen.grown).toHaveLength(2)
  const [west, , east] = toMercator([121, 31, 121.9985, 31.0005])
  expect(seen.grown[0]![1][0]).toBe(west)
  expect(seen.grown[0]![1][2]).toBeCloseTo(east, 6)
})

test('an event without a box purges nothing', () => {
  const seen = recorder()
  purgeChanges(seen, [{ layer: 'hazards' }])
  expect([seen.purged, seen.grown]).toEqual([[], []])
})
