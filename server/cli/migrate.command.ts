import type { Command } from 'commander'
import { appliedMigrations } from '../platform/migrate.ts'
import { withDatabase } from './with-database.ts'

export function registerMigrate(program: Command): void {
  program
    .command('migrate')
    .description('bring the database schema up to date; does nothing when it is')
    .action(() =>
      withDatabase('command', async ({ database }) => {
        const applied = await appliedMigrations(database.sql)
        console.log(`The schema is up to date: ${applied.length} migrations, the last is ${applied.at(-1)}.`)
      }),
    )
}
