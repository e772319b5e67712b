import type { Command } from 'commander'
import { Problem } from '../../geodata/shared/problem.ts'
import { withDatabase } from './with-database.ts'

/** For administrators who are locked out; also while the server runs. */
export function registerPeople(program: Command): void {
  const people = program.command('people').description('list people, and let one in who is locked out')
  people
    .command('list')
    .description('list user names, roles and who is disabled')
    .action(async () => {
      const { listPeople } = await import('../access/person.store.ts')
      const found = await withDatabase('command', ({ database }) => listPeople(database.sql, undefined))
      for (const { username, name, role, disabled } of found)
        console.log([username, name, role, disabled ? 'disabled' : ''].join('\t').trimEnd())
    })
  people
    .command('reset')
    .description(
      'give a person a new password, print it this once and enable them; it is changed at the next sign-in',
    )
    .argument('<name>', 'user name')
    .action(async (name: string) => {
      const [{ changePerson, listPeople, resetPassword }, { hashPassword, makePassword }, { CLI }] =
        await Promise.all([
          import('../access/person.store.ts'),
          import('../access/library/password.ts'),
          import('../access/actor.ts'),
        ])
      const password = makePassword()
      const passwordHash = await hashPassword(password)
      await withDatabase('command', async ({ database }) => {
        const person = (await listPeople(database.sql, name)).find(
          ({ username }) => username === name.toLowerCase(),
        )
        if (!person)
          throw new Problem(
            'not-found',
            `Nobody has the user name ${name}. “gridward people list” names all.`,
          )
        if (person.disabled)
          await changePerson(database.sql, CLI, person.id, person.version, { disabled: false })
        await resetPassword(database.sql, CLI, person.id, passwordHash)
      })
      console.log(password)
    })
}
