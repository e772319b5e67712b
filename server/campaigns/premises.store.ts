import {
  ACTION_FROM,
  type Premises,
  type PremisesActionInput,
  type PremisesEntry,
  type PremisesInput,
  type PremisesKind,
  type PremisesState,
} from '../../geodata/campaigns/premises.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { reachedIds } from '../access/reaches-feature.store.ts'
import { reachClause } from '../access/scope.sql.ts'
import { day, TODAY } from '../duties/duty.sql.ts'
import { likePattern } from '../features/feature.filter.ts'
import { noSuchFeature } from '../features/read.store.ts'
import { recordRegisterEvent } from '../live/register-events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { requireVersion } from '../platform/require-version.ts'
import { type CampaignWriter, requireChecklist } from './campaign.store.ts'
import { readChecklistVersion } from './checklist.store.ts'
import { inCellSql } from './in-cell.sql.ts'
import { pageOf } from './page-parameters.ts'
import { requireItems } from './require-items.ts'
import { requirePast } from './require-past.ts'

export interface PremisesFilter {
  state?: PremisesState | undefined
  kind?: PremisesKind | undefined
  overdue?: boolean | undefined
  building?: number | undefined
  parent?: string | undefined
  q?: string | undefined
  id?: number | undefined
}
type Parameter = string | number | number[]

const NORM = `(SELECT days FROM safety_norm WHERE code = 'premises-check')`
/** Filed ones are due at once by the norm counted from filing. */
const NEXT = `CASE WHEN p.state <> 'closed' THEN coalesce(p.checked_on, p.filed_on) + ${NORM} END`

/** In the order of their ids. `next`: the id to go on behind. Those whose building is gone are for whoever reaches everything. */
export async function listPremises(
  sql: Sql | TransactionSql,
  { state, kind, overdue, building, parent, q, id }: PremisesFilter,
  reach: Reach,
  { limit, after }: { limit: number; after: number },
): Promise<{ premises: Premises[]; next: string | null }> {
  const parameters: Parameter[] = [limit + 1, after]
  const bind = (value: Parameter) => `$${parameters.push(value)}`
  const clauses = ['p.id > $2', reach === 'everywhere' ? 'true' : reachClause('buildings', reach, bind)]
  if (id !== undefined) clauses.push(`p.id = ${bind(id)}`)
  if (state !== undefined) clauses.push(`p.state = ${bind(state)}`)
  if (kind !== undefined) clauses.push(`p.kind = ${bind(kind)}`)
  if (building !== undefined) clauses.push(`p.building_id = ${bind(building)}`)
  if (overdue) clauses.push(`${NEXT} < ${TODAY}`)
  if (parent !== undefined) clauses.push(inCellSql(parent, bind))
  if (q !== undefined) {
    const pattern = bind(likePattern(q))
    clauses.push(
      `(lower(p.name) LIKE ${pattern} OR lower(p.trade) LIKE ${pattern} OR t.search_text LIKE ${pattern} OR t.code LIKE ${pattern})`,
    )
  }
  const rows = await sql.unsafe<Premises[]>(
    `SELECT p.id, p.version, p.building_id AS building, t.code AS "buildingCode", coalesce(t.name, t.address) AS "buildingName",
       p.kind, p.name, p.trade, p.state, ${day('p.filed_on')} AS "filedOn", ${day('p.checked_on')} AS "checkedOn",
       ${day('p.closed_on')} AS "closedOn", ${day(NEXT)} AS "nextCheckOn", coalesce(${NEXT} < ${TODAY}, false) AS overdue,
       p.open_findings AS "openFindings"
     FROM premises p LEFT JOIN building t ON t.id = p.building_id
     WHERE ${clauses.join(' AND ')} ORDER BY p.id LIMIT $1`,
    parameters,
    { prepare: true },
  )
  const { rows: premises, next } = pageOf(rows, limit, (last) => last.id)
  return { premises, next }
}

/** Throws not-found, also for premises out of reach. */
export async function readPremises(sql: Sql | TransactionSql, id: number, reach: Reach): Promise<Premises> {
  const { premises } = await listPremises(sql, { id }, reach, { limit: 1, after: 0 })
  if (premises[0]) return premises[0]
  throw new Problem('not-found', `There are no premises ${id} in your area.`)
}

/** The newest entry first, at most 200. The caller has seen to reach. */
export async function listPremisesEntries(sql: Sql, id: number): Promise<PremisesEntry[]> {
  return [
    ...(await sql.unsafe<PremisesEntry[]>(
      `SELECT seq, ${isoTime('at')} AS at, action, ${day('on_date')} AS on, actor, checklist_id AS "checklistId",
         checklist_version AS "checklistVersion", findings, measures, note
       FROM premises_entry WHERE premises_id = $1 ORDER BY seq DESC LIMIT 200`,
      [id],
      { prepare: true },
    )),
  ]
}

/** How many are in each state, in reach. */
export async function countPremises(
  sql: Sql,
  reach: Reach,
): Promise<Record<PremisesState | 'overdue', number>> {
  const parameters: Parameter[] = []
  const clause =
    reach === 'everywhere'
      ? 'true'
      : reachClause('buildings', reach, (ids) => `$${parameters.push(ids as number[])}`)
  const count = (what: string, name: string) => `count(*) FILTER (WHERE ${what})::int AS ${name}`
  const [row] = await sql.unsafe<[Record<PremisesState | 'overdue', number>]>(
    `SELECT ${count(`p.state = 'filed'`, 'filed')}, ${count(`p.state = 'checked'`, 'checked')},
       ${count(`p.state = 'closed'`, 'closed')}, ${count(`${NEXT} < ${TODAY}`, 'overdue')}
     FROM premises p LEFT JOIN building t ON t.id = p.building_id WHERE ${clause}`,
    parameters,
    { prepare: true },
  )
  return row
}

/** Puts premises on the register. Throws not-found for a building that is not there or out of reach, invalid-body. */
export async function filePremises(
  sql: Sql,
  input: PremisesInput,
  { actor, reach }: CampaignWriter,
): Promise<Premises> {
  return (await sql.begin(async (tx) => {
    if ((await reachedIds(tx, 'buildings', [input.building], reach)).size === 0)
      throw noSuchFeature('buildings', input.building)
    await requirePast(tx, { '/filedOn': input.filedOn })
    const [row] = await tx<[{ id: number }]>`
      INSERT INTO premises (building_id, kind, name, trade, filed_on, entries)
      VALUES (${input.building}, ${input.kind}, ${input.name}, ${input.trade}, ${input.filedOn}, 1) RETURNING id`
    await tx`
      INSERT INTO premises_entry (premises_id, seq, action, on_date, actor, person_id, note)
      VALUES (${row.id}, 1, 'file', ${input.filedOn}, ${actor.name}, ${actor.personId ?? null}, ${input.note})`
    const after = await readPremises(tx, row.id, reach)
    await tell(tx, actor, after, { after, detail: { what: 'premises', action: 'file' } })
    return after
  })) as Premises
}

const tell = (
  tx: TransactionSql,
  actor: Actor,
  { building }: Premises,
  entry: Parameters<typeof recordRegisterEvent>[3],
) =>
  recordRegisterEvent(
    tx,
    actor,
    { register: 'premises', of: [{ layer: 'buildings', feature: building }] },
    entry,
  )

/** Throws not-found, version-conflict, wrong-state, invalid-body. */
export async function actOnPremises(
  sql: Sql,
  id: number,
  version: number,
  act: PremisesActionInput,
  { actor, reach }: CampaignWriter,
): Promise<Premises> {
  return (await sql.begin(async (tx) => {
    await tx`SELECT id FROM premises WHERE id = ${id} FOR UPDATE`
    const before = await readPremises(tx, id, reach)
    requireVersion(`“${before.name}”`, version, before.version)
    if (!ACTION_FROM[act.action].includes(before.state))
      throw new Problem(
        'wrong-state',
        `The premises are “${before.state}”; “${act.action}” can be done when they are ${ACTION_FROM[act.action].join(' or ')}.`,
      )
    await requirePast(tx, { '/on': act.on }, before.filedOn)
    if (act.action === 'check') {
      await requireChecklist(tx, act.checklistId, 'premises')
      requireItems(
        await readChecklistVersion(tx, act.checklistId, act.checklistVersion),
        act.findings,
        act.measures,
      )
    }
    await change(tx, id, act)
    const check = act.action === 'check' ? act : undefined
    await tx`
      INSERT INTO premises_entry (premises_id, seq, action, on_date, actor, person_id, checklist_id, checklist_version,
        findings, measures, note)
      SELECT id, entries, ${act.action}, ${act.on}, ${actor.name}, ${actor.personId ?? null}, ${check?.checklistId ?? null},
        ${check?.checklistVersion ?? null}, ${JSON.stringify(check?.findings ?? [])}::text::jsonb,
        ${JSON.stringify(check?.measures ?? [])}::text::jsonb, ${act.note}
      FROM premises WHERE id = ${id}`
    const after = await readPremises(tx, id, reach)
    await tell(tx, actor, after, { before, after, detail: { what: 'premises', action: act.action } })
    return after
  })) as Premises
}

async function change(tx: TransactionSql, id: number, act: PremisesActionInput): Promise<void> {
  const sets = {
    // One of an earlier day than the newest is told, and the newest holds.
    check: () => tx`state = 'checked', checked_on = greatest(checked_on, ${act.on}::date),
      open_findings = CASE WHEN checked_on > ${act.on}::date THEN open_findings
        ELSE ${act.action === 'check' ? act.findings.filter(({ fixed }) => !fixed).length : 0}::integer END`,
    close: () => tx`state = 'closed', closed_on = ${act.on}`,
    reopen: () => tx`state = CASE WHEN checked_on IS NULL THEN 'filed' ELSE 'checked' END, closed_on = NULL`,
    amend: () => {
      if (act.action !== 'amend') throw new Error('unreachable')
      return tx`kind = ${act.kind}, name = ${act.name}, trade = ${act.trade}`
    },
  }
  await tx`
    UPDATE premises SET version = version + 1, entries = entries + 1, updated_at = now(), ${sets[act.action]()}
    WHERE id = ${id}`
}
