import { z } from 'zod'
import { CHOICES } from './choices.ts'

/** The ids of what a filter leaves. */
export const idListSchema = z.object({
  ids: z.array(z.int()).describe('In the order asked for'),
  total: z.int().describe('All that match, listed or not'),
  truncated: z.boolean(),
})
export type IdList = z.infer<typeof idListSchema>

export const facetsSchema = z.object({
  total: z.int(),
  facets: z.array(
    z.object({
      property: z.enum(CHOICES),
      values: z.array(z.object({ value: z.string(), count: z.int() })),
    }),
  ),
})
export type Facets = z.infer<typeof facetsSchema>
