import { addMonths, spanOfMonths } from '../../geodata/figures/china-months.ts'
import type { IndicatorSeries, IndicatorValues } from '../../geodata/figures/indicator.schema.ts'
import { INDICATOR_IDS } from '../../geodata/figures/indicators.ts'
import type { Category } from '../../geodata/figures/scheme.schema.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import type { Reach } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import { cellsInReach } from './cells-in-reach.store.ts'
import { countIndicators, ratioOf, sumRatios } from './count-indicators.store.ts'
import { endedBy, type Period } from './figure-period.ts'

/** What figures are asked of: the cells to break them down by, and what of everybody’s cases counts. */
export interface Among {
  cells: CellLayer
  reach: Reach
  /** Hazards of these alone; undefined: of any, and patrols too. */
  categories?: readonly Category[] | undefined
}

/** All indicators in a period, with those of the period before. Cases in a cell out of reach are in the sums alone. */
export async function readValues(
  sql: Sql,
  { period, before }: { period: Period; before: Period },
  among: Among,
): Promise<IndicatorValues> {
  const now = await countIndicators(sql, { ...period, ...among }, INDICATOR_IDS)
  const then = await countIndicators(sql, { ...before, ...among }, INDICATOR_IDS)
  const named = await cellsInReach(sql, among.cells, among.reach)
  const known = new Set(named.map(({ id }) => id))
  return {
    ...period,
    before,
    indicators: INDICATOR_IDS.map((id) => ({
      id,
      ...ratioOf(now.all, id),
      before: ratioOf(then.all, id),
    })),
    cells: named.flatMap((cell) => {
      const ratios = now.byCell.get(cell.id)
      return ratios ? [{ ...cell, ratios }] : []
    }),
    outside: sumRatios(
      [...now.byCell].flatMap(([id, ratios]) => (id === null || !known.has(id) ? [ratios] : [])),
    ),
  }
}

/** All indicators of months that end with `month`, the oldest first; none after the one that now is in. */
export async function readSeries(
  sql: Sql,
  { month, months, now }: { month: string; months: number; now: number },
  among: Among,
): Promise<IndicatorSeries> {
  const answer: IndicatorSeries = { months: [] }
  for (let back = months - 1; back >= 0; back--) {
    const own = addMonths(month, -back)
    const span = spanOfMonths(own)
    if (Date.parse(span.from) >= now) break
    const until = endedBy(span, now)
    const { all } = await countIndicators(sql, { from: span.from, until, ...among }, INDICATOR_IDS)
    answer.months.push({ month: own, until, ratios: all })
  }
  return answer
}
