import { z } from 'zod'
import { text } from '../shared/fields.ts'

export const MIN_PASSWORD_LENGTH = 10
export const MAX_PASSWORD_LENGTH = 128

/** How someone is named in the history for good: in lower case, never changed, given to nobody else. */
export const usernameSchema = text(32)
  .toLowerCase()
  .regex(
    /^[a-z0-9][a-z0-9._-]{1,31}$/,
    'is not 2 to 32 letters a–z, digits, dots, hyphens or underscores, the first a letter or a digit',
  )
  .refine(
    (username) => !RESERVED.has(username) && !username.startsWith('demo-'),
    'is a name that Gridward uses itself',
  )

const RESERVED = new Set(['cli', 'local', 'demo', 'anonymous', 'kiosk', 'system', 'gridward'])

/** Long rather than colourful (NIST SP 800-63B §3.1.1.2). It must not be the user name, which passwordFault says. */
export const newPasswordSchema = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `has fewer than ${MIN_PASSWORD_LENGTH} characters`)
  .max(MAX_PASSWORD_LENGTH, `has more than ${MAX_PASSWORD_LENGTH} characters`)

/** What is wrong with a password that the schema took; undefined: nothing. */
export function passwordFault(password: string, username: string): string | undefined {
  if (
    password.toLowerCase().includes(username.toLowerCase()) &&
    password.length < username.length + MIN_PASSWORD_LENGTH
  )
    return 'is the user name, or little more'
  if (new Set(password).size < 4) return 'is made of fewer than four different characters'
  return undefined
}
