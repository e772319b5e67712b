import type { Ranking, Ratios } from '../../geodata/figures/indicator.schema.ts'
import type { Scheme } from '../../geodata/figures/scheme.schema.ts'
import {
  overallOf,
  placesOf,
  type SchemeId,
  type Score,
  scoreOf,
  starsOf,
} from '../../geodata/figures/scheme.ts'
import type { Sql } from '../platform/database.ts'
import { cellsInReach } from './cells-in-reach.store.ts'
import { countIndicators } from './count-indicators.store.ts'
import type { Period } from './figure-period.ts'
import { readScheme } from './figure-rule.store.ts'
import type { Among } from './indicator.store.ts'

/** Cells by the points of a scheme, with their places in the period before. */
export async function readRanking(
  sql: Sql,
  id: SchemeId,
  { period, before }: { period: Period; before: Period },
  among: Among,
): Promise<Ranking> {
  const { version, rule: scheme } = await readScheme(sql, id)
  const cells = await cellsInReach(sql, among.cells, among.reach)
  const now = await countScheme(sql, scheme, period, among)
  const then = await countScheme(sql, scheme, before, among)
  const scored = cells.map((cell) => ({ ...cell, ...scoreCell(scheme, now, cell.id) }))
  const pointsBefore = cells.map((cell) => scoreCell(scheme, then, cell.id).score.points)
  const places = placesOf(scored.map(({ score }) => score.points))
  const placesBefore = placesOf(pointsBefore)
  return {
    ...period,
    before,
    id,
    version,
    scheme,
    cells: scored
      .map((cell, at) => ({
        ...cell,
        place: places[at] ?? null,
        before: { points: pointsBefore[at] ?? null, place: placesBefore[at] ?? null },
      }))
      .sort(
        (a, b) =>
          (a.place ?? Infinity) - (b.place ?? Infinity) ||
          (b.score.points ?? 0) - (a.score.points ?? 0) ||
          (a.code < b.code ? -1 : 1),
      ),
  }
}

type CountedScheme = Awaited<ReturnType<typeof countIndicators>>

const countScheme = (sql: Sql, scheme: Scheme, period: Period, among: Among): Promise<CountedScheme> =>
  countIndicators(
    sql,
    { ...period, ...among },
    scheme.components.map(({ indicator }) => indicator),
    scheme.parts.map(({ categories }) => categories),
  )

/** The overall points are made of those of the parts, where there are parts. */
function scoreCell(
  scheme: Scheme,
  { byCell, parts: countedParts }: CountedScheme,
  cellId: number,
): { score: Score; stars: number | null; ratios: Ratios; parts: Ranking['cells'][number]['parts'] } {
  const ratios = byCell.get(cellId) ?? {}
  const parts = scheme.parts.map(({ id, weight }, at) => {
    const own = countedParts[at]?.byCell.get(cellId) ?? {}
    return { id, weight, score: scoreOf(scheme.components, own), ratios: own }
  })
  const score = parts.length > 0 ? overallOf(parts) : scoreOf(scheme.components, ratios)
  const withStars = (of: Score) => ({ score: of, stars: starsOf(of.points, scheme.stars) })
  return {
    ...withStars(score),
    ratios,
    parts: parts.map(({ id, score: own, ratios: ofPart }) => ({ id, ...withStars(own), ratios: ofPart })),
  }
}
