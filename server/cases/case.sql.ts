import { isoTime } from '../platform/iso-time.sql.ts'

/** A case as caseSummarySchema has it, over the aliases of CASE_TABLES; `now` is a placeholder such as $3. */
export const caseSummary = (
  now: string,
) => `jsonb_build_object('id', t.id, 'version', t.version, 'title', t.title,
  'category', jsonb_build_object('standard', t.category_standard, 'kind', t.category_kind, 'code', t.category_code),
  'severity', t.severity, 'state', t.state, 'stateSince', ${isoTime('c.state_since')}, 'reportedAt', ${isoTime('t.reported_at')},
  'dueAt', ${isoTime('t.due_at')}, 'limitKind', k.limit_kind, 'isLate', ${lateAt(now)}, 'suspendedUntil', ${isoTime('c.suspended_until')},
  'escalation', c.escalation,
  'department', CASE WHEN d.id IS NOT NULL THEN jsonb_build_object('id', d.id, 'name', d.name) END, 'source', c.source,
  'lngLat', jsonb_build_array(ST_X(t.geom), ST_Y(t.geom)),
  'communityCode', (SELECT code FROM community WHERE id = t.community_id),
  'gridCode', (SELECT code FROM grid WHERE id = t.grid_id),
  'microGridCode', (SELECT code FROM micro_grid WHERE id = t.micro_grid_id))`

/** Hazards `t` with their case `c`, the run `k` of the clock that is running, and their department `d`. */
export const CASE_TABLES = `hazard t JOIN hazard_case c ON c.hazard_id = t.id
  LEFT JOIN case_clock k ON k.hazard_id = t.id AND k.stopped_at IS NULL
  LEFT JOIN department d ON d.id = c.department_id`

/** Whether the running clock has passed its deadline; one that is suspended: whether it had. */
const lateAt = (now: string) => `coalesce(coalesce(k.paused_at, ${now}::timestamptz) > k.due_at, false)`
