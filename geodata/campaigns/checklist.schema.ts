import { z } from 'zod'
import { categorySchema } from '../hazards/case.schema.ts'
import { SEVERITIES } from '../hazards/hazard.schema.ts'
import { optionalText, text } from '../shared/fields.ts'

/** What visits and checks of premises are done by. */
export const CHECKLIST_PURPOSES = ['visit', 'premises'] as const

/** Stays the same from version to version, so that findings of different versions can be counted together. */
export const itemCode = () =>
  z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is lower-case letters, digits and -')

const labels = {
  code: itemCode(),
  text: text(120).min(1),
  textEn: optionalText(160),
}
const findingItem = z.strictObject({
  ...labels,
  severity: z.enum(SEVERITIES).default('medium').describe('Of a case that it opens'),
  category: categorySchema.nullable().default(null).describe('Of a case that it opens; null: it opens none'),
})
export type FindingItem = z.infer<typeof findingItem>
const measureItem = z.strictObject(labels)
export type MeasureItem = z.infer<typeof measureItem>

const MAX_ITEMS = 40
const isOnce = (items: { code: string }[]) => new Set(items.map(({ code }) => code)).size === items.length
const once = 'has the same code twice'

/** A checklist as it is sent. */
export const checklistInputSchema = z
  .strictObject({
    purpose: z.enum(CHECKLIST_PURPOSES),
    name: text(60).min(1),
    note: optionalText(500),
    findings: z.array(findingItem).min(1).max(MAX_ITEMS).refine(isOnce, once),
    measures: z.array(measureItem).max(MAX_ITEMS).refine(isOnce, once),
    active: z.boolean().default(true),
  })
  .meta({ id: 'ChecklistInput' })
export type ChecklistInput = z.infer<typeof checklistInputSchema>

export const checklistSchema = z
  .object({
    id: z.int(),
    version: z.int(),
    ...checklistInputSchema.shape,
    example: z.boolean().describe('Came with the product and was not changed: no rule of any authority'),
    updatedAt: z.string(),
  })
  .meta({ id: 'Checklist' })
export type Checklist = z.infer<typeof checklistSchema>

/** A version that visits were done with. */
export const checklistVersionSchema = z
  .object({
    id: z.int(),
    version: z.int(),
    name: z.string(),
    note: z.string().nullable(),
    findings: z.array(findingItem),
    measures: z.array(measureItem),
    actor: z.string(),
    at: z.string(),
  })
  .meta({ id: 'ChecklistVersion' })
export type ChecklistVersion = z.infer<typeof checklistVersionSchema>

/** What was found under one item. */
export const foundSchema = z.strictObject({
  code: itemCode(),
  fixed: z.boolean().default(false).describe('Put right on the spot'),
  note: optionalText(300),
})
export type Found = z.infer<typeof foundSchema>
export const foundList = <S extends z.ZodType<{ code: string }>>(item: S) =>
  z.array(item).max(MAX_ITEMS).refine(isOnce, once).default([])
export const measureList = () =>
  z
    .array(itemCode())
    .max(MAX_ITEMS)
    .refine((codes) => new Set(codes).size === codes.length, once)
    .default([])
