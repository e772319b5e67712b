import { generateDemo } from '../demo/generate-demo.ts'
import { CELL_LAYERS } from '../shared/codes.ts'
import type { Cell } from './cell-set.ts'

/** The demo area's cells with ids from 1 within each layer: something true to edit in tests. */
export function demoCells(seed: number, buildings: number): Cell[] {
  const demo = generateDemo({ seed, buildings })
  const ids = new Map<unknown, number>()
  return CELL_LAYERS.flatMap((layer) =>
    demo[layer].map(({ geometry, properties }, i): Cell => {
      if (geometry.type !== 'MultiPolygon') throw new Error(`a cell is a ${geometry.type}`)
      const code = String(properties.code)
      ids.set(code, i + 1)
      const parentCode = layer === 'grids' ? code.slice(0, 12) : code.slice(0, 15)
      return { layer, id: i + 1, parentId: layer === 'communities' ? null : ids.get(parentCode)!, geometry }
    }),
  )
}
