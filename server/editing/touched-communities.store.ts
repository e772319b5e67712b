import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import { isCodedLayer } from '../../geodata/shared/codes.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { cellKeys } from '../features/feature.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { TransactionSql } from '../platform/database.ts'

/** Looking through a community takes a good part of a second in a big one. */
const MAX_COMMUNITIES = 20

/** The communities in which an edit lies before it is applied: those of the cells and buildings it names and those it reaches into. */
export async function touchedCommunities(
  tx: TransactionSql,
  { puts, deletes }: ChangeSet,
): Promise<{ ids: number[]; partial: boolean }> {
  const found = new Set<number>()
  for (const layer of LAYER_IDS) {
    if (!isCodedLayer(layer)) continue
    const ids = [...puts, ...deletes].filter((one) => one.layer === layer && one.id > 0).map(({ id }) => id)
    if (ids.length > 0) for (const id of await communitiesOf(tx, layer, ids)) found.add(id)
  }
  const shapes = puts
    .filter(({ layer }) => isCodedLayer(layer))
    .map(({ geometry }) => JSON.stringify(geometry))
  const reached = await tx<{ id: number }[]>`
    SELECT DISTINCT c.id FROM unnest(${shapes}::text[]) AS shape (text)
    JOIN community c ON c.geom && ST_SetSRID(ST_GeomFromGeoJSON(text), 4326)`
  for (const { id } of reached) found.add(id)
  const ids = [...found].sort((a, b) => a - b)
  return { ids: ids.slice(0, MAX_COMMUNITIES), partial: ids.length > MAX_COMMUNITIES }
}

async function communitiesOf(tx: TransactionSql, layer: LayerId, ids: number[]): Promise<number[]> {
  const key = cellKeys(layer).includes('community_id') ? 'community_id' : 'id'
  const rows = await tx.unsafe<{ id: number }[]>(
    `SELECT DISTINCT ${key} AS id FROM ${tableOf(layer)} WHERE id = ANY ($1::bigint[]) AND ${key} IS NOT NULL`,
    [ids],
  )
  return rows.map(({ id }) => id)
}

/** Of these communities those that an applied edit left, and those that it made. */
export async function communitiesNow(
  tx: TransactionSql,
  before: number[],
  { puts }: ChangeSet,
  ids: Record<string, number>,
): Promise<number[]> {
  const made = puts
    .filter(({ layer, id }) => layer === 'communities' && id < 0)
    .map(({ id }) => ids[String(id)]!)
  const back = puts.filter(({ layer, id }) => layer === 'communities' && id > 0).map(({ id }) => id)
  const rows = await tx<{ id: number }[]>`
    SELECT id FROM community WHERE id = ANY (${[...new Set([...before, ...made, ...back])]}::bigint[]) ORDER BY id`
  return rows.map(({ id }) => id).slice(0, MAX_COMMUNITIES)
}
