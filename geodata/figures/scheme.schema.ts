import { z } from 'zod'
import { name, text } from '../shared/fields.ts'
import { isPatrolBase } from './indicator-definition.ts'
import { INDICATOR_IDS, INDICATORS, type IndicatorId } from './indicators.ts'

const words = z.strictObject({ zh: name().min(1), en: name().min(1) })
const weight = z.number().min(0).max(1000)

/** A category is the triple: component and matter codes overlap. */
const categorySchema = z.strictObject({ standard: text(40), kind: text(40), code: text(20) })
export type Category = z.infer<typeof categorySchema>

export const indicatorId = z.enum(INDICATOR_IDS as [IndicatorId, ...IndicatorId[]])

export const isOfCases = (id: IndicatorId): boolean => !isPatrolBase(INDICATORS[id].base)

const isOnce = <T>(keyOf: (item: T) => string) =>
  [(items: readonly T[]) => new Set(items.map(keyOf)).size === items.length, 'has one of them twice'] as const
const weighs = [
  (items: readonly { weight: number }[]) => items.length === 0 || items.some(({ weight }) => weight > 0),
  'has no weight above 0',
] as const

/** How a ranking is reckoned. With parts, each is reckoned over its own categories of hazards, and the overall from them. */
export const schemeSchema = z
  .strictObject({
    name: words,
    components: z
      .array(z.strictObject({ indicator: indicatorId, weight }))
      .min(1)
      .max(20)
      .refine(...isOnce<{ indicator: string }>(({ indicator }) => indicator))
      .refine(...weighs),
    parts: z
      .array(
        z.strictObject({
          id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
          name: words,
          weight,
          categories: z.array(categorySchema).min(1).max(200),
        }),
      )
      .max(8)
      .refine(...isOnce<{ id: string }>(({ id }) => id))
      .refine(...weighs),
    stars: z
      .array(z.number().min(0).max(100))
      .max(4)
      .refine((list) => list.every((least, at) => at === 0 || least > list[at - 1]!), 'does not rise')
      .describe('Least points for two, three, four and five stars'),
  })
  .refine(
    ({ components, parts }) =>
      parts.length === 0 || components.every(({ indicator }) => isOfCases(indicator)),
    { path: ['components'], message: 'has patrols, which are of no category that a part is made of' },
  )
export type Scheme = z.infer<typeof schemeSchema>

export const targetsSchema = z.partialRecord(
  indicatorId,
  z.number().min(0).max(1).nullable().describe('Share; null: no target'),
)
export type Targets = z.infer<typeof targetsSchema>
