import { type Database, openDatabase, type Progress } from '../platform/database.ts'
import type { EmbeddedRole } from '../platform/embedded/open.ts'
import { type Env, readEnv } from '../platform/env.ts'
import { startProgress } from './progress.ts'

export interface CommandContext {
  database: Database
  env: Env
  /** A line on standard error with the seconds since the command began; standard output is for results. */
  progress: Progress
}

/**
 * Opens the database that the environment names, joining a running server's when it is embedded, hands it to a
 * command and closes it whatever happens. Set process.exitCode for an outcome that is not success.
 */
export async function withDatabase<T>(
  role: EmbeddedRole,
  run: (context: CommandContext) => Promise<T>,
): Promise<T> {
  const env = readEnv()
  const progress = startProgress()
  const database = await openDatabase(env, role, progress)
  try {
    return await run({ database, env, progress })
  } finally {
    await database.close()
  }
}
