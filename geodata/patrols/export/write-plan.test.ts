import { expect, test } from 'vitest'
import { type PlanInput, planInputSchema } from '../plan.schema.ts'
import type { WalkedPlan } from '../walked-plan.ts'
import { writeGpx } from './write-gpx.ts'
import { fold, writeIcs } from './write-ics.ts'
import { writeKml } from './write-kml.ts'
import { writePlanGeoJson } from './write-plan-geojson.ts'

const hours = { from: '2026-11-22T22:00:00+08:00', to: '2026-11-23T02:00:00+08:00' }
const uuid = (number: number) => `00000000-0000-4000-8000-00000000000${number}`
const NASTY = '<b>“王府井”&"夜市"\\; 一, 二\n三'

function walkedPlan(more: Partial<PlanInput> = {}): WalkedPlan {
  const plan = planInputSchema.parse({
    name: NASTY,
    ...hours,
    teams: [{ id: 'A', name: '甲组', ...hours }],
    rounds: [
      {
        id: uuid(1),
        teamId: 'A',
        stops: [
          { id: uuid(2), checkpointId: 7, lngLat: [120.1, 31.1], dwellMinutes: 5 },
          { id: uuid(3), checkpointId: null, lngLat: [120.2, 31.2], dwellMinutes: 0 },
        ],
        legs: ['street', 'street', 'free'],
      },
    ],
    unserved: [{ checkpointId: 8, reason: 'time' }],
    ...more,
  })
  const [round] = plan.rounds
  const at = (minute: string) => `2026-11-22T14:${minute}:00.000Z`
  return {
    plan: { ...plan, updatedAt: '2026-11-22T01:02:03.456Z', version: 4, id: 9 },
    rounds: [
      {
        round: round!,
        team: plan.teams[0]!,
        coordinates: [
          [120.1, 31.1],
          [120.15, 31.1],
          [120.2, 31.2],
        ],
        timed: {
          metres: 1234.5,
          walkSeconds: 1,
          dwellSeconds: 1,
          waitSeconds: 0,
          breakSeconds: 0,
          breakAfterStops: undefined,
          startsAt: at('00'),
          endsAt: at('40'),
          stops: [
            { arrivesAt: at('05'), startsAt: at('05'), leavesAt: at('10') },
            { arrivesAt: at('30'), startsAt: at('30'), leavesAt: at('30') },
          ],
          conflicts: [],
        },
      },
    ],
    sites: new Map([
      [7, { name: '东门 & 西门 <二>', lngLat: [120.1, 31.1] }],
      [8, { name: '河边', lngLat: [120.3, 31.3] }],
    ]),
  }
}

test('GeoJSON has the way, the stops in order with their times, and what nobody visits', () => {
  const { features, ...rest } = JSON.parse(writePlanGeoJson(walkedPlan()))
  expect(rest).toMatchObject({ type: 'FeatureCollection', planId: 9, planVersion: 4 })
  expect(features.map(({ properties }: { properties: object }) => properties)).toMatchObject([
    { kind: 'round', team: '甲组', metres: 1235 },
    { kind: 'stop', position: 1, name: '东门 & 西门 <二>', arrivesAt: '2026-11-22T14:05:00.000Z' },
    { kind: 'stop', position: 2, name: 'A2', checkpointId: null },
    { kind: 'unserved', name: '河边', reason: 'time' },
  ])
})

test('names with marks of their own break neither XML nor the calendar', () => {
  for (const text of [writeGpx(walkedPlan()), writeKml(walkedPlan())]) {
    expect(text).toContain('东门 &amp; 西门 &lt;二&gt;')
    expect(text).not.toMatch(/<b>|&(?!amp;|lt;|gt;|quot;)/)
  }
  const lines = writeIcs(walkedPlan()).replaceAll('\r\n ', '').split('\r\n')
  expect(lines).toContain('SUMMARY:<b>“王府井”&"夜市"\\\\\\; 一\\, 二\\n三 · 甲组')
  expect(lines).toContain('DTSTART:20261122T140000Z')
  expect(lines).toContain('DTSTAMP:20261122T010203Z')
  expect(lines).toContain('DESCRIPTION:22:05–22:10 东门 & 西门 <二>')
  expect(lines.at(-1)).toBe('')
  expect(lines.every((line) => !/[\r\n]/.test(line))).toBe(true)
})

test('a line of a calendar is at most 75 octets, and no character is cut', () => {
  for (const line of ['x'.repeat(75), 'x'.repeat(76), '网格'.repeat(100), `${'a'.repeat(73)}😀😀`]) {
    const folded = fold(line)
    expect(folded.replaceAll('\r\n ', '')).toBe(line)
    for (const part of folded.split('\r\n')) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75)
  }
  expect(fold('x'.repeat(75))).not.toContain('\r\n')
})

test('a round without stops is an empty one in every format', () => {
  const walked = walkedPlan()
  const [one] = walked.rounds
  const empty: WalkedPlan = {
    ...walked,
    rounds: [
      {
        ...one!,
        round: { ...one!.round, stops: [], legs: ['street'] },
        timed: { ...one!.timed, stops: [] },
        coordinates: [],
      },
    ],
  }
  expect(writeGpx(empty)).toContain('<trkseg></trkseg>')
  expect(writeIcs(empty)).not.toContain('LOCATION')
  expect(writeKml(empty)).not.toContain('LineString')
  expect(JSON.parse(writePlanGeoJson(empty)).features).toHaveLength(1)
})
