import { expect, test } from 'vitest'
import type { Around } from '../../geodata/walks/around.schema.ts'
import { ApiError } from '../api/request.ts'
import { type AroundKeeper, type Arounds, keepAround } from './keep-around.ts'

const HOUR = 3_600_000
const AROUND: Around = { type: 'FeatureCollection', features: [], isCut: false }
const of = (roundId: string, version = 1) => ({ roundId, plan: { id: 1, version, name: '', note: '' } })

function phone() {
  const asked: string[] = []
  const is = { online: true, full: false }
  let kept: Arounds | undefined
  const keeper: AroundKeeper = {
    read: async () => kept,
    async write(arounds) {
      if (is.full) throw new DOMException('full', 'QuotaExceededError')
      kept = arounds
    },
    async ask(_planId, roundId) {
      asked.push(roundId)
      if (!is.online) throw new ApiError(0, 'unreachable', 'unreachable')
      return AROUND
    },
  }
  return { keeper, asked, is, kept: () => kept }
}

test('streets are asked for once for a version of a plan, and again after half a day', async () => {
  const { keeper, asked } = phone()
  await keepAround([of('a'), of('b')], keeper, 0)
  await keepAround([of('a'), of('b')], keeper, HOUR)
  expect(asked).toEqual(['a', 'b'])
  await keepAround([of('a', 2), of('b')], keeper, HOUR)
  expect(asked).toEqual(['a', 'b', 'a'])
  await keepAround([of('a', 2), of('b')], keeper, 12.5 * HOUR)
  expect(asked).toEqual(['a', 'b', 'a', 'b'])
})

test('without a network those of before stay, also of a plan that has changed, and a round without any is no failure', async () => {
  const { keeper, is } = phone()
  await keepAround([of('a')], keeper, 0)
  is.online = false
  const arounds = await keepAround([of('a', 2), of('b')], keeper, 1)
  expect(arounds).toEqual({ a: { planVersion: 1, at: 0, around: AROUND } })
})

test('a round that is over takes its streets off the phone; a full phone still shows them', async () => {
  const { keeper, is, kept } = phone()
  await keepAround([of('a'), of('b')], keeper, 0)
  await keepAround([of('b')], keeper, 1)
  expect(Object.keys(kept() ?? {})).toEqual(['b'])
  is.full = true
  expect(Object.keys(await keepAround([of('b'), of('c')], keeper, 2))).toEqual(['b', 'c'])
  expect(Object.keys(kept() ?? {})).toEqual(['b'])
})
