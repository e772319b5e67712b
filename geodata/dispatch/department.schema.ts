import { z } from 'zod'
import { areaCellSchema, areaCodesSchema } from '../access/area.schema.ts'
import { categorySchema } from '../hazards/case.schema.ts'
import { HAZARD_CATEGORIES } from '../hazards/catalogue.ts'
import { name } from '../shared/fields.ts'

export type Category = z.infer<typeof categorySchema>

/** One text for each category. */
export const categoryKey = ({ standard, kind, code }: Category): string => `${standard}|${kind}|${code}`

/** How a category of the catalogue is called; one that is not in it goes by its code. */
export const categoryName = (category: Category, lang: 'zh' | 'en'): string =>
  HAZARD_CATEGORIES.find((each) => categoryKey(each) === categoryKey(category))?.[lang] ?? category.code

export const MAX_DEPARTMENTS = 500

/** A department as it is sent. Names are of offices, never of people. */
export const departmentInputSchema = z
  .strictObject({
    name: name().min(1),
    active: z.boolean().default(true).describe('false: is given no cases any more; its history stays'),
    area: areaCodesSchema.default([]).describe('Cells that it covers; none: the whole area'),
    categories: z
      .array(categorySchema)
      .max(200)
      .default([])
      .describe('What it handles; none: only what somebody gives it by hand'),
  })
  .superRefine(({ categories }, context) => {
    const seen = new Set<string>()
    for (const [at, category] of categories.entries()) {
      const key = categoryKey(category)
      if (seen.has(key))
        context.addIssue({ code: 'custom', path: ['categories', at], message: 'stands here twice' })
      seen.add(key)
    }
  })
  .meta({ id: 'DepartmentInput' })
export type DepartmentInput = z.infer<typeof departmentInputSchema>

export const departmentSchema = z
  .object({
    id: z.int(),
    version: z.int().describe('Send it back as If-Match: "version"'),
    name: z.string(),
    active: z.boolean(),
    area: z.array(areaCellSchema).describe('None, and none hidden: the whole area'),
    areaHidden: z.int().describe('Further cells of its area that are gone, or out of reach of whoever asks'),
    categories: z.array(categorySchema),
    people: z.int().describe('Who may sign in and belong to it'),
    openCases: z.int().describe('In reach of whoever asks'),
  })
  .meta({ id: 'Department' })
export type Department = z.infer<typeof departmentSchema>

const named = z.object({ id: z.int(), name: z.string() })

/** What nobody covers, and what several cover alike. Grids by code, in order. */
export const coverageSchema = z
  .object({
    categories: z.array(
      z.object({
        category: categorySchema,
        grids: z.int().describe('That there are, in reach'),
        gaps: z
          .array(z.object({ code: z.string(), name: z.string(), partly: z.boolean() }))
          .describe('Grids where nobody has it; partly: somebody has it in some of its micro-grids'),
        conflicts: z
          .array(z.object({ departments: z.array(named), grids: z.array(z.string()) }))
          .describe('Departments that have it in the same place with areas of the same level'),
      }),
    ),
  })
  .meta({ id: 'DispatchCoverage' })
export type DispatchCoverage = z.infer<typeof coverageSchema>

/** Why a department is suggested. */
export const ownerReasonSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('covers-cell'), cell: z.string().describe('Name of the cell of its area') }),
  z.object({ code: z.literal('covers-everywhere') }),
  z.object({
    code: z.literal('handled-alike'),
    handled: z.int(),
    of: z.int().describe('Cases of the category that were handled last'),
    near: z.boolean().describe('Of the same community; false: of the whole area'),
  }),
  z.object({ code: z.literal('in-time'), inTime: z.int(), of: z.int() }),
])
export type OwnerReason = z.infer<typeof ownerReasonSchema>

export const ownersSchema = z
  .object({
    owners: z.array(
      z.object({
        department: named,
        score: z.number().describe('0 to 470; to rank by, nothing more'),
        covers: z.boolean().describe('Its category and area say that it is its own'),
        reasons: z.array(ownerReasonSchema),
      }),
    ),
    suggested: z
      .int()
      .nullable()
      .describe('Department to choose first; null: nothing speaks for one more than for others'),
    conflict: z.boolean().describe('Several cover it alike; history decides, or somebody'),
  })
  .meta({ id: 'CaseOwners' })
export type CaseOwners = z.infer<typeof ownersSchema>
