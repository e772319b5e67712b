import { expect, test } from 'vitest'
import { answerSiting, type SitingQuestion } from '../../geodata/siting/answer-siting.ts'
import { smallProblem } from '../../geodata/siting/test-siting.ts'
import { openSolver } from '../platform/open-solver.ts'

const solve = await openSolver()
const answer = (question: Partial<SitingQuestion> & Pick<SitingQuestion, 'problem'>) =>
  answerSiting(
    {
      aim: 'cover-most',
      withinMetres: 100,
      limit: 3,
      curve: () => [1, 2, 3, 4],
      seconds: 20,
      seed: 1,
      ...question,
    },
    { solve, clock: () => 0, isStopped: () => false, progress: () => undefined },
  )

test('a curve never falls: one more site covers no less, and none is worse than what fewer do', () => {
  for (const aim of ['cover-most', 'least-mean', 'least-worst'] as const) {
    const { steps, chosen } = answer({ aim, problem: smallProblem(11, { demands: 40, sites: 12 }) })
    expect(steps.map(({ limit }) => limit)).toEqual([1, 2, 3, 4])
    expect(chosen).toBe(2)
    for (const [at, step] of steps.entries()) {
      const before = steps[at - 1]
      expect(step.isProven).toBe(true)
      expect(step.price).toBeLessThanOrEqual(step.limit)
      if (before)
        expect(
          aim === 'cover-most' ? step.value - before.value : before.value - step.value,
        ).toBeGreaterThanOrEqual(0)
    }
  }
})

test('who no street leads to is left out and named; the rest is answered all the same', () => {
  const problem = smallProblem(4, { demands: 6, sites: 4 })
  for (let site = 0; site < 4; site++) problem.metres[site * 6 + 2] = Number.POSITIVE_INFINITY
  problem.weights.fill(1)
  const { isBeyond, steps, chosen } = answer({ aim: 'least-mean', problem })
  expect([...isBeyond]).toEqual([0, 0, 1, 0, 0, 0])
  expect(steps[chosen]!.measures.unreached).toBe(0)
  expect(steps[chosen]!.measures.meanMetres).toBeLessThan(400)
})

test('of two islands both get a site before any way gets shorter', () => {
  const far = Number.POSITIVE_INFINITY
  const problem = {
    ...smallProblem(1, { demands: 4, sites: 3 }),
    metres: Float64Array.of(0, 500, 500, far, 500, 0, 0, far, far, far, far, 900),
    weights: Float64Array.of(9, 9, 9, 1),
  }
  for (const aim of ['least-mean', 'least-worst'] as const) {
    const { steps, chosen } = answer({ aim, problem, limit: 2, curve: () => [1] })
    expect(steps[chosen]!.sites).toContain(2)
    expect(steps[chosen]!.measures.unreached).toBe(0)
    expect(steps[0]!.measures.unreached).toBeGreaterThan(0)
  }
})

test('a budget that cannot cover everything is told what it would take, and spent on covering the most', () => {
  const problem = {
    ...smallProblem(1, { demands: 3, sites: 3 }),
    metres: Float64Array.of(0, 900, 900, 900, 0, 900, 900, 900, 0),
    weights: Float64Array.of(1, 5, 3),
    prices: Float64Array.of(10, 20, 30),
  }
  const { coverAll, steps, chosen } = answer({ aim: 'cover-all', problem, limit: 40, curve: () => [] })
  expect(coverAll).toEqual({ price: 60, bound: 60 })
  expect(steps[chosen]).toMatchObject({ sites: [0, 1], price: 30, value: 6 })
  const enough = answer({ aim: 'cover-all', problem, limit: 100, curve: () => [] })
  expect(enough.steps[enough.chosen]).toMatchObject({ price: 60, sites: [0, 1, 2], measures: { covered: 9 } })
})

test('a budget of one price pays for whole sites, and one site is the best of all that were tried', () => {
  const problem = smallProblem(23, { demands: 30, sites: 10 })
  problem.prices.fill(7)
  for (const aim of ['cover-most', 'least-mean', 'least-worst'] as const) {
    const { steps } = answer({ aim, problem, limit: 20, curve: () => [10, 14] })
    expect(steps.map(({ price }) => price <= 14)).toEqual([true, true, true])
    expect(steps.every(({ isProven }) => isProven)).toBe(true)
    const counted = { ...problem, prices: new Float64Array(10).fill(1) }
    const asCount = answer({ aim, problem: counted, limit: 2, curve: () => [1] })
    expect(steps.map(({ value }) => value)).toEqual([0, 1, 1].map((at) => asCount.steps[at]!.value))
    const each = [...Array(10).keys()].map((site) =>
      answer({
        aim,
        problem: { ...counted, isKept: new Uint8Array(10).fill(1, site, site + 1) },
        limit: 0,
        curve: () => [],
      }),
    )
    const values = each.map((one) => one.steps[0]!.value)
    expect(steps[0]!.value).toBeCloseTo(aim === 'cover-most' ? Math.max(...values) : Math.min(...values), 6)
  }
})

test('without money and without sites that stand there is nothing to choose', () => {
  expect(answer({ problem: smallProblem(2), aim: 'least-mean', limit: 0, curve: () => [] })).toMatchObject({
    steps: [],
    chosen: -1,
  })
})
