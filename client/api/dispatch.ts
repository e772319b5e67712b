import type {
  Department,
  DepartmentInput,
  DispatchCoverage,
} from '../../geodata/dispatch/department.schema.ts'
import type {
  CallBackInput,
  ContactInput,
  HotlineCrs,
  HotlineOrder,
  HotlineReport,
  OrderOfCase,
  PlaceOrder,
} from '../../geodata/dispatch/hotline/hotline.schema.ts'
import type { OwedList } from '../../geodata/dispatch/owed.schema.ts'
import type {
  Division,
  TaskChange,
  Whistle,
  WhistleAnswer,
  WhistleInput,
} from '../../geodata/dispatch/whistle.schema.ts'
import { requestJson, withQuery } from './request.ts'
import { sendJson } from './send-json.ts'

const DEPARTMENTS = '/api/v1/departments'

export const DEPARTMENTS_KEY = ['departments'] as const
export const COVERAGE_KEY = ['departments', 'coverage'] as const

/** All of them, those that are given cases first, by name. */
export const listDepartments = () =>
  requestJson<{ departments: Department[] }>(DEPARTMENTS).then(({ departments }) => departments)

/** What nobody covers where, and what several cover alike. */
export const getDispatchCoverage = () => requestJson<DispatchCoverage>(`${DEPARTMENTS}/coverage`)

export const addDepartment = (input: DepartmentInput) => sendJson<Department>('POST', DEPARTMENTS, input)

/** Throws ApiError: 412 when somebody changed it first. */
export const putDepartment = ({ id, version }: Pick<Department, 'id' | 'version'>, input: DepartmentInput) =>
  sendJson<Department>('PUT', `${DEPARTMENTS}/${id}`, input, version)

export const deleteDepartment = ({ id, version }: Pick<Department, 'id' | 'version'>) =>
  sendJson<void>('DELETE', `${DEPARTMENTS}/${id}`, undefined, version)

export const whistlesKey = (hazardId: number) => ['cases', 'whistles', hazardId] as const
export const hotlineKey = (hazardId: number) => ['cases', 'hotline', hazardId] as const
export const WAITING_ORDERS_KEY = ['hotline', 'waiting'] as const

const CASES = '/api/v1/cases'
const WHISTLES = '/api/v1/whistles'
const HOTLINE = '/api/v1/hotline'
type Whistles = { whistles: Whistle[] }
const whistlesOf = ({ whistles }: Whistles) => whistles

/** Departments called to a case, the newest whistle first. */
export const listWhistles = (hazardId: number) =>
  requestJson<Whistles>(`${CASES}/${hazardId}/whistles`).then(whistlesOf)

export const blowWhistle = (hazardId: number, input: WhistleInput) =>
  sendJson<Whistles>('POST', `${CASES}/${hazardId}/whistles`, input).then(whistlesOf)

export const answerWhistle = (id: number, answer: WhistleAnswer) =>
  sendJson<Whistles>('POST', `${WHISTLES}/${id}/answers`, answer).then(whistlesOf)

export const divideWork = (id: number, division: Division) =>
  sendJson<Whistles>('POST', `${WHISTLES}/${id}/tasks`, division).then(whistlesOf)

export const settleTask = (id: number, task: number, change: TaskChange) =>
  sendJson<Whistles>('POST', `${WHISTLES}/${id}/tasks/${task}`, change).then(whistlesOf)

export const OWED_KEY = ['dispatch', 'owed'] as const

/** What whistles and the hotline still wait for; `mine`: of the department of whoever asks. What is due first comes first. */
export const listOwed = (mine: boolean, signal?: AbortSignal) =>
  requestJson<OwedList>(
    withQuery('/api/v1/dispatch/owed', { department: mine ? 'mine' : undefined, limit: 200 }),
    signal ? { signal } : {},
  )

/** The order that a case came of, and what whoever asks may record. */
export const getOrderOfCase = (hazardId: number) => requestJson<OrderOfCase>(`${CASES}/${hazardId}/hotline`)

export const recordContact = (hazardId: number, contact: ContactInput) =>
  sendJson<OrderOfCase>('POST', `${CASES}/${hazardId}/contacts`, contact)

export const recordCallBack = (hazardId: number, callBack: CallBackInput) =>
  sendJson<OrderOfCase>('POST', `${CASES}/${hazardId}/call-backs`, callBack)

export const hotlineTemplateUrl = (lang: 'zh' | 'en') => `${HOTLINE}/template?lang=${lang}`

/** Sends a file of orders. A dry run answers the same report and writes nothing. Throws ApiError. */
export function postOrders(
  file: File,
  { dryRun, crs }: { dryRun: boolean; crs: HotlineCrs | undefined },
): Promise<HotlineReport> {
  const body = new FormData()
  body.set('file', file, file.name)
  return requestJson(withQuery(`${HOTLINE}/imports`, { dryRun: dryRun || undefined, crs }), {
    method: 'POST',
    body,
  })
}

/** Orders that have no case yet, those received first. */
export const listWaitingOrders = () =>
  requestJson<{ orders: HotlineOrder[]; next: string | null; total: number }>(`${HOTLINE}/waiting?limit=200`)

/** Throws ApiError: 412 when somebody changed it first, `wrong-state` when it has a case. */
export const placeOrder = (
  { number, version }: Pick<HotlineOrder, 'number' | 'version'>,
  place: PlaceOrder,
) => sendJson<HotlineOrder>('POST', `${HOTLINE}/orders/${encodeURIComponent(number)}/place`, place, version)
