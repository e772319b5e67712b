import { expect, test } from 'vitest'
import { type SitingParams, sitingParamsSchema } from '../../../geodata/siting/siting.schema.ts'
import { askFor, hasSource, initialParams, LIMITS, limitBy, limitOf, readParams } from './read-params.ts'

test('whatever is chosen in the form can be asked: no way of limiting contradicts another choice', () => {
  const aims: SitingParams['aim'][] = ['cover-all', 'least-worst', 'cover-most', 'cover-all', 'least-mean']
  for (const existing of ['keep', 'move', 'ignore'] as const)
    for (const limit of LIMITS) {
      let params = limitBy({ ...initialParams(), existing }, 'number')
      for (const aim of aims) {
        params = askFor(params, aim)
        if (limit !== 'need' || aim === 'cover-all') params = limitBy(params, limit)
        expect(sitingParamsSchema.safeParse(params).success, JSON.stringify(params)).toBe(true)
      }
    }
})

test('a budget survives another question; covering everyone starts without a limit', () => {
  const budget = limitBy(initialParams(), 'budget')
  expect(limitOf(askFor({ ...budget, budget: 77 }, 'least-mean'))).toBe('budget')
  expect(limitOf(askFor(budget, 'cover-all'))).toBe('need')
  expect(limitOf(askFor(askFor(budget, 'cover-all'), 'cover-most'))).toBe('number')
})

test('a link with parameters that do not fit opens the usual question', () => {
  expect(readParams({ aim: 'cover-most', kinds: ['no such kind'] })).toEqual(initialParams())
  expect(hasSource(initialParams())).toBe(true)
  expect(hasSource(readParams({ ...initialParams(), candidates: {} }))).toBe(false)
})
