import { writeFile } from 'node:fs/promises'
import { createRandom } from '../../geodata/demo/random.ts'
import { checkRounds } from '../../geodata/routing/check-rounds.ts'
import { planRounds } from '../../geodata/routing/plan-rounds.ts'
import type { RoundsProblem } from '../../geodata/routing/rounds-problem.ts'
import { option } from './bench-options.ts'
import { type Instance, readInstances } from './read-instances.ts'
import { readSolomon } from './read-solomon.ts'

/**
 * npm run bench:vrptw -- FOLDER [--seconds 10] [--seed 1] [--json OUT]
 * npm run bench:vrptw -- --scale [--seconds 10]
 * Rounds with time windows by the product's own solver: on a folder of instances in Solomon's format (objective: total
 * distance, exact), or on towns of its own from 100 sites and 5 teams to 1,000 sites and 50 teams. Every plan is walked
 * by a checker that was written apart from the solver.
 */
const seconds = Number(option('seconds') ?? 10)
const seed = Number(option('seed') ?? 1)
const isScale = process.argv.includes('--scale')
const instances = isScale ? scaled() : await readInstances(process.argv[2], '.txt', readSolomon)

const results = instances.map(({ name, best, problem }) => {
  const started = performance.now()
  const elapsed = () => (performance.now() - started) / 1000
  const plan = planRounds(problem, { seed, progress: () => elapsed() / seconds })
  const time = elapsed()
  const missing = plan.unserved.map(({ site }) => site)
  const { faults, seconds: cost } = checkRounds(problem, plan.rounds, missing)
  const feasible = faults.length === 0 && (isScale || missing.length === 0)
  const gap = best === undefined ? null : (100 * (cost - best)) / best
  const used = plan.rounds.filter(({ length }) => length > 0).length
  console.log(
    `${name.padEnd(22)} ${cost.toFixed(2).padStart(10)}  gap ${gap === null ? '—' : `${gap.toFixed(2)} %`}  ` +
      `${feasible ? 'feasible' : `NOT FEASIBLE ${JSON.stringify(faults.slice(0, 3))}`}  ${used} rounds, ` +
      `${missing.length} unserved  ${time.toFixed(2)} s  ${plan.iterations} iterations`,
  )
  return {
    name,
    cost,
    best: best ?? null,
    gap,
    feasible,
    seconds: time,
    rounds: used,
    unserved: missing.length,
    iterations: plan.iterations,
  }
})

const gaps = results.flatMap(({ gap }) => gap ?? [])
if (gaps.length > 0)
  console.log(
    `Mean gap ${(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toFixed(2)} %, worst ${Math.max(...gaps).toFixed(2)} %`,
  )
const file = option('json')
if (file) await writeFile(file, `${JSON.stringify({ seconds, seed, results }, null, 2)}\n`)
if (results.some(({ feasible }) => !feasible)) process.exitCode = 1

/** An evening of four hours: ten minutes on average between sites of a team, windows for a third of the sites. */
function scaled(): Instance<RoundsProblem>[] {
  return [
    [100, 5],
    [250, 12],
    [500, 25],
    [1000, 50],
  ].map(([sites, teams]) => {
    const random = createRandom(seed, sites!)
    const side = 200 * Math.sqrt(sites!)
    const places = sites! + 1
    const points = Array.from(
      { length: places },
      () => [random.between(0, side), random.between(0, side)] as const,
    )
    const travel = new Float64Array(places * places)
    for (const [a, [x, y]] of points.entries())
      for (const [b, [u, v]] of points.entries())
        travel[a * places + b] = ((Math.abs(x - u) + Math.abs(y - v)) / 70) * 60
    const problem: RoundsProblem = {
      seconds: travel,
      places,
      sites: Array.from({ length: sites! }, (_, at) => {
        const from = random.int(0, 10_800)
        return {
          place: at + 1,
          service: random.int(120, 480),
          windows: random.chance(1 / 3) ? [[from, from + 3600] as const] : [],
          prize: random.chance(0.7) ? Number.POSITIVE_INFINITY : random.int(300, 1800),
        }
      }),
      teams: Array.from({ length: teams! }, () => ({
        start: 0,
        end: 0,
        from: 0,
        to: 14_400,
        pace: 1,
        breaks: [{ from: 5400, to: 9000, seconds: 900 }],
      })),
      balance: 0.2,
    }
    return { name: `${sites} sites, ${teams} teams`, best: undefined, problem }
  })
}
