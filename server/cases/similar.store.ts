import type { CaseSummary } from '../../geodata/hazards/case.schema.ts'
import { ENDED_STATES } from '../../geodata/hazards/deadline.ts'
import { type Category, isSameCategory } from '../../geodata/hazards/limits.ts'
import { SIMILAR_AT_MOST, similarity } from '../../geodata/hazards/similar.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import type { Sql } from '../platform/database.ts'
import { CASE_TABLES, caseSummary } from './case.sql.ts'

export interface SimilarQuestion {
  lngLat: LngLat
  category: Category | undefined
  title: string | undefined
  metres: number
  days: number
  now: Date
}
export type SimilarCase = CaseSummary & { distanceMetres: number; daysBefore: number; score: number }

/** Of the nearest so many the most likely are shown. */
const LOOKED_AT = 200

/** Open cases in reach, near and of late, that may be of the same; the most likely first. */
export async function findSimilar(
  sql: Sql,
  { lngLat, category, title, metres, days, now }: SimilarQuestion,
  reach: Reach,
): Promise<SimilarCase[]> {
  const parameters: unknown[] = [now.toISOString(), ...lngLat, metres, days, ENDED_STATES]
  const bind = (value: unknown) => `$${parameters.push(value)}`
  const point = 'ST_SetSRID(ST_MakePoint($2::float8, $3::float8), 4326)'
  // The box is for the index: a degree of longitude has at least 111 km × cos(latitude).
  const box = `ST_Expand(${point}, $4::float8 / (111000 * greatest(0.01, cos(radians($3::float8)))), $4::float8 / 110000)`
  const rows = await sql.unsafe<{ row: CaseSummary; distance: number }[]>(
    `SELECT ${caseSummary('$1')} AS row, ST_Distance(t.geom::geography, ${point}::geography) AS distance
     FROM ${CASE_TABLES}
     WHERE t.geom && ${box} AND ST_DWithin(t.geom::geography, ${point}::geography, $4::float8)
       AND t.reported_at >= $1::timestamptz - $5::float8 * interval '1 day' AND t.state <> ALL($6::text[])
       AND ${reachClause('hazards', reach, bind)}
     ORDER BY distance, t.id LIMIT ${LOOKED_AT}`,
    parameters as never[],
    { prepare: true },
  )
  return rows
    .map(({ row, distance }) => {
      const daysBefore = (now.getTime() - Date.parse(row.reportedAt)) / 86_400_000
      const score = similarity({
        distanceMetres: distance,
        withinMetres: metres,
        daysBefore,
        withinDays: days,
        sameCategory: category !== undefined && isSameCategory(category, row.category),
        titles: title === undefined ? undefined : [title, row.title],
      })
      return {
        ...row,
        distanceMetres: Math.round(distance * 10) / 10,
        daysBefore: Math.round(daysBefore * 100) / 100,
        score,
      }
    })
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, SIMILAR_AT_MOST)
}
