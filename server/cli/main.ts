import { Command } from 'commander'
import { Problem } from '../../geodata/shared/problem.ts'
import { databaseProblem } from '../platform/database-problem.ts'
import { registerCoverage } from './coverage.command.ts'
import { registerDemo } from './demo.command.ts'
import { registerDoctor } from './doctor.command.ts'
import { registerExport } from './export.command.ts'
import { registerImport } from './import.command.ts'
import { registerMigrate } from './migrate.command.ts'
import { registerPeople } from './people.command.ts'
import { registerPlan } from './plan.command.ts'
import { registerServe } from './serve.command.ts'
import { registerToken } from './token.command.ts'

const program = new Command('gridward')
  .description('Map-based dashboard for community grid management')
  .showHelpAfterError()

// Commands import what is heavy inside their actions: --help and small commands stay quick.
for (const register of [
  registerServe,
  registerMigrate,
  registerImport,
  registerExport,
  registerDemo,
  registerPlan,
  registerCoverage,
  registerToken,
  registerPeople,
  registerDoctor,
])
  register(program)

try {
  await program.parseAsync()
} catch (error) {
  const problem = error instanceof Problem ? error : databaseProblem(error)
  if (!problem) throw error
  console.error(`gridward: ${problem.message} [${problem.code}]`)
  for (const { at, message } of problem.issues ?? []) console.error(`  ${at}: ${message}`)
  process.exitCode = 1
}
