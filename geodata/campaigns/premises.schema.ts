import { z } from 'zod'
import { isoDate, optionalText, text } from '../shared/fields.ts'
import { foundList, foundSchema, measureList } from './checklist.schema.ts'

/** Kinds of premises; the register is about places of trade. No owner, tenant or resident is named. */
export const PREMISES_KINDS = {
  'self-built': { zh: '自建经营性房屋', en: 'Self-built business premises' },
  'three-in-one': { zh: '三合一场所', en: 'Lived in over a shop or workshop' },
  'rented-rooms': { zh: '出租房屋', en: 'Rented rooms' },
  'small-place': { zh: '九小场所', en: 'Small public premises' },
  other: { zh: '其他', en: 'Other' },
} as const
export type PremisesKind = keyof typeof PREMISES_KINDS
export const PREMISES_KIND_NAMES = Object.keys(PREMISES_KINDS) as PremisesKind[]
const kind = z.enum(PREMISES_KIND_NAMES as [PremisesKind, ...PremisesKind[]])

export const PREMISES_STATES = ['filed', 'checked', 'closed'] as const
export type PremisesState = (typeof PREMISES_STATES)[number]
export const PREMISES_ACTIONS = ['file', 'check', 'close', 'reopen', 'amend'] as const
export type PremisesAction = (typeof PREMISES_ACTIONS)[number]

/** From which states each action may be taken. `file` makes the row. */
export const ACTION_FROM: Record<Exclude<PremisesAction, 'file'>, readonly PremisesState[]> = {
  check: ['filed', 'checked'],
  close: ['filed', 'checked'],
  reopen: ['closed'],
  amend: ['filed', 'checked', 'closed'],
}

const id = z.int().min(1).max(Number.MAX_SAFE_INTEGER)
const named = {
  kind,
  name: text(80).min(1).describe('Of the business; never of a person'),
  trade: optionalText(80),
}
export const premisesInputSchema = z
  .strictObject({ building: id, ...named, filedOn: isoDate(), note: optionalText(500) })
  .meta({ id: 'PremisesInput' })
export type PremisesInput = z.infer<typeof premisesInputSchema>

/** What is done about premises. */
export const premisesActionSchema = z
  .discriminatedUnion('action', [
    z.strictObject({
      action: z.literal('check'),
      on: isoDate(),
      note: optionalText(500),
      checklistId: id,
      checklistVersion: id,
      findings: foundList(foundSchema),
      measures: measureList(),
    }),
    z.strictObject({ action: z.literal('close'), on: isoDate(), note: text(500).min(1).describe('Why') }),
    z.strictObject({ action: z.literal('reopen'), on: isoDate(), note: text(500).min(1).describe('Why') }),
    z.strictObject({ action: z.literal('amend'), on: isoDate(), note: optionalText(500), ...named }),
  ])
  .meta({ id: 'PremisesActionInput' })
export type PremisesActionInput = z.infer<typeof premisesActionSchema>

export const premisesSchema = z
  .object({
    id: z.int(),
    version: z.int(),
    building: z.int(),
    buildingCode: z.string().nullable(),
    buildingName: z.string().nullable(),
    ...named,
    trade: z.string().nullable(),
    state: z.enum(PREMISES_STATES),
    filedOn: z.string(),
    checkedOn: z.string().nullable(),
    closedOn: z.string().nullable(),
    nextCheckOn: z.string().nullable().describe('By the norm; null once closed'),
    overdue: z.boolean(),
    openFindings: z.int().describe('Of the newest check'),
  })
  .meta({ id: 'Premises' })
export type Premises = z.infer<typeof premisesSchema>

export const premisesEntrySchema = z
  .object({
    seq: z.int(),
    at: z.string(),
    action: z.enum(PREMISES_ACTIONS),
    on: z.string(),
    actor: z.string(),
    checklistId: z.int().nullable(),
    checklistVersion: z.int().nullable(),
    findings: z.array(foundSchema),
    measures: z.array(z.string()),
    note: z.string().nullable(),
  })
  .meta({ id: 'PremisesEntry' })
export type PremisesEntry = z.infer<typeof premisesEntrySchema>
