import { expect, test } from 'vitest'
import type { LimitInput } from '../../api/cases.ts'
import { countChanges, faultOf, type LimitDraft } from './limit-rows.ts'

const limit: LimitInput = {
  clock: 'handle',
  category: null,
  severity: 'high',
  kind: 'working-days',
  amount: 3,
}
const row = (id: string, part: Partial<LimitDraft> = {}): LimitDraft => ({ ...limit, id, ...part })

test('two limits of the same clock, category and severity contradict each other, whatever their kinds', () => {
  expect(faultOf([row('a'), row('b', { kind: 'urgent-hours' })])).toEqual({ id: 'b', fault: 'twice' })
  expect(faultOf([row('a'), row('b', { severity: null })])).toBeUndefined()
  const category = { standard: 'local', kind: 'local' as const, code: 'L0001' }
  expect(faultOf([row('a'), row('b', { category })])).toBeUndefined()
})

test('a limit of nothing would be late at once', () => {
  expect(faultOf([row('a', { amount: 0 })])).toEqual({ id: 'a', fault: 'amount' })
  expect(faultOf([row('a', { amount: '' })])).toEqual({ id: 'a', fault: 'amount' })
})

test('a row that moved to another severity is one taken away and one added', () => {
  expect(countChanges([limit], [row('a')])).toBe(0)
  expect(countChanges([limit], [row('a', { amount: 4 })])).toBe(1)
  expect(countChanges([limit], [])).toBe(1)
  expect(countChanges([limit], [row('a', { severity: 'low' })])).toBe(2)
})
