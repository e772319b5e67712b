import { z } from 'zod'
import { text } from '../shared/fields.ts'

export const MAX_VIEW_NAME = 80
export const MAX_VIEW_QUERY = 8000

/** A view that is kept under a name: the query of the page's URL, which nobody but the page reads. */
export const viewInputSchema = z.strictObject({
  name: text(MAX_VIEW_NAME).min(1).describe('Unique, whatever the case of its letters'),
  query: text(MAX_VIEW_QUERY)
    .regex(/^($|\?)/, 'does not begin with “?”')
    .regex(/^\S*$/, 'has white space; encode it as %20')
    .refine((query) => !isScript(query), 'has “javascript:” in it')
    .describe('The query of the page’s URL with its “?”, or empty'),
  workspace: z
    .string()
    .regex(/^[a-z-]{1,40}$/, 'is not the id of a workspace, such as map')
    .nullable()
    .default(null),
})
export type ViewInput = z.infer<typeof viewInputSchema>

export const viewSchema = z.object({
  ...viewInputSchema.shape,
  id: z.int(),
  version: z.int().describe('Send it back as If-Match: "version"'),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type SavedView = z.infer<typeof viewSchema>

function isScript(query: string): boolean {
  const plain = query.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return /javascript\s*:/i.test(plain)
}
