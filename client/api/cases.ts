import type { z } from 'zod'
import type { CaseOwners } from '../../geodata/dispatch/department.schema.ts'
import type {
  Case,
  CaseActionBody,
  CasePage,
  calendarAnswerSchema,
  labelSchema,
  labelsAnswerSchema,
  limitRowSchema,
  limitsAnswerSchema,
  Report,
  remindersAnswerSchema,
  similarSchema,
  Workflow,
} from '../../geodata/hazards/case.schema.ts'
import type { Reminder } from '../../geodata/hazards/escalate.ts'
import type { Category } from '../../geodata/hazards/limits.ts'
import type { CalendarDay } from '../../geodata/hazards/read-days.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { requestJson, withQuery } from './request.ts'
import { sendJson } from './send-json.ts'

const CASES = '/api/v1/cases'
const WORKFLOW = '/api/v1/workflow'
const CALENDAR = '/api/v1/calendar'

export type CalendarAnswer = z.infer<typeof calendarAnswerSchema>
export type LimitInput = z.infer<typeof limitRowSchema>
export type ReminderInput = Reminder
export type LabelInput = z.infer<typeof labelSchema>
export type SimilarCase = z.infer<typeof similarSchema>['cases'][number]

/** Live events let every query ask again; these keys are shared by whoever shows the same. */
export const caseKey = (id: number) => ['cases', 'one', id] as const
export const CASE_LISTS_KEY = ['cases', 'list'] as const
export const WORKFLOW_KEY = ['workflow'] as const
export const CALENDAR_KEY = ['calendar'] as const

export interface CaseQuery {
  state?: string | undefined
  department?: string | undefined
  clock?: string | undefined
  open?: boolean | undefined
  q?: string | undefined
  sort?: string | undefined
  cursor?: string | undefined
  limit?: number
}

export const listCases = (query: CaseQuery, signal?: AbortSignal) =>
  requestJson<CasePage>(withQuery(CASES, { ...query }), signal ? { signal } : {})

export const getCase = (id: number, signal?: AbortSignal) =>
  requestJson<Case>(`${CASES}/${id}`, signal ? { signal } : {})

/** The same report sent twice is one case. Answers the case that began, or the one that it was joined to. */
export const reportCase = (report: Report) => sendJson<Case>('POST', CASES, report)

/** Throws ApiError: 412 when somebody moved the case on, `wrong-state` when it does not allow this any more. */
export const actOnCase = (id: number, version: number, action: CaseActionBody) =>
  sendJson<Case>('POST', `${CASES}/${id}/actions`, action, version)

/** Whose a case may be, best first, and why. */
export const getOwners = (id: number) => requestJson<CaseOwners>(`${CASES}/${id}/owners`)

/** Open cases that may be the same: near, recent and of the category. Best first. */
export const findSimilar = ([lng, lat]: LngLat, category: Category, title: string, signal?: AbortSignal) =>
  requestJson<z.infer<typeof similarSchema>>(
    withQuery(`${CASES}/similar`, {
      lng,
      lat,
      standard: category.standard,
      kind: category.kind,
      code: category.code,
      title: title || undefined,
    }),
    signal ? { signal } : {},
  ).then(({ cases }) => cases)

export const getWorkflow = () => requestJson<Workflow>(WORKFLOW)

export const putLimits = (version: number, limits: readonly LimitInput[]) =>
  sendJson<z.infer<typeof limitsAnswerSchema>>('PUT', `${WORKFLOW}/limits`, { limits }, version)

export const putReminders = (version: number, reminders: readonly ReminderInput[]) =>
  sendJson<z.infer<typeof remindersAnswerSchema>>('PUT', `${WORKFLOW}/reminders`, { reminders }, version)

export const putLabels = (version: number, labels: readonly LabelInput[]) =>
  sendJson<z.infer<typeof labelsAnswerSchema>>('PUT', `${WORKFLOW}/labels`, { labels }, version)

export const getCalendar = () => requestJson<CalendarAnswer>(CALENDAR)

export const putCalendar = (version: number, days: readonly CalendarDay[]) =>
  sendJson<CalendarAnswer>('PUT', CALENDAR, { days }, version)
