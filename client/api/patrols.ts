import type { Matrix, Paths, StreetPartFeatures } from '../../geodata/network/network.schema.ts'
import type { DueAnswer, DueSite } from '../../geodata/patrols/due.schema.ts'
import type { Job } from '../../geodata/patrols/generation.schema.ts'
import type { VisitNorm, VisitNorms } from '../../geodata/patrols/norm.schema.ts'
import type {
  GenerationSettings,
  LegKind,
  Plan,
  PlanInput,
  PlanSummary,
} from '../../geodata/patrols/plan.schema.ts'
import type { PlanDifferences } from '../../geodata/patrols/plan-differences.schema.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { requestJson, withQuery } from './request.ts'
import { sendJson } from './send-json.ts'

export const PATROLS = '/api/v1/patrols'
const PLANS = `${PATROLS}/plans`

const DUE_PAGE = 5000

/** Every checkpoint against its norm in a shift, the first to break first; what earlier plans mean to visit counts. */
export async function getDue(
  from: string,
  to: string,
  signal?: AbortSignal,
): Promise<Omit<DueAnswer, 'next'>> {
  const page = (cursor?: string) =>
    requestJson<DueAnswer>(
      withQuery(`${PATROLS}/due`, { from, to, planned: 'true', limit: DUE_PAGE, cursor }),
      signal ? { signal } : {},
    )
  const first = await page()
  const sites: DueSite[] = [...first.sites]
  for (let { next } = first; next; ) {
    const more = await page(next)
    sites.push(...more.sites)
    next = more.next
  }
  return { ...first, sites }
}

export const getNorms = () => requestJson<VisitNorms>(`${PATROLS}/norms`)

/** All of them. Throws ApiError 412 when someone else changed one since `version`. */
export const putNorms = (version: number, norms: readonly VisitNorm[]) =>
  sendJson<VisitNorms>('PUT', `${PATROLS}/norms`, { norms }, version)

/** Ways on foot from each point to the next; `legs`: one fewer than points. */
export const findPaths = (points: readonly LngLat[], legs: readonly LegKind[], signal?: AbortSignal) =>
  sendJson<Paths>('POST', `${PATROLS}/paths`, { points, legs }, undefined, signal)

/** Streets that no other street joins to the rest. */
export const getStreetParts = () => requestJson<StreetPartFeatures>(`${PATROLS}/network/parts`)

/** Metres on foot between any two of at most MOST_MATRIX_POINTS places. */
export const findMatrix = (from: readonly LngLat[]) => sendJson<Matrix>('POST', `${PATROLS}/matrix`, { from })

export const listPlans = () => requestJson<{ plans: PlanSummary[] }>(PLANS).then(({ plans }) => plans)

export const getPlan = (id: number) => requestJson<Plan>(`${PLANS}/${id}`)

export const addPlan = (plan: PlanInput) => sendJson<Plan>('POST', PLANS, plan)

/** Throws ApiError 412 when someone else changed it since `version`. */
export const putPlan = (id: number, version: number, plan: PlanInput) =>
  sendJson<Plan>('PUT', `${PLANS}/${id}`, plan, version)

export const deletePlan = async (id: number, version: number): Promise<void> => {
  await sendJson<undefined>('DELETE', `${PLANS}/${id}`, undefined, version)
}

export const publishPlan = (id: number, version: number) =>
  sendJson<Plan>('POST', `${PLANS}/${id}/publish`, undefined, version)

export const closePlan = (id: number, version: number) =>
  sendJson<Plan>('POST', `${PLANS}/${id}/close`, undefined, version)

/** `from` and `to`: versions, published ones or the present one. */
export const getPlanDifferences = (id: number, from: number, to: number) =>
  requestJson<PlanDifferences>(withQuery(`${PLANS}/${id}/differences`, { from, to }))

/** Members of staff who may walk, by name. */
export const listStaff = () =>
  requestJson<{ people: { username: string; name: string; role: string }[] }>(`${PATROLS}/people`).then(
    ({ people }) => people,
  )

export const startGenerating = (id: number, settings: GenerationSettings) =>
  sendJson<{ jobId: string }>('POST', `${PLANS}/${id}/generate`, settings)

export const getJob = (id: string, signal?: AbortSignal) =>
  requestJson<Job>(`${PATROLS}/jobs/${id}`, signal ? { signal } : {})

/** The latest searches for a plan, newest first, without what they found. */
export const listPlanJobs = (planId: number) =>
  requestJson<{ jobs: Job[] }>(`${PLANS}/${planId}/jobs`).then(({ jobs }) => jobs)

/** Ends the search; its best so far stays in the answer of getJob. */
export const cancelJob = async (id: string): Promise<void> => {
  await sendJson<unknown>('DELETE', `${PATROLS}/jobs/${id}`)
}

export const EXPORT_FORMATS = ['geojson', 'gpx', 'kml', 'ics'] as const
export type PlanExportFormat = (typeof EXPORT_FORMATS)[number]

/** Where there are routes that were handed out, as TileJSON. */
export const getRouteTiles = () => requestJson<{ bounds?: number[] }>('/tiles/patrol-routes.json')

/** Address of a download. */
export const planExportUrl = (id: number, format: PlanExportFormat) => `${PLANS}/${id}/export.${format}`
