import {
  BAROMETER_COUNTS,
  type Barometer,
  type BarometerCounts,
  type BarometerPair,
} from '../../geodata/figures/indicator.schema.ts'
import type { Sql } from '../platform/database.ts'
import { caseRows } from './case-rows.sql.ts'
import { cellsInReach } from './cells-in-reach.store.ts'
import type { Period } from './figure-period.ts'
import type { Among } from './indicator.store.ts'

type Category = Barometer['kinds'][number]['category']
interface Row extends BarometerCounts {
  cellId: number | null
  category: Category
}

/** New, solved and standing hazards by kind and cell, against the period before. */
export async function readBarometer(
  sql: Sql,
  { period, before }: { period: Period; before: Period },
  among: Among,
): Promise<Barometer> {
  const sums = new Map<string, Sum>()
  const sumOf = (key: string) => {
    const sum = sums.get(key) ?? { all: nothing(), kinds: new Map() }
    sums.set(key, sum)
    return sum
  }
  const named = await cellsInReach(sql, among.cells, among.reach)
  const known = new Set(named.map(({ id }) => id))
  for (const [which, of] of [
    ['now', period],
    ['before', before],
  ] as const)
    for (const row of await countRows(sql, of, among)) {
      const isNamed = row.cellId !== null && known.has(row.cellId)
      for (const key of [ALL, isNamed ? String(row.cellId) : OUTSIDE]) addTo(sumOf(key), which, row)
    }
  const all = sumOf(ALL)
  return {
    ...period,
    before,
    all: all.all,
    kinds: kindsOf(all),
    outside: sumOf(OUTSIDE).all,
    cells: named
      .flatMap((cell) => {
        const sum = sums.get(String(cell.id))
        return sum ? [{ ...cell, ...sum.all, kinds: kindsOf(sum) }] : []
      })
      .sort((a, b) => b.now.standing - a.now.standing || (a.code < b.code ? -1 : 1)),
  }
}

const ALL = 'all'
const OUTSIDE = 'outside'

async function countRows(sql: Sql, period: Period, among: Among): Promise<Row[]> {
  const { text, parameters } = caseRows({ ...period, ...among })
  return sql.unsafe<Row[]>(
    `${text}
     SELECT p.cell_id AS "cellId",
       jsonb_build_object('standard', p.category_standard, 'kind', p.category_kind, 'code', p.category_code) AS category,
       ${BAROMETER_COUNTS.map((name) => `(count(*) FILTER (WHERE b.what = '${name}'))::int AS ${name}`).join(', ')}
     FROM place p JOIN (
       ${BAROMETER_COUNTS.map((name) => `SELECT hazard_id, '${name}' AS what FROM "${name}"`).join(' UNION ALL ')}
     ) b ON b.hazard_id = p.id
     GROUP BY p.cell_id, p.category_standard, p.category_kind, p.category_code`,
    parameters,
    { prepare: true },
  )
}

interface Sum {
  all: BarometerPair
  kinds: Map<string, BarometerPair & { category: Category }>
}

const none = (): BarometerCounts => ({ fresh: 0, solved: 0, standing: 0 })
const nothing = (): BarometerPair => ({ now: none(), before: none() })

function addTo(sum: Sum, which: keyof BarometerPair, row: Row): void {
  const key = JSON.stringify(row.category)
  const kind = sum.kinds.get(key) ?? { category: row.category, ...nothing() }
  sum.kinds.set(key, kind)
  for (const counts of [sum.all[which], kind[which]]) {
    counts.fresh += row.fresh
    counts.solved += row.solved
    counts.standing += row.standing
  }
}

const kindsOf = ({ kinds }: Sum): Barometer['kinds'] =>
  [...kinds.values()].sort(
    (a, b) => b.now.standing - a.now.standing || (a.category.code < b.category.code ? -1 : 1),
  )
