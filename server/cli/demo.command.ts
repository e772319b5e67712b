import { type Command, InvalidArgumentError } from 'commander'
import { CLI } from '../access/actor.ts'
import { withDatabase } from './with-database.ts'

const wholeNumber = (low: number, high: number) => (text: string) => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new InvalidArgumentError(`Give a whole number from ${low} to ${high}.`)
  }
  return value
}

export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description('fill an empty database with a fictional sub-district')
    .option('--buildings <number>', 'about how many buildings', wholeNumber(1, 300_000), 3000)
    .option('--seed <number>', 'another seed makes another town', wholeNumber(0, 2 ** 31 - 1), 1)
    .option('--replace', 'make it again where demo data is there already', false)
    .action(async (options: { buildings: number; seed: number; replace: boolean }) => {
      const { seedDemo } = await import('../demo/seed-demo.ts')
      const report = await withDatabase('command', ({ database, progress }) =>
        seedDemo(database, { ...options, progress, actor: CLI }),
      )
      for (const [layer, count] of Object.entries(report.layers)) console.log(`${layer}: ${count}`)
    })
}
