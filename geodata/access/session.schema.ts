import { z } from 'zod'
import { name } from '../shared/fields.ts'
import { LAYER_IDS } from '../shared/layer.ts'
import { areaSchema } from './area.schema.ts'
import { newPasswordSchema, usernameSchema } from './credentials.schema.ts'
import { PERMISSIONS, type Permission } from './permissions.ts'
import { ROLE_NAMES, type Role } from './roles.ts'

export const permissionSchema = z.enum(Object.keys(PERMISSIONS) as [Permission, ...Permission[]])
export const roleSchema = z.enum(ROLE_NAMES as [Role, ...Role[]])

/** Who asks, and what they may do: what a page asks first. */
export const sessionSchema = z.object({
  state: z
    .enum(['set-up', 'anonymous', 'signed-in'])
    .describe('set-up: there is no administrator yet; open the link that the server printed when it started'),
  demoRoles: z
    .array(roleSchema)
    .describe('Roles that POST /session/demo signs in as; empty outside demo mode'),
  oidc: z
    .object({ title: z.string() })
    .nullable()
    .describe('There is an OpenID Connect provider to sign in with'),
  person: z.object({ id: z.int(), username: z.string(), name: z.string() }).nullable(),
  kind: z.enum(['person', 'token', 'kiosk', 'anonymous']),
  name: z.string().describe('What history shows: a user name, or a token’s name behind “token:”'),
  sessionId: z.int().nullable(),
  role: roleSchema.nullable(),
  mustChangePassword: z.boolean().describe('Until it is changed nothing else is answered'),
  permissions: z.array(permissionSchema),
  area: areaSchema,
  publishedLayers: z.array(z.enum(LAYER_IDS)).describe('Layers that anyone may read'),
  publicMap: z
    .object({ name: z.string().nullable(), reviewNumber: z.string().nullable() })
    .nullable()
    .describe('What a map of them carries; null when no layer is published'),
})
export type Session = z.infer<typeof sessionSchema>

export const signInSchema = z.strictObject({
  username: z.string().max(200),
  password: z.string().max(1000),
})
export const demoSignInSchema = z.strictObject({ role: roleSchema.exclude(['kiosk']) })
export const kioskSignInSchema = z.strictObject({ token: z.string().max(200) })

export const passwordChangeSchema = z.strictObject({
  current: z.string().max(1000),
  next: newPasswordSchema,
})

export const setUpSchema = z.strictObject({
  secret: z.string().max(200).describe('From the link that the server printed'),
  username: usernameSchema,
  name: name().min(1),
  password: newPasswordSchema,
})

/** One place where someone is signed in. */
export const openSessionSchema = z.object({
  id: z.int(),
  personId: z.int(),
  username: z.string(),
  name: z.string(),
  current: z.boolean().describe('The one that asks'),
  createdAt: z.string(),
  lastUsedAt: z.string().describe('To five minutes'),
  expiresAt: z.string(),
  from: z.string().nullable().describe('Address of the client'),
  userAgent: z.string().nullable(),
})
export type OpenSession = z.infer<typeof openSessionSchema>
