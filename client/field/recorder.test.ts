import { expect, test } from 'vitest'
import type { WalkEntryInput } from '../../geodata/walks/walk.schema.ts'
import { createRecorder } from './recorder.ts'

const ROUND = { planId: 7, roundId: '6d1f4a6e-7f57-4e0b-9b5b-6d2a0f7f1a11' }
const START = Date.parse('2026-11-22T20:00:00+08:00')
const at = (seconds: number, metresNorth = 0) => ({
  lngLat: [121.5, 31.2 + metresNorth / 111_195] as [number, number],
  accuracyMetres: 8,
  at: START + seconds * 1000,
})

function recording() {
  const kept = new Map<string, { points: number; isOpen: boolean }>()
  const recorder = createRecorder(ROUND, async (entry: WalkEntryInput, isOpen) => {
    if (entry.kind === 'position') kept.set(entry.id, { points: entry.points.length, isOpen })
  })
  return { recorder, kept: () => [...kept.values()] }
}

test('every position is kept as it comes, not first when a minute is full', async () => {
  const { recorder, kept } = recording()
  await recorder.add(at(0))
  expect(kept()).toEqual([{ points: 1, isOpen: true }])
  await recorder.add(at(10, 12))
  expect(kept()).toEqual([{ points: 2, isOpen: true }])
})

test('a phone that tells the same place many times a second does not fill itself', async () => {
  const { recorder, kept } = recording()
  for (let tick = 0; tick < 100; tick++) await recorder.add(at(tick / 50))
  expect(kept()).toEqual([{ points: 1, isOpen: true }])
})

test('a position from before the last is left out: tracks do not go back in time', async () => {
  const { recorder, kept } = recording()
  await recorder.add(at(20))
  await recorder.add(at(5, 100))
  expect(kept()).toEqual([{ points: 1, isOpen: true }])
})

test('after a minute what was gathered is sent, and the next minute is another entry', async () => {
  const { recorder, kept } = recording()
  for (let second = 0; second <= 90; second += 10) await recorder.add(at(second, second))
  expect(kept()).toEqual([
    { points: 7, isOpen: false },
    { points: 3, isOpen: true },
  ])
  await recorder.close()
  await recorder.close()
  expect(kept().every(({ isOpen }) => !isOpen)).toBe(true)
})
