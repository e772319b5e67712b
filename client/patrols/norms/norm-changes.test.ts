import { expect, test } from 'vitest'
import type { VisitNorm } from '../../../geodata/patrols/norm.schema.ts'
import { changeNorm, takenBack, withChanges } from './norm-changes.ts'

const norm = (risk: VisitNorm['risk'], intervalMinutes: number): VisitNorm => ({
  siteType: 'school',
  risk,
  intervalMinutes,
  graceMinutes: 60,
  serviceMinutes: 20,
  example: true,
})
const stored = [norm('low', 1440), norm('high', 720)]

test('a figure put back to what is stored is no change, and leaves the others of its norm', () => {
  const one = changeNorm({}, stored[0]!, 'intervalMinutes', 600)
  const two = changeNorm(one, stored[0]!, 'graceMinutes', 0)
  expect(changeNorm(two, stored[0]!, 'intervalMinutes', 1440)).toEqual({ 'school low': { graceMinutes: 0 } })
  expect(changeNorm(one, stored[0]!, 'intervalMinutes', 1440)).toEqual({})
})

test('only what was changed is an example no more', () => {
  const changed = withChanges(stored, { 'school high': { serviceMinutes: 5 } })
  expect(changed).toEqual([stored[0], { ...stored[1], serviceMinutes: 5, example: false }])
})

test('taking back leaves what someone else changed since', () => {
  const changes = { 'school low': { intervalMinutes: 600, graceMinutes: 0 } }
  const now = [{ ...stored[0]!, intervalMinutes: 600, graceMinutes: 30, example: false }, norm('high', 5)]
  expect(takenBack(changes, stored, now)).toEqual({ 'school low': { intervalMinutes: 1440 } })
})
