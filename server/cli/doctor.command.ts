import type { Command } from 'commander'
import { readEnv } from '../platform/env.ts'
import { examine } from '../platform/examine.ts'
import { startProgress } from './progress.ts'

const SIGNS = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' }

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check engine, extensions, migrations and data, and say what to do; changes nothing')
    .option('--json', 'print the findings as JSON')
    .action(async ({ json = false }: { json?: boolean }) => {
      const findings = await examine(readEnv(), json ? () => {} : startProgress())
      const healthy = findings.every(({ state }) => state !== 'error')
      if (json) console.log(JSON.stringify({ healthy, findings }, null, 2))
      else {
        for (const { state, check, found, todo } of findings) {
          console.log(`${SIGNS[state]} ${check.padEnd(12)} ${found}`)
          if (todo) console.log(`${' '.repeat(21)}${todo}`)
        }
        console.log(
          healthy ? '\nNothing is wrong.' : '\nSomething is wrong; the lines marked ERROR say what to do.',
        )
      }
      if (!healthy) process.exitCode = 1
    })
}
