import { usernameSchema } from '../../../geodata/access/credentials.schema.ts'

export const OIDC_PROVIDER = 'oidc'

/** Made up: the library finds people by an address. `invalid` is nobody's (RFC 2606). */
export const emailOf = (username: string): string => `${username}@gridward.invalid`

/**
 * Who somebody is here that a provider knows: the user name is the claim preferred_username (OpenID Connect Core 1.0
 * §5.1). An unfit claim makes an address that nobody has, so that the sign-in is refused.
 */
export function profileToPerson(profile: Record<string, unknown>) {
  const parsed = usernameSchema.safeParse(profile.preferred_username)
  if (!parsed.success) return { email: '', emailVerified: false }
  const name = typeof profile.name === 'string' ? profile.name.trim().slice(0, 120) : ''
  return {
    email: emailOf(parsed.data),
    emailVerified: true,
    username: parsed.data,
    name: name || parsed.data,
  }
}
