import { isDeepStrictEqual } from 'node:util'
import type { PastFeature, VersionEntry } from '../../geodata/history/history.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import { inputColumns } from '../features/layer.columns.ts'
import { noSuchFeature } from '../features/read.store.ts'
import type { Sql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import type { How } from './stamp.store.ts'
import { versionJson, versionsQuery } from './version.sql.ts'

interface Row {
  version: number
  from: string
  to: string | null
  nextFrom: string | null
  actor: string | null
  how: How
  set: VersionEntry['changeSet']
  deleted: boolean
  endedBy: string | null
  endedSet: VersionEntry['changeSet']
  reshaped: boolean
  properties: Record<string, unknown>
  before: Record<string, unknown> | null
}

const setJson = (id: string) =>
  `(SELECT jsonb_build_object('id', s.id, 'note', s.note) FROM change_set s WHERE s.id = ${id})`

/**
 * What became of a feature, newest first; a deletion is an entry beside the version it ended. `limit` counts versions;
 * `before` is `next` of the page before. Works for deleted features. Throws not-found, also when no version is in reach.
 */
export async function listVersions(
  sql: Sql,
  layer: LayerId,
  id: number,
  reach: Reach,
  { limit, before }: { limit: number; before: number | undefined },
): Promise<{ versions: VersionEntry[]; next: number | null }> {
  const values: (number | string | null | number[])[] = [id, before ?? null, limit + 1]
  const scope = { reach, bind: (ids: number[] | string) => `$${values.push(ids)}` }
  const rows = await sql.unsafe<Row[]>(
    `SELECT version, ${isoTime('valid_from')} AS from, ${isoTime('valid_to')} AS to, ${isoTime('next_from')} AS "nextFrom",
       actor, how, ${setJson('change_set_id')} AS set, coalesce(ended = 'delete', false) AS deleted, ended_by AS "endedBy",
       ${setJson('ended_in')} AS "endedSet", reshaped, properties, before
     FROM (
       SELECT all_versions.*, lead(valid_from) OVER in_order AS next_from, lag(properties) OVER in_order AS before,
         ST_AsBinary(geom) IS DISTINCT FROM lag(ST_AsBinary(geom)) OVER in_order AS reshaped
       FROM (${versionsQuery(layer, scope, { present: 't.id = $1', past: 'v.feature_id = $1' })}) all_versions
       WINDOW in_order AS (ORDER BY version)
     ) v WHERE $2::integer IS NULL OR version < $2 ORDER BY version DESC LIMIT $3`,
    values,
    { prepare: true },
  )
  if (rows.length === 0 && before === undefined) throw noSuchFeature(layer, id)
  const page = rows.slice(0, limit)
  return {
    versions: page.flatMap((row) => entriesOf(layer, row)),
    next: rows.length > limit ? page.at(-1)!.version : null,
  }
}

function entriesOf(layer: LayerId, row: Row): VersionEntry[] {
  const { version, from, to, actor, how, set, before } = row
  const entry: VersionEntry = {
    version,
    from,
    to,
    actor,
    how,
    changeSet: set,
    changed: before ? changes(layer, row) : [],
  }
  if (!row.deleted) return [entry]
  const deletion: VersionEntry = {
    version,
    from: to!,
    to: row.nextFrom,
    actor: row.endedBy,
    how: 'deleted',
    changeSet: row.endedSet,
    changed: [],
  }
  return [deletion, entry]
}

function changes(layer: LayerId, { properties, before, reshaped }: Row): string[] {
  const changed = inputColumns(layer)
    .map(({ property }) => property)
    .filter((property) => !isDeepStrictEqual(properties[property], before![property]))
  return reshaped ? ['geometry', ...changed] : changed
}

/** A feature as it was in one of its versions. Throws not-found, which says which versions there are. */
export async function getVersion(
  sql: Sql,
  layer: LayerId,
  id: number,
  version: number,
  reach: Reach,
): Promise<PastFeature> {
  const values: (number | string | number[])[] = [id, version]
  const scope = { reach, bind: (ids: number[] | string) => `$${values.push(ids)}` }
  const query = versionsQuery(layer, scope, {
    present: 't.id = $1 AND t.version = $2',
    past: 'v.feature_id = $1 AND v.version = $2',
  })
  const [row] = await sql.unsafe<{ feature: StoredFeature; from: string; to: string | null }[]>(
    `SELECT ${versionJson('v')} AS feature, ${isoTime('v.valid_from')} AS from, ${isoTime('v.valid_to')} AS to
     FROM (${query}) v`,
    values,
    { prepare: true },
  )
  if (row) return { ...row.feature, from: row.from, to: row.to }
  const { versions } = await listVersions(sql, layer, id, reach, { limit: 20, before: undefined })
  const kept = [...new Set(versions.map((entry) => entry.version))].join(', ')
  throw new Problem(
    'not-found',
    `${LAYERS[layer].noun.en} ${id} has no version ${version}, or it was not kept. Its newest are ${kept}.`,
  )
}
