import { CELL_LAYERS, type CellLayer } from '../../geodata/shared/codes.ts'
import type { Actor } from '../access/actor.ts'
import type { AreaRow } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { inEventOrder } from './event-lock.store.ts'

/** What is told of a plan or a walk, and whom it concerns. */
export interface Told {
  planId: number
  /** Of a walk. */
  runId?: number
  change: 'put' | 'publish' | 'close' | 'delete' | 'begun' | 'visit' | 'ended'
  /** The cells of the plan before and after, where it was there before and is after. None: those who reach everything. */
  areas: AreaRow[][]
}

export interface PatrolEvent {
  id: number
  at: string
  actor: string
  kind: 'plan' | 'walk'
  /** Of the plan. */
  version?: number | undefined
  told: Told
  layer?: undefined
  box?: undefined
}

export interface NewPatrolEvent extends Pick<PatrolEvent, 'kind' | 'version' | 'told'> {
  /** For the audit trail. */
  before?: object | undefined
  after?: object | undefined
}

/** The cells that a plan is for now. */
export const cellsOfPlan = async (tx: TransactionSql, planId: number): Promise<AreaRow[]> => [
  ...(await tx<AreaRow[]>`
    SELECT layer, cell_id AS "cellId" FROM patrol_plan_area WHERE plan_id = ${planId} ORDER BY layer, cell_id`),
]

/** Writes events in the transaction of the change itself. Call it last in the transaction (see inEventOrder). */
export async function recordPatrolEvents(
  tx: TransactionSql,
  actor: Actor,
  events: readonly NewPatrolEvent[],
): Promise<void> {
  if (events.length === 0) return
  await inEventOrder(tx, async () => {
    for (const { kind, version, told, before, after } of events) {
      const { areas: _, ...detail } = told
      await tx`
      INSERT INTO event (kind, version, actor, person_id, origin_address, request_id, before, after, detail, told)
      VALUES (${kind}, ${version ?? null}, ${actor.name}, ${actor.personId ?? null}, ${actor.from ?? null},
        ${actor.requestId ?? null}, ${text(before)}::text::jsonb, ${text(after)}::text::jsonb,
        ${text(detail)}::text::jsonb, ${text(told)}::text::jsonb)`
    }
  })
}

const text = (value: object | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value)

/** The events of plans whose cells are all in reach; one by which a plan left the reach is told as its deletion. */
export async function reachablePatrolEvents(
  sql: Sql,
  events: readonly PatrolEvent[],
  reach: Reach,
): Promise<PatrolEvent[]> {
  if (reach === 'everywhere' || events.length === 0) return [...events]
  const isReached = await readReached(
    sql,
    events.flatMap(({ told }) => told.areas.flat()),
    reach,
  )
  return events.flatMap((event) => {
    const { areas } = event.told
    if (isReached(areas.at(-1))) return event
    if (!areas.some(isReached)) return []
    const { version: _, ...left } = event
    return { ...left, told: { ...event.told, change: 'delete' as const } }
  })
}

/** Tells of areas made of these cells whether someone reaches them: all of their cells, and there are some. */
export async function readReached(
  sql: Sql,
  cells: readonly AreaRow[],
  reach: Reach,
): Promise<(area: readonly AreaRow[] | undefined) => boolean> {
  const reached = await reachedCells(sql, cells, reach)
  return (area) => area !== undefined && area.length > 0 && area.every((cell) => reached.has(keyOf(cell)))
}

const keyOf = ({ layer, cellId }: AreaRow): string => `${layer} ${cellId}`

async function reachedCells(sql: Sql, cells: readonly AreaRow[], reach: Reach): Promise<Set<string>> {
  const reached = new Set<string>()
  const ids = (layer: CellLayer) => [
    ...new Set(cells.filter((cell) => cell.layer === layer).map(({ cellId }) => cellId)),
  ]
  for (const layer of CELL_LAYERS) {
    const asked = ids(layer)
    if (asked.length === 0) continue
    const parameters: (string | number[])[] = [asked]
    const rows = await sql.unsafe<{ id: number }[]>(
      `SELECT t.id FROM ${tableOf(layer)} t WHERE t.id = ANY($1::bigint[])
         AND ${reachClause(layer, reach, (list) => `$${parameters.push(list)}`)}`,
      parameters,
      { prepare: true },
    )
    for (const { id } of rows) reached.add(keyOf({ layer, cellId: id }))
  }
  return reached
}
