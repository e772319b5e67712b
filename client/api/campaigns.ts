import type {
  Campaign,
  CampaignChange,
  CampaignChoice,
  CampaignInput,
  CampaignLayer,
  CampaignTarget,
  ProgressCell,
  TargetState,
  Visit,
  VisitInput,
} from '../../geodata/campaigns/campaign.schema.ts'
import type { Checklist, ChecklistInput, ChecklistVersion } from '../../geodata/campaigns/checklist.schema.ts'
import type {
  FireWatchEntry,
  FireWatchGroup,
  FireWatchInput,
  FireWatchMember,
} from '../../geodata/campaigns/fire-watch.schema.ts'
import type { SafetyNorms, SafetyNormsInput } from '../../geodata/campaigns/norm.schema.ts'
import type {
  Premises,
  PremisesActionInput,
  PremisesEntry,
  PremisesInput,
  PremisesKind,
  PremisesState,
} from '../../geodata/campaigns/premises.schema.ts'
import type {
  AlarmImport,
  AlarmInput,
  AlarmState,
  SmokeAlarm,
} from '../../geodata/campaigns/smoke-alarm.schema.ts'
import type { Facets } from '../../geodata/lists/list.schema.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import { requestJson, withQuery } from './request.ts'
import { sendJson } from './send-json.ts'

const CAMPAIGNS = '/api/v1/campaigns'
const CHECKLISTS = '/api/v1/checklists'
const PREMISES = '/api/v1/premises'
const WATCH = '/api/v1/fire-watch'
const ALARMS = '/api/v1/smoke-alarms'
const NORMS = '/api/v1/safety-norms'

export const listChecklists = () =>
  requestJson<{ checklists: Checklist[] }>(CHECKLISTS).then(({ checklists }) => checklists)
export const getChecklistVersion = (id: number, version: number) =>
  requestJson<ChecklistVersion>(`${CHECKLISTS}/${id}/versions/${version}`)
export const postChecklist = (input: ChecklistInput) => sendJson<Checklist>('POST', CHECKLISTS, input)
/** The next version; 412 when somebody made it first. */
export const putChecklist = ({ id, version }: Checklist, input: ChecklistInput) =>
  sendJson<Checklist>('PUT', `${CHECKLISTS}/${id}`, input, version)

export const getSafetyNorms = () => requestJson<SafetyNorms>(NORMS)
export const putSafetyNorms = (version: number, input: SafetyNormsInput) =>
  sendJson<SafetyNorms>('PUT', NORMS, input, version)

export const listCampaigns = () =>
  requestJson<{ campaigns: Campaign[] }>(CAMPAIGNS).then(({ campaigns }) => campaigns)
export const getCampaign = (id: number) => requestJson<Campaign>(`${CAMPAIGNS}/${id}`)
export const postCampaign = (input: CampaignInput) => sendJson<Campaign>('POST', CAMPAIGNS, input)
export const putCampaign = (id: number, version: number, change: CampaignChange) =>
  sendJson<Campaign>('PUT', `${CAMPAIGNS}/${id}`, change, version)
export const deleteCampaign = (id: number, version: number) =>
  sendJson<undefined>('DELETE', `${CAMPAIGNS}/${id}`, undefined, version)
export const chooseTargets = (id: number, version: number, body: { filter?: string; dryRun: boolean }) =>
  sendJson<CampaignChoice>('POST', `${CAMPAIGNS}/${id}/choose`, body, version)
/** How many a list's filter finds. */
export const countFeatures = (layer: CampaignLayer, filter: string) =>
  requestJson<Facets>(`/api/v1/${layer}/facets${filter ? `?${filter}` : ''}`).then(({ total }) => total)

export const getProgress = (id: number, cells: CellLayer) =>
  requestJson<{ cells: ProgressCell[]; outside: number }>(withQuery(`${CAMPAIGNS}/${id}/progress`, { cells }))
/** What is on the list, by how it stands, for the map. */
export const getPlaces = (id: number) =>
  requestJson<{ ids: Record<TargetState, number[]> }>(`${CAMPAIGNS}/${id}/places`).then(({ ids }) => ids)
export const campaignFileUrl = (id: number, format: 'csv' | 'geojson') =>
  withQuery(`${CAMPAIGNS}/${id}/export`, { format })

export interface TargetPage {
  targets: CampaignTarget[]
  next: string | null
}
export const listTargets = (
  id: number,
  query: {
    /** Several by commas. */
    state?: string | undefined
    parent?: string | undefined
    q?: string | undefined
    cursor?: string | undefined
    limit: number
  },
) => requestJson<TargetPage>(withQuery(`${CAMPAIGNS}/${id}/targets`, query))
export interface TargetWithVisits {
  target: CampaignTarget
  visits: Visit[]
}
export const getTarget = (id: number, target: number) =>
  requestJson<TargetWithVisits>(`${CAMPAIGNS}/${id}/targets/${target}`)
export const postVisit = (id: number, target: number, visit: VisitInput) =>
  sendJson<{ target: CampaignTarget; visit: Visit }>(
    'POST',
    `${CAMPAIGNS}/${id}/targets/${target}/visits`,
    visit,
  )

export interface PremisesPage {
  premises: Premises[]
  next: string | null
  counts: Record<PremisesState | 'overdue', number>
}
export const listPremises = (query: {
  state?: PremisesState | undefined
  overdue?: boolean | undefined
  kind?: PremisesKind | undefined
  building?: number | undefined
  q?: string | undefined
  cursor?: string | undefined
  limit: number
}) => requestJson<PremisesPage>(withQuery(PREMISES, query))
export const getPremises = (id: number) =>
  requestJson<{ premises: Premises; entries: PremisesEntry[] }>(`${PREMISES}/${id}`)
export const postPremises = (input: PremisesInput) => sendJson<Premises>('POST', PREMISES, input)
export const actOnPremises = ({ id, version }: Premises, action: PremisesActionInput) =>
  sendJson<Premises>('POST', `${PREMISES}/${id}/actions`, action, version)

export interface FireWatchPage {
  groups: FireWatchGroup[]
  next: string | null
}
export const listFireWatch = (query: {
  overdue: boolean
  q?: string | undefined
  cursor?: string | undefined
  limit: number
}) => requestJson<FireWatchPage>(withQuery(`${WATCH}/groups`, query))
export const getFireWatch = (holder: string) =>
  requestJson<{ group: FireWatchGroup; members: FireWatchMember[]; entries: FireWatchEntry[] }>(
    withQuery(`${WATCH}/group`, { holder }),
  )
export const postFireWatch = (input: FireWatchInput) =>
  sendJson<FireWatchGroup>('POST', `${WATCH}/entries`, input)
export const withdrawFireWatch = (id: string) =>
  sendJson<FireWatchGroup>('POST', `${WATCH}/entries/${id}/withdraw`, {})

export interface AlarmSummary {
  buildings: Record<AlarmState, number>
  alarms: number
  all: number
  ids: Record<AlarmState, number[]>
}
export const getAlarmSummary = () => requestJson<AlarmSummary>(`${ALARMS}/summary`)
export interface AlarmPage {
  alarms: SmokeAlarm[]
  next: string | null
}
export const listAlarms = (query: {
  state?: AlarmState | undefined
  building?: number | undefined
  q?: string | undefined
  cursor?: string | undefined
  limit: number
}) => requestJson<AlarmPage>(withQuery(ALARMS, query))
/** Version 0: nothing is stored yet. */
export const putAlarm = (building: number, version: number, input: AlarmInput) =>
  sendJson<SmokeAlarm>('PUT', `${ALARMS}/${building}`, input, version)
export const sendAlarmFile = (file: File, dryRun: boolean) =>
  requestJson<AlarmImport>(withQuery(`${ALARMS}/import`, { dryRun }), {
    method: 'POST',
    headers: { accept: 'application/json, application/problem+json', 'content-type': 'text/csv' },
    body: file,
  })
