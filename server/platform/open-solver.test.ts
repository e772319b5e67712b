import { expect, test } from 'vitest'
import { addColumn, addRow, emptyProgram } from '../../geodata/solving/linear-program.ts'
import { openSolver } from './open-solver.ts'

const solve = await openSolver()

test('whole columns are whole, and the bound meets the value that is proven', () => {
  const knapsack = emptyProgram('most')
  for (const worth of [60, 100, 120]) addColumn(knapsack, worth, { isWhole: true })
  addRow(knapsack, 0, 50, [
    [0, 10],
    [1, 20],
    [2, 30],
  ])
  const answer = solve(knapsack, { seconds: 10 })
  expect(answer.state).toBe('optimal')
  expect([...answer.values].map(Math.round)).toEqual([0, 1, 1])
  expect(answer.value).toBeCloseTo(220)
  expect(answer.bound).toBeCloseTo(220)
})

test('a program without columns that have to be whole takes parts', () => {
  const mixture = emptyProgram('most')
  for (const worth of [60, 100, 120]) addColumn(mixture, worth)
  addRow(mixture, 0, 50, [
    [0, 10],
    [1, 20],
    [2, 30],
  ])
  expect(solve(mixture, { seconds: 10 })).toMatchObject({ state: 'optimal', value: 240, bound: 240 })
})

test('what cannot be is said, not answered with values', () => {
  const program = emptyProgram('least')
  addColumn(program, 1, { isWhole: true })
  addRow(program, 2, 3, [[0, 1]])
  expect(solve(program, { seconds: 10 })).toMatchObject({ state: 'infeasible', values: new Float64Array(0) })
})

test('no time, no answer; the bound then proves nothing', () => {
  const program = emptyProgram('least')
  addColumn(program, 1, { isWhole: true })
  expect(solve(program, { seconds: 0 })).toMatchObject({ state: 'none', bound: Number.NEGATIVE_INFINITY })
})

test('a start that is given is not lost when the search is ended at once', () => {
  const program = emptyProgram('least')
  const n = 60
  for (let at = 0; at < n; at++) addColumn(program, 1 + ((at * 7) % 5), { isWhole: true })
  for (let row = 0; row < 120; row++)
    addRow(
      program,
      1,
      Number.POSITIVE_INFINITY,
      [...new Set([1, 3, 8, 21].map((step) => (row * step + step * step) % n))].map((at) => [at, 1] as const),
    )
  const all = new Array<number>(n).fill(1)
  const answer = solve(program, { seconds: 10, isOver: () => true, start: all })
  expect(['found', 'optimal']).toContain(answer.state)
  expect(answer.bound).toBeLessThanOrEqual(answer.value + 1e-6)
})
