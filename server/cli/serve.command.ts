import type { Command } from 'commander'
import { serve } from '../main.ts'
import { readEnv } from '../platform/env.ts'
import { startProgress } from './progress.ts'

export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('serve the dashboard and the API (PORT, HOST, DATABASE_URL, GRIDWARD_DATA)')
    .action(async () => {
      const running = await serve(readEnv(), startProgress())
      console.log(`Gridward is ready: ${running.url}`)
      await new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
      })
      await running.stop()
    })
}
