import { Problem } from '../../geodata/shared/problem.ts'

interface DatabaseError {
  code?: unknown
  syscall?: unknown
  message?: unknown
}

/** Which setting and what to do, by SQLSTATE or system code; undefined for what is not about reaching the database. */
export function databaseProblem(error: unknown): Problem | undefined {
  const { code: given, syscall, message } = (error ?? {}) as DatabaseError
  const code = String(given ?? '')
  const said = message ? ` (${String(message)})` : ''
  const unavailable = (text: string) => new Problem('unavailable', text)
  if (/^28/.test(code) || code === 'SASL_SIGNATURE_MISMATCH')
    return unavailable(
      `The database refuses the user or the password${said}. Correct them in DATABASE_URL or DATABASE_READ_URL.`,
    )
  if (code === '3D000')
    return unavailable(
      `The database that DATABASE_URL names does not exist${said}. Create it, or correct the name.`,
    )
  if (/extension "postgis/.test(said)) {
    const todo =
      code === '42501'
        ? 'Let an administrator run CREATE EXTENSION postgis in it, then start again.'
        : 'Install PostGIS 3.3 or newer for this PostgreSQL (a package named like postgresql-15-postgis-3).'
    return unavailable(`PostGIS cannot be added to the database${said}. ${todo}`)
  }
  if (code === '42501')
    return unavailable(
      `The database user may not do this${said}. Give it the right, or name another user in DATABASE_URL.`,
    )
  if (code === '57014')
    return unavailable('The database was told to stop this statement; nothing was changed. Try again.')
  if (/^53\d{3}$/.test(code))
    return unavailable(
      `The database lacks resources${said}. The statement changed nothing; try again in a moment.`,
    )
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return unavailable(`The host that DATABASE_URL names is not known${said}. Correct it.`)
  const isConnecting = syscall === 'connect' || code === 'ECONNREFUSED' || code === 'CONNECT_TIMEOUT'
  if (isConnecting || code === '57P03')
    return unavailable(
      `The database does not answer${said}. Nothing was changed; see that it runs and that DATABASE_URL is right.`,
    )
  if (/^(CONNECTION_\w+|ECONNRESET|EPIPE|08\w{3}|57P0\d)$/.test(code))
    return unavailable(
      'The connection to the database was lost. If a change was being made, it is not known whether it was made: read it again before you repeat it.',
    )
  return undefined
}
