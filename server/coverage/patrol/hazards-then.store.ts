import type { PatrolParams } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import type { AskedHazard } from '../../../geodata/coverage/patrol/patrol-question.ts'
import type { Span } from '../../../geodata/coverage/visit-metrics.ts'
import { ENDED_STATES } from '../../../geodata/hazards/deadline.ts'
import { Problem } from '../../../geodata/shared/problem.ts'
import type { Reach } from '../../access/reach.ts'
import { versionsQuery } from '../../history/version.sql.ts'
import type { Sql } from '../../platform/database.ts'
import { instant } from '../../walks/run.store.ts'

const HOUR = 3_600_000
const MOST_VERSIONS = 200_000

interface VersionRow {
  id: number
  from: Date
  to: Date | null
  state: string
  severity: keyof PatrolParams['hazardHours']
  reportedAt: string
  lng: number
  lat: number
}

/** Hazards in reach that were open at some time of a period, with all the times at which they were, from their history. */
export async function readHazardsThen(
  sql: Sql,
  span: Span,
  { severityWeights, hazardHours }: Pick<PatrolParams, 'severityWeights' | 'hazardHours'>,
  reach: Reach,
): Promise<AskedHazard[]> {
  const values: (string | number[] | string[])[] = [instant(span.from), instant(span.to), [...ENDED_STATES]]
  const query = versionsQuery(
    'hazards',
    { reach, bind: (ids) => `$${values.push(ids)}` },
    {
      present: 't.reported_at < $2::timestamptz',
      past: `(v."row"->>'reported_at')::timestamptz < $2::timestamptz`,
    },
  )
  const rows = await sql.unsafe<VersionRow[]>(
    `WITH known AS MATERIALIZED (SELECT id, version, valid_from, valid_to, properties, geom FROM (${query}) k)
     SELECT id, valid_from AS "from", valid_to AS "to", properties->>'state' AS state, properties->>'severity' AS severity,
       properties->>'reportedAt' AS "reportedAt", ST_X(geom) AS lng, ST_Y(geom) AS lat
     FROM known WHERE id IN (SELECT id FROM known WHERE properties->>'state' <> ALL($3::text[])
       AND coalesce(valid_to, 'infinity') > $1::timestamptz)
     ORDER BY id, version LIMIT ${MOST_VERSIONS + 1}`,
    values,
    { prepare: true },
  )
  if (rows.length > MOST_VERSIONS)
    throw new Problem(
      'too-large',
      `More than ${MOST_VERSIONS} versions of hazards are of this time. Ask about fewer cells.`,
    )
  const byId = new Map<number, VersionRow[]>()
  for (const row of rows) byId.set(row.id, [...(byId.get(row.id) ?? []), row])
  return [...byId].flatMap(([id, versions]): AskedHazard[] => {
    const open = openTimes(versions).filter(([from, to]) => to > span.from && from < span.to)
    const last = versions.at(-1)!
    if (open.length === 0) return []
    return [
      {
        id,
        lngLat: [last.lng, last.lat],
        weight: 1,
        severity: severityWeights[last.severity],
        limit: hazardHours[last.severity] * HOUR,
        open,
      },
    ]
  })
}

/** Before its first version that is known, a hazard was as that tells, since it was reported. */
function openTimes(versions: readonly VersionRow[]): [from: number, to: number][] {
  const open: [number, number][] = []
  for (const [place, { from, to, state, reportedAt }] of versions.entries()) {
    if (ENDED_STATES.includes(state)) continue
    const begins = place === 0 ? Math.min(from.getTime(), Date.parse(reportedAt)) : from.getTime()
    // JSON has no infinity, and what is compared here lies in no such time.
    const ends = to?.getTime() ?? Number.MAX_SAFE_INTEGER
    const last = open.at(-1)
    if (last && last[1] >= begins) last[1] = ends
    else open.push([begins, ends])
  }
  return open
}
