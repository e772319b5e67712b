import type { CheckReport } from '../../geodata/editing/change-report.schema.ts'
import { CELL_LAYERS } from '../../geodata/shared/codes.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { CellIds, Moved } from '../features/cells.store.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { TransactionSql } from '../platform/database.ts'
import type { Applied } from './apply-changes.store.ts'
import { keyOf } from './find-conflicts.store.ts'
import { namesOf } from './tell-codes.store.ts'

const MAX_MOVES = 200

/** Buildings and points that were there before and that other cells hold after the edit. */
export async function tellMoves(
  tx: TransactionSql,
  moved: Moved[],
  applied: Applied,
  created: Map<string, number>,
): Promise<CheckReport['moves']> {
  const moves = new Map<string, Moved>()
  for (const move of moved) {
    const key = keyOf(move.layer, move.id)
    if (created.has(key) || applied.standing.deleted.has(key)) continue
    moves.set(key, { ...move, from: moves.get(key)?.from ?? move.from })
  }
  const real = [...moves.values()].filter(({ from, to }) => from.some((id, index) => id !== to[index]))
  const listed = real.slice(0, MAX_MOVES)
  const names = await namesOf(tx, listed)
  const now = await codesOf(
    tx,
    listed.flatMap(({ from, to }) => [...cellsOf(from), ...cellsOf(to)]),
  )
  const buildings = await codesOf(
    tx,
    listed.filter(({ layer }) => layer === 'buildings'),
  )
  const before = (key: string) => codeBefore(applied, key) ?? now.get(key) ?? null
  return {
    total: real.length,
    list: listed.map(({ layer, id, from, to }) => ({
      layer,
      id,
      name: names.get(keyOf(layer, id)) ?? null,
      code: buildings.get(keyOf(layer, id)) ?? null,
      from: before(smallest(from)),
      to: now.get(smallest(to)) ?? null,
    })),
  }
}

const cellsOf = (ids: CellIds) =>
  ids.flatMap((id, index) => (id === null ? [] : [{ layer: CELL_LAYERS[index]! as LayerId, id }]))

function smallest(ids: CellIds): string {
  const cell = cellsOf(ids).at(-1)
  return cell ? keyOf(cell.layer, cell.id) : ''
}

/** The code of a cell that the edit changed, as it was. */
function codeBefore({ standing, followed }: Applied, key: string): string | null {
  const row = standing.rows.get(key)
  if (row) return (row.input.properties.code ?? null) as string | null
  return followed.find(({ layer, id }) => keyOf(layer, id) === key)?.codeBefore ?? null
}

async function codesOf(
  tx: TransactionSql,
  cells: { layer: LayerId; id: number }[],
): Promise<Map<string, string>> {
  const codes = new Map<string, string>()
  for (const layer of [...CELL_LAYERS, 'buildings'] as const) {
    const ids = cells.filter((cell) => cell.layer === layer).map(({ id }) => id)
    if (ids.length === 0) continue
    const rows = await tx.unsafe<{ id: number; code: string | null }[]>(
      `SELECT id, code FROM ${tableOf(layer)} WHERE id = ANY ($1::bigint[])`,
      [[...new Set(ids)]],
    )
    for (const { id, code } of rows) if (code) codes.set(keyOf(layer, id), code)
  }
  return codes
}
