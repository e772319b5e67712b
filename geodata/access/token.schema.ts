import { z } from 'zod'
import { isoDateTime, name } from '../shared/fields.ts'
import { areaCodesSchema, areaSchema } from './area.schema.ts'
import { permissionSchema, roleSchema } from './session.schema.ts'

/** What a token may be limited to: an account is looked after by the person alone. */
export const TOKEN_SCOPES = permissionSchema.exclude(['public', 'self', 'people'])

export const tokenSchema = z.object({
  id: z.int(),
  kind: z.enum(['token', 'kiosk']),
  name: z.string(),
  owner: z.string().nullable().describe('User name; null for those that the command line made'),
  role: roleSchema.describe('Its own, or its owner’s at the time'),
  scopes: z.array(TOKEN_SCOPES).nullable().describe('null: whatever the role may'),
  area: areaSchema.describe('Its own; its owner’s limits it further'),
  createdBy: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  lastUsedAt: z.string().nullable().describe('To five minutes; of kiosks to a day'),
  revokedAt: z.string().nullable(),
})
export type Token = z.infer<typeof tokenSchema>

export const newTokenSchema = z.strictObject({
  name: name().min(1),
  kind: z.enum(['token', 'kiosk']).default('token'),
  scopes: z.array(TOKEN_SCOPES).min(1).max(20).optional(),
  everywhere: z.boolean().default(false).describe('As far as its owner’s area goes'),
  area: areaCodesSchema.default([]),
  expiresAt: isoDateTime()
    .optional()
    .describe(
      'A kiosk without one lasts 90 days from its last use; a token without one lasts until it is revoked',
    ),
})
export type NewToken = z.infer<typeof newTokenSchema>

export const createdTokenSchema = z.object({
  token: tokenSchema,
  secret: z.string().describe('It is shown this once: gw_…'),
})
