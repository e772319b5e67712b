import { type Command, InvalidArgumentError } from 'commander'
import { isRole, ROLE_NAMES, type Role } from '../../geodata/access/roles.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { withDatabase } from './with-database.ts'

interface CreateOptions {
  name: string
  role: Role
  area: string[]
  scope: string[]
  expires?: number
}

const collect = (value: string, before: string[]): string[] => [...before, value]

const role = (text: string): Role => {
  if (isRole(text)) return text
  throw new InvalidArgumentError(`Give one of ${ROLE_NAMES.join(', ')}.`)
}

const days = (text: string): number => {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0 && value <= 3650) return value
  throw new InvalidArgumentError('Give a whole number of days from 1 to 3650.')
}

/** Also while the server runs: what is made or revoked here is known to it within five seconds. */
export function registerToken(program: Command): void {
  const token = program.command('token').description('make, list and revoke tokens for programs and kiosks')
  token
    .command('create')
    .description('make a token and print it, this once')
    .requiredOption('--name <name>', 'what it is for; history shows its changes under this name')
    .requiredOption('--role <role>', `what it may do: ${ROLE_NAMES.join(', ')}`, role)
    .option(
      '--area <code>',
      'a community, grid or micro-grid that it reaches; may be repeated (default: everywhere)',
      collect,
      [],
    )
    .option('--scope <permission>', 'only this of what the role may do; may be repeated', collect, [])
    .option('--expires <days>', 'for how many days it is good (default: until it is revoked)', days)
    .action(async ({ name, role, area, scope, expires }: CreateOptions) => {
      const [{ newTokenSchema }, { createToken }, { CLI }] = await Promise.all([
        import('../../geodata/access/token.schema.ts'),
        import('../access/token.store.ts'),
        import('../access/actor.ts'),
      ])
      const wanted = newTokenSchema.safeParse({
        name,
        kind: role === 'kiosk' ? 'kiosk' : 'token',
        area,
        everywhere: area.length === 0,
        ...(scope.length > 0 ? { scopes: scope } : {}),
        ...(expires === undefined
          ? {}
          : { expiresAt: new Date(Date.now() + expires * 86_400_000).toISOString() }),
      })
      if (!wanted.success)
        throw new Problem(
          'invalid-parameter',
          wanted.error.issues
            .map((issue) => `--${String(issue.path[0]).replace(/s$/, '')}: ${issue.message}`)
            .join('; '),
        )
      const { secret } = await withDatabase('command', ({ database }) =>
        createToken(database.sql, CLI, { role }, 'everywhere', {
          ...wanted.data,
          scopes: role === 'kiosk' ? ['read'] : wanted.data.scopes,
        }),
      )
      console.log(secret)
    })
  token
    .command('list')
    .description('list the tokens, never what they are')
    .action(async () => {
      const { listTokens } = await import('../access/token.store.ts')
      const tokens = await withDatabase('command', ({ database }) => listTokens(database.sql, undefined))
      for (const { id, name, role, owner, area, expiresAt, lastUsedAt, revokedAt } of tokens)
        console.log(
          [
            id,
            name,
            role,
            owner ?? '–',
            area === 'everywhere' ? area : area.map(({ code }) => code).join(','),
            revokedAt ? `revoked ${revokedAt}` : expiresAt ? `until ${expiresAt}` : 'until it is revoked',
            lastUsedAt ? `last used ${lastUsedAt}` : 'never used',
          ].join('\t'),
        )
    })
  token
    .command('revoke')
    .description('revoke a token by its number; “token list” tells it')
    .argument('<id>', 'its number', (text) => {
      if (/^\d{1,15}$/.test(text)) return Number(text)
      throw new InvalidArgumentError('Give the number that “gridward token list” shows.')
    })
    .action(async (id: number) => {
      const [{ revokeToken }, { CLI }] = await Promise.all([
        import('../access/token.store.ts'),
        import('../access/actor.ts'),
      ])
      await withDatabase('command', ({ database }) => revokeToken(database.sql, CLI, id))
      console.log(`Token ${id} is revoked; a running server refuses it within five seconds.`)
    })
}
