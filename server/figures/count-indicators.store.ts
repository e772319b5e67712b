import type { Ratios } from '../../geodata/figures/indicator.schema.ts'
import { isPatrolBase } from '../../geodata/figures/indicator-definition.ts'
import { INDICATORS, type IndicatorId, type Ratio } from '../../geodata/figures/indicators.ts'
import type { Category } from '../../geodata/figures/scheme.schema.ts'
import type { Sql } from '../platform/database.ts'
import { type CaseQuestion, caseRows } from './case-rows.sql.ts'

export interface Counted {
  all: Ratios
  /** By the id of the cell; null: in none. Without indicators that have nothing to divide by. */
  byCell: ReadonlyMap<number | null, Ratios>
}

interface Row extends Ratio {
  id: IndicatorId
  cellId: number | null
  standard?: string
  kind?: string
  code?: string
}

/**
 * Numerators and denominators of indicators over the cases of a question, in all and by cell; and, of the same reading,
 * over the cases of some categories alone, a list of categories for each part.
 */
export async function countIndicators(
  sql: Sql,
  question: CaseQuestion,
  ids: readonly IndicatorId[],
  parts: readonly (readonly Category[])[] = [],
): Promise<Counted & { parts: Counted[] }> {
  const { text, parameters } = caseRows(question)
  const byKind = parts.length > 0
  const rows = await sql.unsafe<Row[]>(
    `${text} ${ids.map((id) => countSql(id, byKind)).join(' UNION ALL ')}`,
    parameters,
    { prepare: true },
  )
  return {
    ...countRows(rows),
    parts: parts.map((categories) => {
      const chosen = new Set(categories.map(keyOf))
      return countRows(rows.filter((row) => chosen.has(keyOf(row))))
    }),
  }
}

const keyOf = ({ standard, kind, code }: Partial<Category>): string => JSON.stringify([standard, kind, code])

function countRows(rows: readonly Row[]): Counted {
  const all: Ratios = {}
  const byCell = new Map<number | null, Ratios>()
  for (const { id, cellId, numerator, denominator } of rows) {
    const own = byCell.get(cellId) ?? {}
    byCell.set(cellId, own)
    for (const sums of [all, own]) addTo(sums, id, { numerator, denominator })
  }
  return { all, byCell }
}

/** Ids and columns come from the table of indicators, never from a request. */
function countSql(id: IndicatorId, byKind: boolean): string {
  const { base, counts } = INDICATORS[id]
  const count = `count(*)::int AS denominator, (count(*) FILTER (WHERE b.${counts}))::int AS numerator`
  if (byKind && isPatrolBase(base))
    return `SELECT '${id}' AS id, b.cell_id AS "cellId", NULL AS standard, NULL AS kind, NULL AS code, ${count}
      FROM "${base}" b GROUP BY 2`
  return byKind
    ? `SELECT '${id}' AS id, b.cell_id AS "cellId", p.category_standard AS standard, p.category_kind AS kind,
        p.category_code AS code, ${count}
       FROM "${base}" b JOIN place p ON p.id = b.hazard_id GROUP BY 2, 3, 4, 5`
    : `SELECT '${id}' AS id, b.cell_id AS "cellId", ${count} FROM "${base}" b GROUP BY 2`
}

export const ratioOf = (ratios: Ratios | undefined, id: IndicatorId): Ratio =>
  ratios?.[id] ?? { numerator: 0, denominator: 0 }

/** Adds up ratios of several cells. */
export function sumRatios(list: readonly Ratios[]): Ratios {
  const sums: Ratios = {}
  for (const ratios of list)
    for (const [id, ratio] of Object.entries(ratios) as [IndicatorId, Ratio][]) addTo(sums, id, ratio)
  return sums
}

function addTo(sums: Ratios, id: IndicatorId, { numerator, denominator }: Ratio): void {
  const before = ratioOf(sums, id)
  sums[id] = {
    numerator: before.numerator + numerator,
    denominator: before.denominator + denominator,
  }
}
