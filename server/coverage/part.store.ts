import type {
  AnalysisFeature,
  AnalysisKindName,
  AnalysisPartHead,
} from '../../geodata/coverage/analysis.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { intersectsBox } from '../features/feature.filter.ts'
import type { Sql } from '../platform/database.ts'
import { readableClause } from './analysis.sql.ts'
import type { Reader } from './reader.ts'

export interface ReadablePart extends AnalysisPartHead {
  analysisId: string
  kind: AnalysisKindName
  title: string
  /** Of the analysis. */
  finishedAt: string
}

/** A set of features that the reader may see. Throws not-found, naming the parts that there are. */
export async function readPart(sql: Sql, id: string, part: string, reader: Reader): Promise<ReadablePart> {
  const parameters: (string | number[])[] = [id]
  const [row] = await sql.unsafe<
    { kind: AnalysisKindName; title: string; state: string; finishedAt: Date; parts: AnalysisPartHead[] }[]
  >(
    `SELECT a.kind, a.title, a.state, a.finished_at AS "finishedAt", a.parts FROM analysis a
     WHERE a.id = $1::uuid AND ${readableClause(reader, (ids) => `$${parameters.push(ids)}`)}`,
    parameters,
    { prepare: true },
  )
  if (!row)
    throw new Problem('not-found', `There is no analysis ${id}, or it is of an area that you do not reach.`)
  const head = row.parts.find((one) => one.part === part)
  if (head) {
    const { kind, title, finishedAt } = row
    return { ...head, analysisId: id, kind, title, finishedAt: finishedAt.toISOString() }
  }
  throw new Problem(
    'not-found',
    row.state === 'done'
      ? `The analysis has no part “${part}”. Its parts are ${row.parts.map((one) => one.part).join(', ') || 'none'}.`
      : `The analysis is ${row.state}: there are features once it is done.`,
  )
}

export interface FeaturesQuery {
  bbox?: Bbox | undefined
  /** The number to go on behind. */
  after: number
  limit: number
}

/** PostGIS before 3.4 turns lines round, too. */
const COUNTER_CLOCKWISE = 'CASE ST_Dimension(t.geom) WHEN 2 THEN ST_ForcePolygonCCW(t.geom) ELSE t.geom END'

/** Features of a part by number, as GeoJSON (RFC 7946: at most 7 decimals, outer rings counter-clockwise). */
export async function partFeatures(
  sql: Sql,
  { analysisId, part }: Pick<ReadablePart, 'analysisId' | 'part'>,
  { bbox, after, limit }: FeaturesQuery,
): Promise<{ features: AnalysisFeature[]; next: number | undefined }> {
  const parameters: (string | number)[] = [analysisId, part, after, limit + 1]
  const near = bbox ? `AND ${intersectsBox(bbox, (value) => `$${parameters.push(value as number)}`)}` : ''
  const rows = await sql.unsafe<AnalysisFeature[]>(
    `SELECT 'Feature' AS type, t.seq AS id, ST_AsGeoJSON(${COUNTER_CLOCKWISE}, 7)::jsonb AS geometry, t.properties
     FROM analysis_feature t WHERE t.analysis_id = $1::uuid AND t.part = $2 AND t.seq > $3 ${near}
     ORDER BY t.seq LIMIT $4`,
    parameters,
    { prepare: true },
  )
  const features = rows.slice(0, limit)
  return { features, next: rows.length > limit ? features.at(-1)!.id : undefined }
}

/** How many there are; all of them without a box. */
export async function countFeatures(
  sql: Sql,
  { analysisId, part, count }: Pick<ReadablePart, 'analysisId' | 'part' | 'count'>,
  bbox: Bbox | undefined,
): Promise<number> {
  if (!bbox) return count
  const parameters: (string | number)[] = [analysisId, part]
  const near = intersectsBox(bbox, (value) => `$${parameters.push(value as number)}`)
  const [row] = await sql.unsafe<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM analysis_feature t WHERE t.analysis_id = $1::uuid AND t.part = $2 AND ${near}`,
    parameters,
    { prepare: true },
  )
  return row!.count
}
