import type { CampaignTarget, TargetState, Visit } from '../../geodata/campaigns/campaign.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import { day } from '../duties/duty.sql.ts'
import { likePattern } from '../features/feature.filter.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { readHead } from './campaign.store.ts'
import { inCellSql } from './in-cell.sql.ts'
import { pageOf } from './page-parameters.ts'
import { TARGET_FIELDS, targetsSql } from './target.sql.ts'

export interface TargetFilter {
  state?: TargetState[] | undefined
  /** Code of a cell that they lie in. */
  parent?: string | undefined
  /** In names and codes. */
  q?: string | undefined
  id?: number | undefined
}
type Parameter = string | number | string[] | number[]

/** In the order in which they came on the list. `next`: the id to go on behind. Throws not-found. */
export async function listTargets(
  sql: Sql | TransactionSql,
  campaignId: number,
  { state, parent, q, id }: TargetFilter,
  reach: Reach,
  { limit, after }: { limit: number; after: number },
): Promise<{ targets: CampaignTarget[]; next: string | null }> {
  const { layer } = await readHead(sql, campaignId, reach)
  const parameters: Parameter[] = [campaignId, after, limit + 1]
  const bind = (value: Parameter) => `$${parameters.push(value)}`
  const inner = ['c.id = $1', 'g.id > $2']
  if (id !== undefined) inner.push(`g.id = ${bind(id)}`)
  if (q !== undefined) {
    const pattern = bind(likePattern(q))
    inner.push(`(t.search_text LIKE ${pattern} OR g.code LIKE ${pattern} OR lower(g.name) LIKE ${pattern})`)
  }
  if (parent !== undefined) inner.push(inCellSql(parent, bind))
  const clauses = state === undefined ? 'true' : `g.state = ANY(${bind(state)}::text[])`
  const rows = await sql.unsafe<CampaignTarget[]>(
    `SELECT ${TARGET_FIELDS} FROM (${targetsSql(layer, reach, bind, inner.join(' AND '))}) g
     WHERE ${clauses} ORDER BY g.id LIMIT $3`,
    parameters,
    { prepare: true },
  )
  const { rows: targets, next } = pageOf(rows, limit, (last) => last.id)
  return { targets, next }
}

/** One target of a campaign. Throws not-found, also for one out of reach or off the list. */
export async function readTarget(
  sql: Sql | TransactionSql,
  campaignId: number,
  id: number,
  reach: Reach,
): Promise<CampaignTarget> {
  const { targets } = await listTargets(sql, campaignId, { id }, reach, { limit: 1, after: 0 })
  if (targets[0]) return targets[0]
  throw new Problem('not-found', `The campaign ${campaignId} has no target ${id} on its list in your area.`)
}

type VisitRow = Omit<Visit, 'findings'> & {
  findings: Omit<Visit['findings'][number], 'hazardId' | 'hazardState'>[]
  cases: Record<string, { id: number; state: string | null }> | null
}

/** The visits of a target, the newest first, at most 100, or one of them. The caller has seen to reach. */
export async function listVisits(
  sql: Sql | TransactionSql,
  targetId: number,
  id: string | null = null,
): Promise<Visit[]> {
  const rows = await sql.unsafe<VisitRow[]>(
    `SELECT v.id, v.seq, ${isoTime('v.at')} AS at, v.actor, v.checklist_id AS "checklistId",
       v.checklist_version AS "checklistVersion", v.outcome, v.findings,
       v.measures, v.photos::text[] AS photos, v.note, ${day('v.reinspect_on')} AS "reinspectOn",
       (SELECT jsonb_object_agg(k.finding, jsonb_build_object('id', k.hazard_id, 'state', h.state))
        FROM campaign_case k LEFT JOIN hazard h ON h.id = k.hazard_id WHERE k.visit_id = v.id) AS cases
     FROM campaign_visit v WHERE v.target_id = $1 AND ($2::uuid IS NULL OR v.id = $2) ORDER BY v.seq DESC LIMIT 100`,
    [targetId, id],
    { prepare: true },
  )
  return rows.map(({ cases, findings, ...visit }) => ({
    ...visit,
    findings: findings.map((found) => ({
      ...found,
      hazardId: cases?.[found.code]?.id ?? null,
      hazardState: cases?.[found.code]?.state ?? null,
    })),
  }))
}
