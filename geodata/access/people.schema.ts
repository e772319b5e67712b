import { z } from 'zod'
import { name } from '../shared/fields.ts'
import { areaCodesSchema, areaSchema } from './area.schema.ts'
import { newPasswordSchema, usernameSchema } from './credentials.schema.ts'
import { roleSchema } from './session.schema.ts'

/** A kiosk is a token, never a person. */
export const personRoleSchema = roleSchema.exclude(['kiosk'])
export type PersonRole = z.infer<typeof personRoleSchema>

export const personSchema = z.object({
  id: z.int(),
  version: z.int().describe('Send it back as If-Match: "version"'),
  username: z.string(),
  name: z.string(),
  role: personRoleSchema,
  area: areaSchema,
  department: z.object({ id: z.int(), name: z.string() }).nullable().describe('Whose cases they handle'),
  disabled: z.boolean(),
  demo: z.boolean().describe('Made by demo mode; cannot sign in otherwise'),
  mustChangePassword: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
  lastSeenAt: z.string().nullable().describe('Of the sessions that are still open'),
})
export type Person = z.infer<typeof personSchema>

const place = {
  everywhere: z.boolean().describe('The area does not matter then'),
  area: areaCodesSchema,
}
/** Of whichever role: somebody who belongs to a department handles its cases alone. */
const departmentId = () => z.int().min(1).max(Number.MAX_SAFE_INTEGER).nullable()

export const newPersonSchema = z.strictObject({
  username: usernameSchema,
  name: name().min(1),
  role: personRoleSchema,
  everywhere: place.everywhere.default(false),
  area: place.area.default([]),
  departmentId: departmentId().optional(),
  password: newPasswordSchema
    .optional()
    .describe('To be changed at the first sign-in; made up and told once when it is left out'),
})
export type NewPerson = z.infer<typeof newPersonSchema>

/** A merge patch: what is left out stays. */
export const personPatchSchema = z
  .strictObject({
    name: name().min(1),
    role: personRoleSchema,
    ...place,
    departmentId: departmentId().describe('null: of none'),
    disabled: z.boolean().describe('Signs them out everywhere and stops their tokens'),
  })
  .partial()
export type PersonPatch = z.infer<typeof personPatchSchema>

export const createdPersonSchema = z.object({
  person: personSchema,
  password: z.string().optional().describe('Made up; it is shown this once'),
})
