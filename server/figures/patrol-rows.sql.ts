import type { PatrolBase } from '../../geodata/figures/indicator-definition.ts'
import { pastReachClause, reachClause } from '../access/scope.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { CaseQuestion, Parameter } from './case-rows.sql.ts'

type Query = [name: string, query: string]

/**
 * What figures of patrols read: site — checkpoints in reach that were there at `until`, with those deleted since: id,
 * cell_id — and one query for each base: site_id, run, cell_id, at, state (the best that is known of the visit), and
 * whether it counts for each of the base’s flags. With categories of hazards asked for there are none.
 */
export function patrolRows(
  { cells, reach, categories }: CaseQuestion,
  { from, until }: { from: string; until: string },
  bind: (value: Parameter) => string,
): Query[] {
  const key = `${tableOf(cells)}_id`
  const isAsked = categories === undefined ? 'true' : 'false'
  const isVisited = `i.started_at < ${until} AND i.state = 'visited'`
  const bases: Record<PatrolBase, string> = {
    // A stop is planned by the last version of its plan that was published before its round ended.
    'patrol-planned': `
      SELECT s.id AS site_id, row_number() OVER (PARTITION BY s.id ORDER BY o.ends_at, o.stop_id)::int AS run, s.cell_id,
        o.ends_at AS at, i.state, coalesce(i.state = 'visited', false) AS visited, i.state IS NULL AS missed
      FROM (
        SELECT (r->>'id')::uuid AS round_id, coalesce(r->>'to', t->>'to')::timestamptz AS ends_at,
          (stop->>'id')::uuid AS stop_id, (stop->>'checkpointId')::bigint AS site_id, v.plan_id, v.version
        FROM patrol_plan_version v, jsonb_array_elements(v.plan->'rounds') r, jsonb_array_elements(v.plan->'teams') t,
          jsonb_array_elements(r->'stops') stop
        WHERE gridward_instant(v.plan->>'to') >= ${from} AND gridward_instant(v.plan->>'from') < ${until}
          AND v.published_at < ${until} AND t->>'id' = r->>'teamId' AND stop->>'checkpointId' IS NOT NULL) o
      JOIN site s ON s.id = o.site_id
      LEFT JOIN LATERAL (
        SELECT i.state FROM patrol_visit i WHERE i.checkpoint_id = o.site_id AND i.plan_id = o.plan_id
          AND i.round_id = o.round_id AND i.stop_id = o.stop_id AND i.started_at < ${until}
        ORDER BY array_position(ARRAY['visited', 'probable', 'unknown'], i.state) LIMIT 1) i ON true
      WHERE o.ends_at >= ${from} AND o.ends_at < ${until} AND o.version = (
        SELECT max(l.version) FROM patrol_plan_version l WHERE l.plan_id = o.plan_id AND l.published_at <= o.ends_at)`,
    'patrol-site': `
      SELECT s.id AS site_id, 1 AS run, s.cell_id, coalesce(i.at, ${until}) AS at,
        CASE WHEN i.at IS NOT NULL THEN 'visited' END AS state, i.at IS NOT NULL AS covered
      FROM site s LEFT JOIN (
        SELECT i.checkpoint_id, max(i.started_at) AS at FROM patrol_visit i
        WHERE i.started_at >= ${from} AND ${isVisited} GROUP BY 1) i ON i.checkpoint_id = s.id
      WHERE ${from} < ${until} AND EXISTS (SELECT FROM patrol_visit i WHERE ${isVisited})`,
  }
  return [
    [
      'site',
      `SELECT t.id, t.${key} AS cell_id FROM checkpoint t
       WHERE ${isAsked} AND t.created_at < ${until} AND ${reachClause('checkpoints', reach, bind)}
       UNION ALL
       SELECT v.feature_id, (v."row"->>'${key}')::bigint
       FROM (SELECT DISTINCT ON (feature_id) * FROM feature_version
         WHERE layer = 'checkpoints' AND ended = 'delete' ORDER BY feature_id, version DESC) v
       WHERE ${isAsked} AND v.valid_to >= ${until} AND (v."row"->>'created_at')::timestamptz < ${until}
         AND NOT EXISTS (SELECT FROM checkpoint c WHERE c.id = v.feature_id) AND ${pastReachClause('checkpoints', reach, bind)}`,
    ],
    ...Object.entries(bases),
  ]
}
