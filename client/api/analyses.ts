import type {
  Analysis,
  AnalysisFeature,
  AnalysisInput,
  AnalysisKindName,
  AnalysisSummary,
} from '../../geodata/coverage/analysis.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { followStream } from './follow-job.ts'
import { requestJson, withQuery } from './request.ts'
import { sendJson } from './send-json.ts'

const ANALYSES = '/api/v1/analyses'

/** What an analysis tells while it runs: all of it when its state changes, otherwise only how far it is. */
export type AnalysisNews = Omit<AnalysisSummary, 'params'>

/** The latest, newest first. */
export const listAnalyses = (kind?: AnalysisKindName) =>
  requestJson<{ analyses: AnalysisSummary[]; next: string | null }>(withQuery(ANALYSES, { kind }))

export const getAnalysis = (id: string, signal?: AbortSignal) =>
  requestJson<Analysis>(`${ANALYSES}/${id}`, signal ? { signal } : {})

export const askAnalysis = (
  input: Pick<AnalysisInput, 'kind' | 'params'> & Partial<Pick<AnalysisInput, 'title' | 'area'>>,
) => sendJson<Analysis>('POST', ANALYSES, input)

export const rerunAnalysis = (id: string) => sendJson<Analysis>('POST', `${ANALYSES}/${id}/rerun`)

export const cancelAnalysis = (id: string) => sendJson<Analysis>('POST', `${ANALYSES}/${id}/cancel`)

export const deleteAnalysis = async (id: string): Promise<void> => {
  await sendJson<undefined>('DELETE', `${ANALYSES}/${id}`)
}

/** Tells how it goes on until it is over; see followStream. */
export const followAnalysis = (id: string, tell: (news: AnalysisNews) => void, signal: AbortSignal) =>
  followStream<Analysis, AnalysisNews>(
    `${ANALYSES}/${id}/events`,
    (signal) => getAnalysis(id, signal),
    tell,
    signal,
  )

export interface FeaturePage {
  features: AnalysisFeature[]
  numberMatched: number
  next: string | null
}

/** Features of a part, in the order in which they were found. `limit`: at most 1000. */
export const getPartFeatures = (
  id: string,
  part: string,
  { bbox, limit, cursor }: { bbox?: Bbox; limit?: number; cursor?: string } = {},
) =>
  requestJson<FeaturePage>(
    withQuery(`${ANALYSES}/${id}/features/${part}`, { bbox: bbox?.join(','), limit, cursor }),
  )

export const PART_EXPORT_FORMATS = ['geojson', 'geojsonseq', 'csv', 'kml'] as const
export type PartExportFormat = (typeof PART_EXPORT_FORMATS)[number]

/** Address of a download. */
export const partExportUrl = (id: string, part: string, format: PartExportFormat) =>
  withQuery(`${ANALYSES}/${id}/export`, { part, format })

/** Addresses of vector tiles; the layer in them is named as the part. */
export const partTileUrl = (id: string, part: string) =>
  withQuery(`${location.origin}/tiles/analyses/{z}/{x}/{y}.mvt`, { analysis: id, part })
