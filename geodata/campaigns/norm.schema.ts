import { z } from 'zod'

/** How many days may pass; what is shown as overdue goes by them. Examples that an administrator sets. */
export const SAFETY_NORMS = [
  'meeting',
  'drill',
  'mutual-check',
  'alarm-test',
  'alarm-battery',
  'alarm-replace',
  'premises-check',
] as const

export const safetyNormsInputSchema = z
  .strictObject({
    norms: z
      .array(z.strictObject({ code: z.enum(SAFETY_NORMS), days: z.int().min(1).max(36_500) }))
      .max(SAFETY_NORMS.length)
      .refine(
        (norms) => new Set(norms.map(({ code }) => code)).size === SAFETY_NORMS.length,
        `has each of ${SAFETY_NORMS.join(', ')} once`,
      ),
  })
  .meta({ id: 'SafetyNormsInput' })
export type SafetyNormsInput = z.infer<typeof safetyNormsInputSchema>

export const safetyNormsSchema = z
  .object({
    version: z.int(),
    norms: z.array(
      z.object({
        code: z.enum(SAFETY_NORMS),
        days: z.int(),
        example: z.boolean().describe('Came with the product; no rule of any authority'),
      }),
    ),
  })
  .meta({ id: 'SafetyNorms' })
export type SafetyNorms = z.infer<typeof safetyNormsSchema>
