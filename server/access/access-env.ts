import { z } from 'zod'
import type { PersonRole } from '../../geodata/access/people.schema.ts'
import { ROLE_NAMES } from '../../geodata/access/roles.ts'
import { Problem } from '../../geodata/shared/problem.ts'

export interface AccessEnv {
  /** What cookies are signed with; undefined: a secret that is made once and kept in the database. */
  secret: string | undefined
  /** The OpenID Connect provider that people may sign in with. */
  oidc: OidcEnv | undefined
}

export interface OidcEnv {
  issuer: string
  clientId: string
  clientSecret: string
  /** On the button of the sign-in page. */
  title: string
  /** Of people whom nobody added; undefined: they are refused. */
  role: PersonRole | undefined
}

const optional = z
  .string()
  .trim()
  .optional()
  .transform((text) => text || undefined)

const PERSON_ROLES = ROLE_NAMES.filter((role) => role !== 'kiosk')

const schema = z.object({
  GRIDWARD_SECRET: optional.refine(
    (secret) => secret === undefined || secret.length >= 32,
    'is shorter than 32 characters',
  ),
  GRIDWARD_OIDC_ISSUER: optional.refine(isIssuer, 'is not an https address (http only on this machine)'),
  GRIDWARD_OIDC_CLIENT_ID: optional,
  GRIDWARD_OIDC_CLIENT_SECRET: optional,
  GRIDWARD_OIDC_TITLE: optional,
  GRIDWARD_OIDC_ROLE: optional.pipe(z.enum(PERSON_ROLES).optional()),
})

/** Throws a Problem that names the variable and never what it holds: it may be a secret. */
export function readAccessEnv(source: NodeJS.ProcessEnv): AccessEnv {
  const parsed = schema.safeParse(source)
  if (!parsed.success)
    throw new Problem(
      'invalid-parameter',
      `The environment has a value that cannot be used. ${parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`).join('; ')}.`,
    )
  const {
    GRIDWARD_SECRET: secret,
    GRIDWARD_OIDC_ISSUER: issuer,
    GRIDWARD_OIDC_CLIENT_ID: clientId,
    GRIDWARD_OIDC_CLIENT_SECRET: clientSecret,
    GRIDWARD_OIDC_TITLE: title,
    GRIDWARD_OIDC_ROLE: role,
  } = parsed.data
  if (issuer === undefined) return { secret, oidc: undefined }
  if (clientId === undefined || clientSecret === undefined)
    throw new Problem(
      'invalid-parameter',
      'GRIDWARD_OIDC_ISSUER names a provider to sign in with; it needs GRIDWARD_OIDC_CLIENT_ID and GRIDWARD_OIDC_CLIENT_SECRET as well.',
    )
  return { secret, oidc: { issuer, clientId, clientSecret, title: title ?? new URL(issuer).hostname, role } }
}

function isIssuer(text: string | undefined): boolean {
  if (text === undefined) return true
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return (
    protocol === 'https:' ||
    (protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname))
  )
}
