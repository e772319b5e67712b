import type { PatrolParams } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import type { AskedSite } from '../../../geodata/coverage/patrol/patrol-question.ts'
import type { Span } from '../../../geodata/coverage/visit-metrics.ts'
import { visitsPerDay } from '../../../geodata/patrols/norms.ts'
import { type ClockWindows, openSpans } from '../../../geodata/patrols/opening-windows.ts'
import type { Reach } from '../../access/reach.ts'
import { versionsQuery } from '../../history/version.sql.ts'
import type { Sql } from '../../platform/database.ts'
import { instant } from '../../walks/run.store.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

/**
 * The checkpoints in reach as they were at the end of a period; those that were entered later as they were at first known.
 * `newer`: how many were entered after it had begun.
 */
export async function readSitesThen(
  sql: Sql,
  span: Span,
  weights: PatrolParams['siteWeights'],
  reach: Reach,
): Promise<{ sites: AskedSite[]; newer: number }> {
  const values: (string | number[])[] = [instant(span.to)]
  const query = versionsQuery(
    'checkpoints',
    { reach, bind: (ids) => `$${values.push(ids)}` },
    {
      present: `(t.updated_at <= $1::timestamptz OR NOT EXISTS (SELECT FROM feature_version k
        WHERE k.layer = 'checkpoints' AND k.feature_id = t.id AND k.valid_from <= $1::timestamptz))`,
      past: 'v.valid_from <= $1::timestamptz AND v.valid_to > $1::timestamptz',
    },
  )
  const rows = await sql.unsafe<
    {
      id: number
      name: string
      siteType: string
      risk: keyof PatrolParams['siteWeights']
      lng: number
      lat: number
      interval: number
      grace: number
      windows: ClockWindows
      createdAt: string
    }[]
  >(
    `SELECT s.id, s.properties->>'name' AS name, s.properties->>'siteType' AS "siteType", s.properties->>'risk' AS risk,
       ST_X(s.geom) AS lng, ST_Y(s.geom) AS lat,
       coalesce((s.properties->>'intervalMinutes')::int, n.interval_minutes, 1440) AS interval,
       coalesce((s.properties->>'graceMinutes')::int, n.grace_minutes, 0) AS grace,
       coalesce(s.properties->'timeWindows', '[]') AS windows, s.properties->>'createdAt' AS "createdAt"
     FROM (${query}) s
     LEFT JOIN visit_norm n ON n.site_type = s.properties->>'siteType' AND n.risk = s.properties->>'risk'
     ORDER BY s.id`,
    values,
    { prepare: true },
  )
  const days = (span.to - span.from) / DAY
  return {
    newer: rows.filter(({ createdAt }) => Date.parse(createdAt) > span.from).length,
    sites: rows.map(
      ({ id, name, siteType, risk, lng, lat, interval, grace, windows }): AskedSite => ({
        id,
        name,
        siteType,
        lngLat: [lng, lat],
        weight: weights[risk],
        limit: (interval + grace) * MINUTE,
        // What is a whole visit but for rounding is one.
        required: Math.floor(days * visitsPerDay({ intervalMinutes: interval, timeWindows: windows }) + 1e-6),
        open: openSpans(windows, span.from, span.to),
      }),
    ),
  }
}
