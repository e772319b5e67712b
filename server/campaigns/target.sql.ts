import { type CampaignLayer, REINSPECT_SOON_DAYS } from '../../geodata/campaigns/campaign.schema.ts'
import { ENDED_STATES } from '../../geodata/hazards/deadline.ts'
import type { Reach } from '../access/reach.ts'
import { type BindIds, reachClause } from '../access/scope.sql.ts'
import { day, TODAY } from '../duties/duty.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import { isoTime } from '../platform/iso-time.sql.ts'

const ENDED = `(${ENDED_STATES.map((state) => `'${state}'`).join(', ')})`

/** Open cases of each target, and when the last of its cases ended once none is open. */
const CASES = `(
  SELECT k.target_id, count(*) FILTER (WHERE h.state NOT IN ${ENDED})::int AS open,
    CASE WHEN count(*) FILTER (WHERE h.state NOT IN ${ENDED}) = 0 THEN max(c.state_since) END AS ended_at
  FROM campaign_case k JOIN hazard h ON h.id = k.hazard_id LEFT JOIN hazard_case c ON c.hazard_id = h.id
  GROUP BY k.target_id)`

/** Cases that ended after the newest visit have their place looked at again; otherwise the day that a visit set holds. */
const DUE_ON = `CASE WHEN g.outcome = 'findings' AND cases.ended_at > g.visited_at
  THEN (cases.ended_at AT TIME ZONE interval '8 hours')::date + c.reinspect_days ELSE g.reinspect_on END`

/** A name of TARGET_STATES, over the alias g with due_on. */
const STATE = `CASE WHEN g.outcome IS NULL THEN 'unvisited' WHEN due.due_on < ${TODAY} THEN 'reinspect-overdue'
  WHEN due.due_on <= ${TODAY} + ${REINSPECT_SOON_DAYS} THEN 'reinspect-due' ELSE g.outcome END`

/**
 * The targets on the lists of campaigns about a layer, in reach; those whose feature is gone are for whoever reaches
 * everything. Columns of campaign_target, and state, due_on, open_cases; t is the feature's row. `select`, `where`: over g,
 * c and t.
 */
export const targetsSql = (
  layer: CampaignLayer,
  reach: Reach,
  bind: BindIds,
  where = 'true',
  select = 't.grid_id, t.community_id, t.micro_grid_id',
): string => `
  SELECT g.*, due.due_on, ${STATE} AS state, coalesce(cases.open, 0) AS open_cases, t.id IS NULL AS is_gone, ${select}
  FROM campaign c JOIN campaign_target g ON g.campaign_id = c.id LEFT JOIN ${tableOf(layer)} t ON t.id = g.feature_id
    LEFT JOIN ${CASES} cases ON cases.target_id = g.id, LATERAL (SELECT ${DUE_ON} AS due_on) due
  WHERE c.layer = '${layer}' AND g.removed_at IS NULL AND ${where}
    AND ${reach === 'everywhere' ? 'true' : reachClause(layer, reach, bind)}`

/** A target on the wire, over the alias g of targetsSql's rows. */
export const TARGET_FIELDS = `g.id, g.feature_id AS feature, g.name, g.code,
  (SELECT cell.code FROM grid cell WHERE cell.id = g.grid_id) AS "gridCode", g.is_gone AS gone, g.state, g.outcome,
  g.visits, ${isoTime('g.visited_at')} AS "visitedAt", ${day('g.due_on')} AS "reinspectOn", g.open_cases AS "openCases"`
