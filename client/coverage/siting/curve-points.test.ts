import { expect, test } from 'vitest'
import type { SitingResult } from '../../../geodata/siting/siting.schema.ts'
import { curvePoints } from './curve-points.ts'

const step = (limit: number, covered: number, meanMetres: number | null) =>
  ({
    limit,
    measures: { covered, unreached: 0, meanMetres, worstMetres: null },
  }) as SitingResult['steps'][number]

test('heights begin at nothing: twice as much stands twice as high', () => {
  const points = curvePoints({
    aim: 'cover-most',
    steps: [step(0, 50, null), step(1, 75, null), step(4, 100, null)],
  })
  expect(points.map(({ x, y }) => [x, y])).toEqual([
    [0, 0.5],
    [0.25, 0.75],
    [1, 1],
  ])
})

test('a step that reaches nobody has no mean, so no point; the others keep their numbers', () => {
  const points = curvePoints({ aim: 'least-mean', steps: [step(0, 0, null), step(1, 0, 300)] })
  expect(points).toEqual([{ step: 1, value: 300, x: 0.5, y: 1 }])
  expect(curvePoints({ aim: 'least-worst', steps: [step(0, 0, 3)] })).toEqual([])
})

test('where nothing is covered by anything the curve lies on the ground', () => {
  expect(
    curvePoints({ aim: 'cover-most', steps: [step(0, 0, null), step(2, 0, null)] }).map(({ y }) => y),
  ).toEqual([0, 0])
})
