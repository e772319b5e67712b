import {
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  passwordFault,
  usernameSchema,
} from '../../geodata/access/credentials.schema.ts'

/** The key of the text that says what is wrong with a new password; undefined: nothing. */
export function newPasswordFault(password: string, username: string) {
  if (password.length < MIN_PASSWORD_LENGTH) return 'access.passwordShort' as const
  if (password.length > MAX_PASSWORD_LENGTH) return 'access.passwordLong' as const
  if (passwordFault(password, username.trim())) return 'access.passwordWeak' as const
  return undefined
}

export const nameFault = (name: string) => (name.trim() ? undefined : ('access.nameMissing' as const))

export const usernameFault = (username: string) =>
  usernameSchema.safeParse(username).success ? undefined : ('access.usernameWrong' as const)
