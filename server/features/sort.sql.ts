import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { choiceProperties } from './feature.filter.ts'
import { optionsOf } from './feature.schema.ts'
import { derivedValue } from './feature.sql.ts'
import { inputColumns } from './layer.columns.ts'

/** Free texts and structures, by which nobody sorts. */
const UNSORTED = new Set(['description', 'openingHours', 'works', 'timeWindows', 'sourceId'])

/**
 * What a layer's lists can be sorted by, with the SQL of each over the alias `t`. Wire names of the layer's properties,
 * and everywhere id, name, and where the layer has them kind, state, severity.
 */
export function sortKeys(layer: LayerId): Map<string, string> {
  const keys = new Map<string, string>([['id', 't.id']])
  for (const { property, column, type } of inputColumns(layer)) {
    if (UNSORTED.has(property)) continue
    const options = optionsOf(layer, property)
    if (options) keys.set(property, inOrder(column, options))
    else keys.set(property, type === 'text' ? `t.${column} COLLATE "C"` : `t.${column}`)
  }
  for (const property of Object.keys(LAYERS[layer].derived.shape)) {
    if (UNSORTED.has(property)) continue
    if (property === 'createdAt') keys.set(property, 't.created_at')
    else if (property === 'updatedAt') keys.set(property, 't.updated_at')
    else {
      const value = derivedValue(layer, property, 't')
      keys.set(property, property.endsWith('Code') ? `${value} COLLATE "C"` : value)
    }
  }
  const named = keys.has('title') ? 'title' : 'name'
  keys.set('name', 't.name_key')
  keys.set(named, 't.name_key')
  for (const [choice, property] of Object.entries(choiceProperties(layer))) {
    const key = property && keys.get(property)
    if (key) keys.set(choice, key)
  }
  return keys
}

/** Values in the order of their catalogue: low before high, reported before closed. */
const inOrder = (column: string, options: readonly string[]): string =>
  `array_position(ARRAY[${options.map((option) => `'${option.replaceAll("'", "''")}'`).join(', ')}]::text[], t.${column})`

/** ORDER BY of a list: `-` before the name for descending; what has no value comes last; the id decides among equals. */
export function orderBy(layer: LayerId, sort: string): string {
  const descending = sort.startsWith('-')
  const keys = sortKeys(layer)
  const key = keys.get(descending ? sort.slice(1) : sort)
  if (key === undefined)
    throw new Problem(
      'invalid-parameter',
      `sort=${sort.slice(0, 60)} is not something that ${layer} can be sorted by. Take one of ${[...keys.keys()].join(', ')}, with - before it for descending order.`,
    )
  const direction = descending ? 'DESC' : 'ASC'
  return key === 't.id' ? `t.id ${direction}` : `${key} ${direction} NULLS LAST, t.id`
}
