import type { AnalysisGeometry } from '../../geodata/coverage/analysis.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { PartFeature } from '../coverage/analysis-kind.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'

const PAGE_ROWS = 500

/** Features with the shapes of rows of one layer, in pages; rows that are gone are left out. */
export async function* withShapes(
  sql: Sql,
  layer: LayerId,
  rows: readonly { id: number; properties: PartFeature['properties'] }[],
): AsyncGenerator<PartFeature> {
  for (let from = 0; from < rows.length; from += PAGE_ROWS) {
    const page = rows.slice(from, from + PAGE_ROWS)
    const shapes = await sql<{ id: number; shape: string }[]>`
      SELECT t.id, ST_AsGeoJSON(t.geom, 7) AS shape FROM ${sql(tableOf(layer))} t
      WHERE t.id = ANY(${[...new Set(page.map(({ id }) => id))]}::bigint[])`
    const shapeOf = new Map(shapes.map(({ id, shape }) => [id, shape]))
    for (const { id, properties } of page) {
      const shape = shapeOf.get(id)
      if (shape) yield { properties, geometry: JSON.parse(shape) as AnalysisGeometry }
    }
  }
}
