import type { Command } from 'commander'
import type { Database, Progress } from '../platform/database.ts'
import { type Env, readEnv } from '../platform/env.ts'
import { startProgress } from './progress.ts'

/** An embedded database that ends by itself is opened again, unless it does so this often within the time. */
const RESTARTS = 3
const RESTART_WINDOW_MS = 60_000

export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('serve the dashboard and the API (PORT, HOST, DATABASE_URL, GRIDWARD_DATA)')
    .option(
      '--with-demo',
      'first fill an empty embedded database with the demo area (GRIDWARD_DEMO=0: do not)',
    )
    .action(async ({ withDemo = false }: { withDemo?: boolean }) => {
      const env = readEnv()
      const progress = startProgress()
      const asked = askedToStop()
      const [{ serve }, { makeSetUpSecret }] = await Promise.all([
        import('../main.ts'),
        import('../access/set-up.store.ts'),
      ])
      for (const ends: number[] = []; ; ) {
        let setUpSecret: string | undefined
        const running = await serve(env, progress, async (database) => {
          if (withDemo) await fillEmpty(database, env, progress)
          setUpSecret = await makeSetUpSecret(database.sql)
        })
        console.log(`Gridward is ready: ${running.url}`)
        // As long as there is no administrator: whoever opens the link becomes the first.
        if (setUpSecret)
          console.log(
            `Make the first administrator, once and within 24 hours: ${running.publicUrl}/?set-up=${setUpSecret}`,
          )
        const lost = await Promise.race([asked, running.database.lost ?? asked])
        await running.stop(lost ? 0 : undefined)
        if (!lost) break
        ends.push(Date.now())
        if (ends.filter((at) => Date.now() - at < RESTART_WINDOW_MS).length > RESTARTS) throw lost
        progress(`${lost.message} Nothing acknowledged is lost; starting again`)
        env.port = Number(new URL(running.url).port)
      }
      if (process.connected) process.disconnect()
    })
}

function askedToStop(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve(undefined))
    // A program that started this one with a channel takes it along when it ends.
    process.once('disconnect', () => resolve(undefined))
  })
}

/** A PostgreSQL that somebody named gets demo data only when GRIDWARD_DEMO=1 says so. */
async function fillEmpty(database: Database, { demo }: Env, progress: Progress): Promise<void> {
  if (!(demo ?? database.engine === 'embedded')) return
  const [{ contentsOf }, { seedDemo }] = await Promise.all([
    import('../demo/demo.store.ts'),
    import('../demo/seed-demo.ts'),
  ])
  if ((await contentsOf(database.sql)) === 'nothing') await seedDemo(database, { progress })
}
