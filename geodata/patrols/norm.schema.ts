import { z } from 'zod'
import { RISKS, SITE_TYPES, type SiteType } from './checkpoint.schema.ts'

/** How often sites of a type and risk are to be visited. What a checkpoint says itself wins over it. */
export const visitNormSchema = z.strictObject({
  siteType: z.enum(Object.keys(SITE_TYPES) as [SiteType, ...SiteType[]]),
  risk: z.enum(RISKS),
  intervalMinutes: z.int().min(1).max(525_600),
  graceMinutes: z.int().min(0).max(525_600),
  serviceMinutes: z.int().min(0).max(1440),
  example: z
    .boolean()
    .default(false)
    .describe('Came with the product as an example; no rule of any authority'),
})
export type VisitNorm = z.infer<typeof visitNormSchema>

/** All norms: one for every site type and risk. */
export const visitNormsInputSchema = z
  .strictObject({ norms: z.array(visitNormSchema).max(Object.keys(SITE_TYPES).length * RISKS.length) })
  .superRefine(({ norms }, context) => {
    const seen = new Set<string>()
    for (const [at, { siteType, risk }] of norms.entries()) {
      const key = `${siteType} ${risk}`
      if (seen.has(key))
        context.addIssue({ code: 'custom', path: ['norms', at], message: `${key} has two norms` })
      seen.add(key)
    }
    for (const siteType of Object.keys(SITE_TYPES))
      for (const risk of RISKS)
        if (!seen.has(`${siteType} ${risk}`))
          context.addIssue({ code: 'custom', path: ['norms'], message: `${siteType} ${risk} has no norm` })
  })

export const visitNormsSchema = z.object({
  version: z.int().describe('Send it back as If-Match: "version"'),
  norms: z.array(visitNormSchema),
})
export type VisitNorms = z.infer<typeof visitNormsSchema>
