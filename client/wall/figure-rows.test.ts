import { expect, test } from 'vitest'
import type { WallHazard } from '../../geodata/walls/picture.schema.ts'
import { countHazards } from '../../geodata/walls/wall-figures.ts'
import { rowsOf } from './figure-rows.ts'

const NOW = Date.parse('2026-03-02T02:00:00Z')
const MINUTE = 60_000
const hazards = [NOW - 1, NOW, NOW + 120 * MINUTE, NOW + 120 * MINUTE + 1, null].map(
  (due, at): WallHazard => ({
    ...{ id: at + 1, lngLat: [121, 31], severity: 'medium', state: 'handling', title: `${at}` },
    ...{ reportedAt: '', since: '', gridCode: null, gridName: null, owner: at === 2 ? null : '城管中队' },
    dueAt: due === null ? null : new Date(due).toISOString(),
  }),
)
const alarms = { alarms: [], shelved: [] } as never

test('the rows behind a figure are as many as it says, at the edges of its times as well', () => {
  const rows = (id: Parameters<typeof rowsOf>[0]) => rowsOf(id, { hazards, alarms }, NOW)
  const counts = countHazards(
    hazards.map(({ dueAt, owner }) => ({ dueAt: dueAt === null ? null : Date.parse(dueAt), owner })),
    NOW,
  )
  expect(rows('overdue')).toHaveLength(counts.overdue)
  expect(rows('due-soon')).toHaveLength(counts.dueSoon)
  expect(rows('unassigned')).toHaveLength(counts.unassigned)
  expect(rows('open')).toHaveLength(counts.open)
  expect([counts.overdue, counts.dueSoon, counts.unassigned]).toEqual([1, 2, 1])
})

test('what the picture has no rows of is not shown as none', () => {
  expect(rowsOf('new-today', { hazards, alarms }, NOW)).toBeUndefined()
  expect(rowsOf('coverage-today', { hazards, alarms }, NOW)).toBeUndefined()
})
