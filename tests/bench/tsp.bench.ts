import { writeFile } from 'node:fs/promises'
import { costOf, orderStops } from '../../geodata/routing/order-stops.ts'
import { option } from './bench-options.ts'
import { readInstances } from './read-instances.ts'
import { readTsplib } from './read-tsplib.ts'

/**
 * npm run bench:tsp -- FOLDER [--seconds 1] [--seed 1] [--json OUT]
 * The order of stops of one round, by the product's own solver, on a folder of TSPLIB instances. Each order is checked to
 * hold every stop once, and its cost is added up anew.
 */
const seconds = Number(option('seconds') ?? 1)
const seed = Number(option('seed') ?? 1)
const instances = await readInstances(process.argv[2], '.tsp', readTsplib)

const results = instances.map(({ name, best, problem: { n, costs } }) => {
  const started = performance.now()
  const elapsed = () => (performance.now() - started) / 1000
  const question = { costs, n, isClosed: true, seed, isOver: () => elapsed() >= seconds }
  const { order, kicks } = orderStops(question)
  const time = elapsed()
  const cost = costOf(order, question)
  const feasible =
    order.length === n && new Set(order).size === n && order.every((stop) => stop >= 0 && stop < n)
  const gap = best === undefined ? null : (100 * (cost - best)) / best
  console.log(
    `${name.padEnd(12)} ${String(n).padStart(5)} stops  ${cost}  gap ${gap === null ? '—' : `${gap.toFixed(2)} %`}  ` +
      `${feasible ? 'feasible' : 'NOT FEASIBLE'}  ${time.toFixed(2)} s  ${kicks} kicks`,
  )
  return { name, stops: n, cost, best: best ?? null, gap, feasible, seconds: time, kicks }
})

const gaps = results.filter(({ stops }) => stops <= 320).flatMap(({ gap }) => gap ?? [])
if (gaps.length > 0)
  console.log(
    `Up to 320 stops: mean gap ${(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toFixed(2)} %, worst ${Math.max(...gaps).toFixed(2)} %`,
  )
const file = option('json')
if (file) await writeFile(file, `${JSON.stringify({ seconds, seed, results }, null, 2)}\n`)
if (results.some(({ feasible }) => !feasible)) process.exitCode = 1
