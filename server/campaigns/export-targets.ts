import type { Campaign, TargetState } from '../../geodata/campaigns/campaign.schema.ts'
import type { Geometry } from '../../geodata/shared/geojson.ts'
import type { Reach } from '../access/reach.ts'
import { csvField } from '../audit/audit-csv.ts'
import type { ExportPiece } from '../audit/tell-export.ts'
import { geometryJson } from '../features/feature.sql.ts'
import type { Sql } from '../platform/database.ts'
import { TARGET_FIELDS, targetsSql } from './target.sql.ts'

const PAGE_ROWS = 1000

interface Row {
  id: number
  feature: number
  name: string | null
  code: string | null
  gridCode: string | null
  state: TargetState
  visits: number
  visitedAt: string | null
  reinspectOn: string | null
  openCases: number
  findings: string | null
  measures: string | null
  note: string | null
  checklistVersion: number | null
  geometry: Geometry | null
}
const COLUMNS = [
  'id',
  'feature',
  'code',
  'name',
  'gridCode',
  'state',
  'visits',
  'visitedAt',
  'reinspectOn',
  'openCases',
  'checklistVersion',
  'findings',
  'measures',
  'note',
] as const satisfies readonly (keyof Row)[]

/** The list of a campaign with the newest visit of each target, in reach. CSV has no shapes. */
export async function* exportTargets(
  sql: Sql,
  { id, layer }: Campaign,
  format: 'csv' | 'geojson',
  reach: Reach,
  signal: AbortSignal,
): AsyncGenerator<ExportPiece> {
  yield {
    text: format === 'csv' ? `\ufeff${COLUMNS.join()}\r\n` : '{"type":"FeatureCollection","features":[\n',
    rows: 0,
  }
  let isFirst = true
  for (let after: number | undefined = 0; after !== undefined; ) {
    signal.throwIfAborted()
    const rows: Row[] = await readPage(sql, { id, layer }, reach, after)
    const text = rows.map((row) => (format === 'csv' ? csvLine(row) : feature(row)))
    if (rows.length > 0)
      yield {
        text: format === 'csv' ? text.join('') : (isFirst ? '' : ',\n') + text.join(',\n'),
        rows: rows.length,
      }
    isFirst = false
    after = rows.length === PAGE_ROWS ? rows.at(-1)!.id : undefined
  }
  if (format === 'geojson') yield { text: '\n]}\n', rows: 0 }
}

const csvLine = (row: Row): string => `${COLUMNS.map((column) => csvField(row[column])).join()}\r\n`

const feature = ({ id, geometry, ...properties }: Row): string =>
  JSON.stringify({ type: 'Feature', id, geometry, properties })

/** What was found or done, in the words of the checklist that the visit was done with; over v and l. */
const words = (list: 'findings' | 'measures', given: string, code: string): string => `(
  SELECT string_agg(coalesce(item.value->>'text', ${code}), '；' ORDER BY given.place)
  FROM ${given} LEFT JOIN LATERAL (
    SELECT value FROM jsonb_array_elements(l.${list}) WHERE value->>'code' = ${code} LIMIT 1) item ON true)`

async function readPage(
  sql: Sql,
  { id, layer }: Pick<Campaign, 'id' | 'layer'>,
  reach: Reach,
  after: number,
): Promise<Row[]> {
  const parameters: (string | number | number[])[] = [id, after]
  const bind = (value: string | number | number[]) => `$${parameters.push(value)}`
  const select = `t.grid_id, ${geometryJson('t')} AS geometry`
  return sql.unsafe<Row[]>(
    `SELECT ${TARGET_FIELDS}, g.geometry, v.checklist_version AS "checklistVersion", v.note,
       ${words('findings', 'jsonb_array_elements(v.findings) WITH ORDINALITY AS given (item, place)', "given.item->>'code'")} AS findings,
       ${words('measures', 'jsonb_array_elements_text(v.measures) WITH ORDINALITY AS given (item, place)', 'given.item')} AS measures
     FROM (${targetsSql(layer, reach, bind, 'c.id = $1 AND g.id > $2', select)} ORDER BY g.id LIMIT ${PAGE_ROWS}) g
       LEFT JOIN LATERAL (SELECT * FROM campaign_visit WHERE target_id = g.id ORDER BY seq DESC LIMIT 1) v ON true
       LEFT JOIN checklist_version l ON l.checklist_id = v.checklist_id AND l.version = v.checklist_version
     ORDER BY g.id`,
    parameters,
    { prepare: true },
  )
}
