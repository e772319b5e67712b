import { MOST_PEOPLE_SQUARES, type WallPicture } from '../../geodata/walls/picture.schema.ts'
import type { Reach } from '../access/reach.ts'
import { planReachClause } from '../patrols/plan.sql.ts'
import type { Sql } from '../platform/database.ts'

/** Some 300 m at 31° north. */
const SQUARE_DEGREES = 0.003
const MINUTES = 10

/** About where people on duty were in the last minutes: how many in which square, which leaves out where exactly and who. */
export async function readPeopleSquares(sql: Sql, reach: Reach): Promise<WallPicture['people']> {
  const parameters: (string | number[])[] = []
  const planned = planReachClause(reach, (ids) => `$${parameters.push(ids)}`)
  const rows = await sql.unsafe<{ lng: number; lat: number; count: number; at: string }[]>(
    `SELECT round((floor(ST_X(last.geom) / ${SQUARE_DEGREES}) * ${SQUARE_DEGREES} + ${SQUARE_DEGREES / 2})::numeric, 4)::float8 AS lng,
       round((floor(ST_Y(last.geom) / ${SQUARE_DEGREES}) * ${SQUARE_DEGREES} + ${SQUARE_DEGREES / 2})::numeric, 4)::float8 AS lat,
       count(*) AS count,
       to_char(date_trunc('minute', max(last.at)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
     FROM patrol_run r JOIN patrol_plan p ON p.id = r.plan_id CROSS JOIN LATERAL (
       SELECT geom, at FROM patrol_position WHERE run_id = r.id ORDER BY at DESC LIMIT 1) last
     WHERE r.ended_at IS NULL AND last.at > now() - interval '${MINUTES} minutes' AND ${planned}
     GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ${MOST_PEOPLE_SQUARES}`,
    parameters,
    { prepare: true },
  )
  return rows.map(({ lng, lat, count, at }) => ({ lngLat: [lng, lat], count, at }))
}
