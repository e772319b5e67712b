import { LAYERS } from '../../geodata/layers.ts'
import type { Sql } from '../platform/database.ts'
import { runCancellable } from '../platform/run-cancellable.store.ts'
import type { TileEncoder } from './make-tile.ts'
import { readTwkb } from './read-twkb.ts'
import { tileBounds } from './tile-address.ts'
import { hasLabels, LABEL_ATTRIBUTES, labelLayer } from './tile-rules.ts'
import { labelSql, shapeSql, tileWhere } from './tile-sql.ts'
import { type MvtFeature, type MvtValue, writeMvtLayer } from './write-mvt.ts'

type Row = Record<string, MvtValue | null> & { id: number; x: number; y: number }
type ShapeRow = Row & { twkb: never }

/** For a database without ST_AsMVT: it picks, clips and rounds; the tile is written here. */
export function javascriptEncoder(sql: Sql): TileEncoder {
  return {
    async encode(layer, address, reach, rules, signal, filter) {
      const where = tileWhere(layer, filter, reach)
      const parameters = [...tileBounds(address), ...where.parameters]
      const rows = await runCancellable<ShapeRow>(
        sql,
        shapeSql(layer, address.z, rules, where.text),
        parameters,
        signal,
      )
      const cut = rules.limit !== undefined && rows.length > rules.limit
      const isPoint = LAYERS[layer].geometry === 'Point'
      const body = writeMvtLayer(layer, features(rows, rules.attributes, isPoint ? pointOf : shapeOf))
      if (!hasLabels(layer)) return { bytes: body.bytes, features: body.count, cut }
      const labels = await runCancellable<Row>(
        sql,
        labelSql(layer, address.z, where.text),
        parameters,
        signal,
      )
      const label = writeMvtLayer(labelLayer(layer), features(labels, LABEL_ATTRIBUTES, pointOf))
      return { bytes: Buffer.concat([body.bytes, label.bytes]), features: body.count, cut }
    },
  }
}

function* features<R extends Row>(
  rows: R[],
  attributes: readonly string[],
  shape: (row: R) => MvtFeature['shape'] | undefined,
): Generator<MvtFeature> {
  for (const row of rows) {
    const found = shape(row)
    if (!found) continue
    yield {
      id: row.id,
      shape: found,
      attributes: Object.fromEntries(attributes.map((name) => [name, row[name] ?? null])),
    }
  }
}

const pointOf = ({ x, y }: Row): MvtFeature['shape'] => ({ type: 'point', x, y })
const shapeOf = ({ twkb }: ShapeRow): MvtFeature['shape'] | undefined =>
  twkb === null ? undefined : readTwkb(twkb)
