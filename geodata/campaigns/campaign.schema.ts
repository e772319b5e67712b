import { z } from 'zod'
import { isoDate, isoDateTime, optionalText, text } from '../shared/fields.ts'
import { OUTCOMES } from './after-visit.ts'
import { foundList, foundSchema, measureList } from './checklist.schema.ts'

/** What a campaign can be about. */
export const CAMPAIGN_LAYERS = ['buildings', 'facilities'] as const
export type CampaignLayer = (typeof CAMPAIGN_LAYERS)[number]

/** So many targets has a campaign at most. */
export const MAX_TARGETS = 20_000
/** A day for another look this near is due. */
export const REINSPECT_SOON_DAYS = 3

/** How a target stands today; the server reckons it from the newest visit, the cases that it opened, and the day. */
export const TARGET_STATES = [
  'unvisited',
  'no-access',
  'findings',
  'reinspect-due',
  'reinspect-overdue',
  'closed',
  'passed',
] as const
export type TargetState = (typeof TARGET_STATES)[number]

const id = z.int().min(1).max(Number.MAX_SAFE_INTEGER)

const fields = {
  name: text(60).min(1),
  note: optionalText(1000),
  checklistId: id,
  startsOn: isoDate(),
  endsOn: isoDate(),
  reinspectDays: z.int().min(1).max(366).default(14),
}
const ordered = (body: { startsOn: string; endsOn: string }) => body.startsOn <= body.endsOn
const backwards = { path: ['endsOn'], message: 'is before the first day' }

/** `filter`: query parameters as the layer's list takes them, e.g. `kind=mixed&parent=990101001001`. Empty: all of them. */
export const campaignInputSchema = z
  .strictObject({ ...fields, layer: z.enum(CAMPAIGN_LAYERS), filter: text(8000).default('') })
  .refine(ordered, backwards)
  .meta({ id: 'CampaignInput' })
export type CampaignInput = z.infer<typeof campaignInputSchema>

/** What can be changed later. Other targets are chosen by a request of its own. */
export const campaignChangeSchema = z
  .strictObject({ ...fields, reinspectDays: z.int().min(1).max(366), ended: z.boolean() })
  .refine(ordered, backwards)
  .meta({ id: 'CampaignChange' })
export type CampaignChange = z.infer<typeof campaignChangeSchema>

const counts = z.object({
  targets: z.int().describe('On the list now, in reach'),
  visited: z.int().describe('Of them, those where somebody was let in at least once'),
  states: z.record(z.enum(TARGET_STATES), z.int()),
})
export type CampaignCounts = z.infer<typeof counts>

export const campaignSchema = z
  .object({
    id: z.int(),
    version: z.int(),
    name: z.string(),
    note: z.string().nullable(),
    checklistId: z.int(),
    checklistName: z.string(),
    startsOn: z.string(),
    endsOn: z.string(),
    layer: z.enum(CAMPAIGN_LAYERS),
    filter: z.string(),
    reinspectDays: z.int(),
    ended: z.boolean(),
    chosenAt: z.string(),
    createdBy: z.string(),
    demo: z.boolean(),
    counts,
  })
  .meta({ id: 'Campaign' })
export type Campaign = z.infer<typeof campaignSchema>

export const choiceSchema = z
  .object({
    dryRun: z.boolean(),
    matched: z.int().describe('What the filter finds now'),
    added: z.int(),
    removed: z.int().describe('No longer found, and not visited: off the list'),
    kept: z.int().describe('No longer found, but visited: they stay'),
    addedNames: z.array(z.string()).describe('The first 20'),
    removedNames: z.array(z.string()).describe('The first 20'),
    version: z.int().describe('Of the campaign'),
  })
  .meta({ id: 'CampaignChoice' })
export type CampaignChoice = z.infer<typeof choiceSchema>

export const targetSchema = z
  .object({
    id: z.int(),
    feature: z.int(),
    name: z.string().nullable(),
    code: z.string().nullable(),
    gridCode: z.string().nullable(),
    gone: z.boolean().describe('The feature is no longer there'),
    state: z.enum(TARGET_STATES),
    outcome: z.enum(OUTCOMES).nullable(),
    visits: z.int(),
    visitedAt: z.string().nullable(),
    reinspectOn: z.string().nullable(),
    openCases: z.int(),
  })
  .meta({ id: 'CampaignTarget' })
export type CampaignTarget = z.infer<typeof targetSchema>

const uuid = z.uuid().transform((given) => given.toLowerCase())

/** A visit as it is sent. `id` is made where it is recorded: sent twice, it is there once. */
export const visitInputSchema = z
  .strictObject({
    id: uuid,
    at: isoDateTime().nullable().default(null).describe('null: now'),
    checklistVersion: id.describe('The version that it was done with'),
    outcome: z.enum(['checked', 'no-access']),
    findings: foundList(foundSchema.extend({ case: z.boolean().default(false).describe('Opens a case') })),
    measures: measureList(),
    photos: z.array(uuid).max(12).default([]).describe('Photos of the feature'),
    note: optionalText(1000),
    reinspectOn: isoDate().nullable().default(null),
  })
  .superRefine(({ outcome, findings, measures }, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message })
    if (outcome === 'no-access' && findings.length > 0)
      fault(['findings'], 'is empty where nobody was let in')
    if (outcome === 'no-access' && measures.length > 0)
      fault(['measures'], 'is empty where nobody was let in')
    for (const [at, found] of findings.entries())
      if (found.case && found.fixed)
        fault(['findings', at, 'case'], 'is false for what was put right on the spot')
  })
  .meta({ id: 'CampaignVisitInput' })
export type VisitInput = z.infer<typeof visitInputSchema>

export const visitSchema = z
  .object({
    id: z.string(),
    seq: z.int(),
    at: z.string(),
    actor: z.string(),
    checklistId: z.int(),
    checklistVersion: z.int(),
    outcome: z.enum(['checked', 'no-access']),
    findings: z.array(
      foundSchema.extend({
        hazardId: z.int().nullable(),
        hazardState: z.string().nullable(),
      }),
    ),
    measures: z.array(z.string()),
    photos: z.array(z.string()),
    note: z.string().nullable(),
    reinspectOn: z.string().nullable(),
  })
  .meta({ id: 'CampaignVisit' })
export type Visit = z.infer<typeof visitSchema>

export const progressCellSchema = z
  .object({
    id: z.int(),
    code: z.string(),
    name: z.string(),
    center: z.tuple([z.number(), z.number()]).meta({ minItems: 2, maxItems: 2 }),
    targets: z.int(),
    visited: z.int(),
    share: z.number().nullable().describe('visited ÷ targets; null: there are none'),
    findings: z.int().describe('With findings that are open, due or overdue for another look'),
    overdue: z.int(),
  })
  .meta({ id: 'CampaignProgressCell' })
export type ProgressCell = z.infer<typeof progressCellSchema>
