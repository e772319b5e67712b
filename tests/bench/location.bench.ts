import { writeFile } from 'node:fs/promises'
import { cheapestCover } from '../../geodata/siting/cheapest-cover.ts'
import { coverSets } from '../../geodata/siting/cover-sets.ts'
import { nearestMetres, type SitingProblem } from '../../geodata/siting/siting-problem.ts'
import { solveCentre } from '../../geodata/siting/solve-centre.ts'
import { solveMedian } from '../../geodata/siting/solve-median.ts'
import { solveMostCovered } from '../../geodata/siting/solve-most-covered.ts'
import { openSolver } from '../../server/platform/open-solver.ts'
import { option, say } from './bench-options.ts'
import { readLocation } from './read-location.ts'

/**
 * npm run bench:location -- FOLDER [--seconds 10] [--seed 1] [--json OUT]
 * Where to put sites, by the product's own solvers: p-median and p-centre of every pmed*.txt, and what spopt expects of San
 * Francisco (LSCP, MCLP, p-median, p-centre). What an answer is worth is added up anew from its sites.
 */
const seconds = Number(option('seconds') ?? 10)
const seed = Number(option('seed') ?? 1)
if (!(seconds > 0)) throw new Error(`--seconds is ${option('seconds')}, a number above 0 was expected`)
const { pmed, spopt, faults } = await readLocation(process.argv[2])
const solve = await openSolver()

interface Found {
  sites: Iterable<number>
  bound: number
  isProven: boolean
}
const results: object[] = []
let isRight = true

function run(
  name: string,
  model: string,
  size: string,
  expected: number | undefined,
  find: (limits: { seed: number; isOver: () => boolean; secondsLeft: () => number }) => Found,
  worth: (sites: number[]) => number,
  isExact = false,
) {
  const started = performance.now()
  const spent = () => (performance.now() - started) / 1000
  const secondsLeft = () => seconds - spent()
  const found = find({ seed, secondsLeft, isOver: () => secondsLeft() <= 0 })
  const time = spent()
  const sites = [...found.sites]
  const value = worth(sites)
  const gap =
    expected === undefined ? null : (100 * Math.abs(value - expected)) / Math.max(1e-9, Math.abs(expected))
  const stated = (100 * Math.abs(value - found.bound)) / Math.max(1e-9, Math.abs(value))
  if (isExact && (gap === null || gap > 1e-9)) isRight = false
  console.log(
    `${name.padEnd(20)} ${model.padEnd(9)} ${size.padStart(14)}  ${value}  ${expected === undefined ? '' : `optimum ${expected}  `}` +
      `gap ${gap === null ? '—' : `${gap.toFixed(3)} %`}  ${found.isProven ? 'proven' : `not proven, at most ${stated.toFixed(3)} %`}  ${time.toFixed(2)} s`,
  )
  results.push({
    name,
    model,
    value,
    optimum: expected ?? null,
    gap,
    bound: found.bound,
    statedGap: stated,
    proven: found.isProven,
    seconds: time,
    sites,
  })
}

const sumOf = (problem: SitingProblem) => (sites: number[]) =>
  nearestMetres(problem, sites).reduce((sum, metres, at) => sum + metres * problem.weights[at]!, 0)
const worstOf = (problem: SitingProblem) => (sites: number[]) =>
  nearestMetres(problem, sites).reduce((worst, metres) => Math.max(worst, metres), 0)

for (const { name, problem: read, median, centre } of pmed) {
  const { n, p, metres } = read
  const problem = problemOf(n, n, metres, new Float64Array(n).fill(1), p)
  const size = `n ${n} p ${p}`
  run(name, 'p-median', size, median, (limits) => solveMedian(problem, limits), sumOf(problem))
  run(name, 'p-centre', size, centre, (limits) => solveCentre(problem, solve, limits), worstOf(problem))
}
for (const { name, problem: read } of spopt) {
  const { metres, weights, siteNames, demandNames, withinMetres, p, expected } = read
  const problem = problemOf(demandNames.length, siteNames.length, metres, weights, p)
  const size = `n ${demandNames.length} p ${p}`
  const { mclp, p_median, p_center, lscp } = expected
  const covered = (sites: number[]) =>
    nearestMetres(problem, sites).reduce(
      (sum, far, at) => (far <= withinMetres ? sum + weights[at]! : sum),
      0,
    )
  const asMost = (limits: Parameters<typeof solveMostCovered>[3]) =>
    solveMostCovered(problem, withinMetres, solve, limits)
  run(name, 'MCLP', size, mclp.covered_population, asMost, covered, true)
  run(
    name,
    'p-median',
    size,
    p_median.weighted_distance,
    (limits) => solveMedian(problem, limits),
    sumOf(problem),
    true,
  )
  run(
    name,
    'p-centre',
    size,
    p_center.max_distance,
    (limits) => solveCentre(problem, solve, limits),
    worstOf(problem),
    true,
  )
  const sets = coverSets({ ...problem, limit: siteNames.length }, withinMetres, [])
  const ones = siteNames.map(() => 1)
  const asAll = (limits: Parameters<typeof solveMostCovered>[3]): Found => {
    const { columns, price, bound } = cheapestCover(sets, ones, solve, {
      ...limits,
      seconds: limits.secondsLeft(),
    })
    return { sites: columns.map((column) => sets.sites[column]!), bound, isProven: bound >= price }
  }
  run(name, 'LSCP', `n ${demandNames.length}`, lscp.min_sites, asAll, (sites) => sites.length, true)
}

for (const fault of faults) say(fault)
const file = option('json')
if (file) await writeFile(file, `${JSON.stringify({ seconds, seed, faults, results }, null, 2)}\n`)
if (faults.length > 0 || !isRight) process.exitCode = 1

function problemOf(
  demands: number,
  sites: number,
  metres: Float64Array,
  weights: Float64Array,
  limit: number,
): SitingProblem {
  return {
    demands,
    sites,
    metres,
    weights,
    prices: new Float64Array(sites).fill(1),
    isKept: new Uint8Array(sites),
    limit,
  }
}
