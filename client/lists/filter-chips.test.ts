import { expect, test } from 'vitest'
import { HAZARD_STATES } from '../../geodata/hazards/hazard.schema.ts'
import { startI18n } from '../ui/i18n.ts'

// Texts of features can only be added once there is a place for them.
await startI18n('en')
const { chipsOf } = await import('./filter-chips.tsx')

/** Says keys and their words as they came. */
const texts = {
  t: (key: string, words?: object) => (words ? `${key} ${JSON.stringify(words)}` : key),
  lang: 'en',
  enums: (_group: string, value: unknown) => String(value),
} as unknown as Parameters<typeof chipsOf>[2]

const open = HAZARD_STATES.filter((state) => state !== 'closed' && state !== 'rejected')

test('all states but two are one chip that names the two, not nine chips', () => {
  const [chip, ...more] = chipsOf('hazards', { state: open, q: 'fire' }, texts)
  expect(more).toHaveLength(1)
  expect(chip!.label).toContain('rejected, closed')
  expect(chip!.label).not.toContain(open[0])
  expect(chip!.without).toEqual({ state: undefined, q: 'fire' })
})

test('a few states are a chip each, and taking one away leaves the others', () => {
  const chips = chipsOf('hazards', { state: open.slice(0, 2) }, texts)
  expect(chips).toHaveLength(2)
  expect(chips[0]!.without).toEqual({ state: [open[1]] })
})

test('of three values two are told as two: what is left out would be as long', () => {
  const chips = chipsOf('checkpoints', { state: ['high', 'low'] }, texts)
  expect(chips.map(({ key }) => key)).toEqual(['state high', 'state low'])
})
