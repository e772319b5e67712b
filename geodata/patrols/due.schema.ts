import { z } from 'zod'
import { lngLat } from '../shared/wire.schema.ts'
import { RISKS, SITE_TYPES, type SiteType } from './checkpoint.schema.ts'

/**
 * Measured at a shift. `never`: nobody was ever there; `overdue`: limit and grace are over when the shift begins; `due`: the
 * limit is over when it ends; `later`: it can wait.
 */
export const DUE_STATES = {
  overdue: { zh: '已超期', en: 'Overdue' },
  never: { zh: '从未走访', en: 'Never visited' },
  due: { zh: '本班次应访', en: 'Due' },
  later: { zh: '可稍后', en: 'Later' },
} as const
export type DueState = keyof typeof DUE_STATES
export const DUE_STATE_NAMES = Object.keys(DUE_STATES) as [DueState, ...DueState[]]

export const periodSchema = z.object({ from: z.string(), to: z.string() })
/** Instants, ISO 8601. */
export type Period = z.infer<typeof periodSchema>

/** A checkpoint against its norm, as a shift sees it. */
export const dueSiteSchema = z.object({
  checkpointId: z.int(),
  name: z.string(),
  siteType: z.enum(Object.keys(SITE_TYPES) as [SiteType, ...SiteType[]]),
  risk: z.enum(RISKS),
  lngLat,
  communityCode: z.string().nullable(),
  gridCode: z.string().nullable(),
  microGridCode: z.string().nullable(),
  intervalMinutes: z.int(),
  graceMinutes: z.int(),
  serviceMinutes: z.int(),
  state: z.enum(DUE_STATE_NAMES),
  lastVisitAt: z.string().nullable().describe('Of visits that are sure'),
  probableAt: z.string().nullable().describe('A later visit that is only probable'),
  plannedAt: z
    .string()
    .optional()
    .describe('With `planned`: about when a plan before this shift visits it; limits count from there'),
  limitAt: z
    .string()
    .describe('Last visit and interval, at the next opening; of a site never visited when it was added'),
  breaksAt: z.string().describe('The limit and its grace'),
  neededVisits: z.int().describe('In this shift, so that no two are further apart than the interval'),
  windows: z
    .array(periodSchema)
    .nullable()
    .describe('When it is open in the shift, not cut at its ends; null: around the clock; empty: not at all'),
})
export type DueSite = z.infer<typeof dueSiteSchema>

export const dueCountsSchema = z.object({
  overdue: z.int(),
  never: z.int(),
  due: z.int(),
  later: z.int(),
  neededVisits: z.int(),
  serviceMinutes: z.number().describe('Of the visits needed; the ways between are not in it'),
})
export type DueCounts = z.infer<typeof dueCountsSchema>

export const dueAnswerSchema = z.object({
  from: z.string(),
  to: z.string(),
  at: z.string().describe('Visits until here are counted'),
  sites: z.array(dueSiteSchema).describe('One page, the first to break first'),
  next: z.string().nullable().describe('Pass as cursor; null on the last page'),
  counts: dueCountsSchema.describe('Of all pages'),
  forecast: z
    .array(z.object({ ...periodSchema.shape, breaking: z.int() }))
    .describe('Hour by hour from the beginning of the shift: limits that break if nobody comes'),
})
export type DueAnswer = z.infer<typeof dueAnswerSchema>
