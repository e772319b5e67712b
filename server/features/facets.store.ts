import { CHOICES } from '../../geodata/lists/choices.ts'
import type { Facets } from '../../geodata/lists/list.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import { choiceProperties, type FeatureFilter, featureWhere } from './feature.filter.ts'
import { optionsOf } from './feature.schema.ts'
import { columnOf, tableOf } from './layer.columns.ts'

/**
 * How many features match, and how many there would be for each value of kind, state and severity. A facet leaves its
 * own selection out of account, so that it shows what else there is; selected values are there even with none. Values
 * of a catalogue come in its order, others by number. One statement: the figures belong together.
 */
export async function readFacets(
  sql: Sql,
  layer: LayerId,
  filter: FeatureFilter,
  reach: Reach,
): Promise<Facets> {
  const parameters: ReturnType<typeof featureWhere>['parameters'] = []
  const where = (narrowed: FeatureFilter) => {
    const { text, parameters: more } = featureWhere(layer, narrowed, reach, parameters.length + 1)
    parameters.push(...more)
    return `FROM ${tableOf(layer)} t WHERE ${text}`
  }
  const parts = [`SELECT '' AS facet, NULL AS value, count(*) AS count ${where(filter)}`]
  const properties = choiceProperties(layer)
  const names = CHOICES.filter((name) => properties[name] !== undefined)
  for (const name of names) {
    const column = `t.${columnOf(properties[name]!)}`
    parts.push(
      `SELECT '${name}', ${column}, count(*) ${where({ ...filter, [name]: undefined })} GROUP BY ${column}`,
    )
  }
  const rows = await sql.unsafe<{ facet: string; value: string; count: number }[]>(
    parts.join('\nUNION ALL '),
    parameters,
    { prepare: true },
  )
  return {
    total: rows.find(({ facet }) => facet === '')!.count,
    facets: names.map((name) => {
      const found = new Map((filter[name] ?? []).map((value) => [value, 0]))
      for (const { facet, value, count } of rows) if (facet === name) found.set(value, count)
      const values = [...found].map(([value, count]) => ({ value, count }))
      return { property: name, values: inOrder(values, optionsOf(layer, properties[name])) }
    }),
  }
}

function inOrder(values: { value: string; count: number }[], options: string[] | undefined) {
  const rank = options
    ? (a: string, b: string) => options.indexOf(a) - options.indexOf(b)
    : (a: string, b: string) => (a < b ? -1 : 1)
  return values.sort((a, b) => (options ? 0 : b.count - a.count) || rank(a.value, b.value))
}
