import type {
  Barometer,
  BarometerPair,
  IndicatorRow,
  IndicatorRows,
  IndicatorSeries,
  IndicatorValues,
  Ranking,
  Ratios,
} from '../../geodata/figures/indicator.schema.ts'
import { INDICATORS, type IndicatorId, type Ratio, shareOf } from '../../geodata/figures/indicators.ts'
import { csvField } from '../audit/audit-csv.ts'
import type { ExportPiece } from '../audit/tell-export.ts'

type Language = 'zh' | 'en'
type Value = string | number | boolean | null
const PAGE_ROWS = 1000
const SHARE_DIGITS = 6

const line = (values: readonly Value[]): string => `${values.map(csvField).join(',')}\r\n`

/** CSV (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows it. An unknown share is an empty field. */
async function* table(
  headings: readonly string[],
  rows: readonly (readonly Value[])[],
): AsyncGenerator<ExportPiece> {
  yield { text: `\ufeff${line(headings)}`, rows: 0 }
  if (rows.length > 0) yield { text: rows.map(line).join(''), rows: rows.length }
}

const share = (ratio: Ratio): number | null => {
  const value = shareOf(ratio)
  return value === null ? null : Number(value.toFixed(SHARE_DIGITS))
}

/** One row for each month and indicator. */
export const seriesCsv = ({ months }: IndicatorSeries, lang: Language): AsyncGenerator<ExportPiece> =>
  table(
    ['month', ...RATIO_HEADINGS],
    months.flatMap(({ month, ratios }) => ratioRows(ratios, lang).map((row) => [month, ...row])),
  )

const RATIO_HEADINGS = ['indicator', 'name', 'numerator', 'denominator', 'share']
const ratioRows = (ratios: Ratios, lang: Language): Value[][] =>
  (Object.entries(ratios) as [IndicatorId, Ratio][]).map(([id, ratio]) => [
    id,
    INDICATORS[id].name[lang],
    ratio.numerator,
    ratio.denominator,
    share(ratio),
  ])

/** One row for each indicator: first of all cases, then of each cell, last of those in no cell. */
export function valuesCsv(values: IndicatorValues, lang: Language): AsyncGenerator<ExportPiece> {
  const rowsOf = (code: string, name: string, ratios: Ratios) =>
    ratioRows(ratios, lang).map((row) => [code, name, ...row])
  const all: Ratios = Object.fromEntries(values.indicators.map(({ id, ...ratio }) => [id, ratio]))
  return table(
    ['cell_code', 'cell_name', ...RATIO_HEADINGS],
    [
      ...rowsOf('', '', all),
      ...values.cells.flatMap(({ code, name, ratios }) => rowsOf(code, name, ratios)),
      ...rowsOf('outside', '', values.outside),
    ],
  )
}

const ROW_COLUMNS: [heading: string, value: (row: IndicatorRow) => Value][] = [
  ['layer', ({ layer }) => layer],
  ['id', ({ id }) => id],
  ['run', ({ run }) => run],
  ['at', ({ at }) => at],
  ['counts', ({ counts }) => counts],
  ['title', ({ title }) => title],
  ['category_standard', ({ category }) => category?.standard ?? null],
  ['category_kind', ({ category }) => category?.kind ?? null],
  ['category_code', ({ category }) => category?.code ?? null],
  ['severity', ({ severity }) => severity],
  ['state', ({ state }) => state],
  ['grid_code', ({ gridCode }) => gridCode],
  ['deleted_since', ({ there }) => !there],
]

/** The rows behind an indicator, page by page. */
export async function* rowsCsv(
  read: (page: { limit: number; cursor?: string | undefined }) => Promise<IndicatorRows>,
  signal: AbortSignal,
): AsyncGenerator<ExportPiece> {
  yield { text: `\ufeff${line(ROW_COLUMNS.map(([heading]) => heading))}`, rows: 0 }
  let cursor: string | undefined
  do {
    signal.throwIfAborted()
    const { rows, next } = await read({ limit: PAGE_ROWS, cursor })
    if (rows.length > 0)
      yield {
        text: rows.map((row) => line(ROW_COLUMNS.map(([, value]) => value(row)))).join(''),
        rows: rows.length,
      }
    cursor = next ?? undefined
  } while (cursor !== undefined)
}

/** One row for each cell and kind. */
export function barometerCsv({ kinds, cells }: Barometer): AsyncGenerator<ExportPiece> {
  const counts = ({ now, before }: BarometerPair) =>
    (['fresh', 'solved', 'standing'] as const).flatMap((what) => [now[what], before[what]])
  const rowsOf = (code: string, name: string, of: Barometer['kinds']) =>
    of.map(({ category, ...pair }) => [
      code,
      name,
      category.standard,
      category.kind,
      category.code,
      ...counts(pair),
    ])
  return table(
    [
      ...['cell_code', 'cell_name', 'category_standard', 'category_kind', 'category_code'],
      ...['new', 'solved', 'standing'].flatMap((what) => [what, `${what}_before`]),
    ],
    [...rowsOf('', '', kinds), ...cells.flatMap(({ code, name, kinds: own }) => rowsOf(code, name, own))],
  )
}

/** One row for each cell, with the points of its parts and the shares that they are made of. */
export function rankingCsv({ scheme, cells }: Ranking): AsyncGenerator<ExportPiece> {
  const { components, parts } = scheme
  const shares = (ratios: Ratios) =>
    components.map(({ indicator }) => {
      const ratio = ratios[indicator]
      return ratio ? share(ratio) : null
    })
  const points = (value: number | null) => (value === null ? null : Number(value.toFixed(2)))
  return table(
    [
      ...['place', 'place_before', 'cell_code', 'cell_name', 'points', 'weight_known', 'stars'],
      ...components.map(({ indicator }) => indicator),
      ...parts.flatMap(({ id }) => [`${id}_points`, `${id}_stars`]),
    ],
    cells.map(({ place, before, code, name, score, stars, ratios, parts: own }) => [
      ...[place, before.place, code, name, points(score.points), Number(score.known.toFixed(4)), stars],
      ...shares(ratios),
      ...own.flatMap((part) => [points(part.score.points), part.stars]),
    ]),
  )
}
