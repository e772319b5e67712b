import type { FacilityKind } from '../../geodata/facilities/facility.schema.ts'
import type { CoverageRow, HazardFigures, PatrolFigures } from '../../geodata/figures/figures.schema.ts'
import type {
  Barometer,
  BarometerCount,
  Definitions,
  IndicatorRows,
  IndicatorSeries,
  IndicatorValues,
  Ranking,
  RowPart,
  StoredScheme,
} from '../../geodata/figures/indicator.schema.ts'
import type { IndicatorId } from '../../geodata/figures/indicators.ts'
import type { Scheme, Targets } from '../../geodata/figures/scheme.schema.ts'
import type { SchemeId } from '../../geodata/figures/scheme.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import { requestJson, withQuery } from './request.ts'
import { sendJson } from './send-json.ts'

const API = '/api/v1/figures'

export const getHazardFigures = (cells: CellLayer) =>
  requestJson<HazardFigures>(withQuery(`${API}/hazards`, { cells }))

export const getPatrolFigures = (cells: CellLayer) =>
  requestJson<PatrolFigures>(withQuery(`${API}/patrols`, { cells }))

export const getCoverage = (kind: FacilityKind, cells: CellLayer) =>
  requestJson<{ cells: CoverageRow[] }>(withQuery(`${API}/coverage`, { kind, cells })).then(
    (answer) => answer.cells,
  )

const INDICATORS = '/api/v1/indicators'

/** Cases of a period, in cells of a level; `area`: the code of a cell, left out: all that one reaches. */
export interface FigureQuestion {
  from: string
  to: string
  cells: CellLayer
  area?: string | undefined
  /** Such as local|local|L0001,local|local|L0002; left out: hazards of any, and patrols too. */
  categories?: string | undefined
}
interface SeriesQuestion {
  /** The last month, such as 2026-11. */
  month: string
  months: number
  area?: string | undefined
  categories?: string | undefined
}
type Lang = 'zh' | 'en'

export const getIndicators = () => requestJson<Definitions>(INDICATORS)

/** Throws ApiError 412 when someone else changed them since `version`. */
export const putTargets = (version: number, targets: Targets) =>
  sendJson<Definitions>('PUT', `${INDICATORS}/targets`, { targets }, version)

export const getIndicatorValues = (asked: FigureQuestion, signal?: AbortSignal) =>
  requestJson<IndicatorValues>(withQuery(`${INDICATORS}/values`, { ...asked }), signal ? { signal } : {})
export const indicatorValuesCsv = (asked: FigureQuestion, lang: Lang) =>
  withQuery(`${INDICATORS}/values.csv`, { ...asked, lang })

export const getIndicatorSeries = (asked: SeriesQuestion, signal?: AbortSignal) =>
  requestJson<IndicatorSeries>(withQuery(`${INDICATORS}/series`, { ...asked }), signal ? { signal } : {})
export const indicatorSeriesCsv = (asked: SeriesQuestion, lang: Lang) =>
  withQuery(`${INDICATORS}/series.csv`, { ...asked, lang })

export const getIndicatorRows = (
  id: IndicatorId,
  asked: FigureQuestion,
  page: { part: RowPart; limit: number; cursor?: string | undefined },
  signal?: AbortSignal,
) =>
  requestJson<IndicatorRows>(
    withQuery(`${INDICATORS}/${id}/rows`, { ...asked, ...page }),
    signal ? { signal } : {},
  )
export const indicatorRowsCsv = (id: IndicatorId, asked: FigureQuestion, part: RowPart) =>
  withQuery(`${INDICATORS}/${id}/rows.csv`, { ...asked, part })

export const getBarometer = (asked: FigureQuestion, signal?: AbortSignal) =>
  requestJson<Barometer>(withQuery(`${API}/barometer`, { ...asked }), signal ? { signal } : {})
export const barometerCsv = (asked: FigureQuestion) => withQuery(`${API}/barometer.csv`, { ...asked })

export const getBarometerRows = (
  count: BarometerCount,
  asked: FigureQuestion,
  page: { limit: number; cursor?: string | undefined },
  signal?: AbortSignal,
) =>
  requestJson<IndicatorRows>(
    withQuery(`${API}/barometer/${count}/rows`, { ...asked, ...page }),
    signal ? { signal } : {},
  )
export const barometerRowsCsv = (count: BarometerCount, asked: FigureQuestion) =>
  withQuery(`${API}/barometer/${count}/rows.csv`, { ...asked })

export const getRanking = (scheme: SchemeId, asked: FigureQuestion, signal?: AbortSignal) =>
  requestJson<Ranking>(withQuery(`${API}/ranking`, { ...asked, scheme }), signal ? { signal } : {})
export const rankingCsv = (scheme: SchemeId, asked: FigureQuestion) =>
  withQuery(`${API}/ranking.csv`, { ...asked, scheme })

/** Throws ApiError 412 when someone else changed it since `version`. */
export const putScheme = (id: SchemeId, version: number, scheme: Scheme) =>
  sendJson<StoredScheme>('PUT', `${API}/schemes/${id}`, scheme, version)
