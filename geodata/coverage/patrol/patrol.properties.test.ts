import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildGraph } from '../../network/build-graph.ts'
import { placeOn } from '../../network/find-path.ts'
import { at, road, someRoads } from '../../network/test-streets.ts'
import type { Ring } from '../../shared/geojson.ts'
import type { TimedLine } from '../../walks/draw-matched.ts'
import { CellClipper, type CellShape } from './cell-clipper.ts'
import { exposure, type WatchedHazard, watchedShare } from './hazard-exposure.ts'
import { type SiteRecord, siteFigures } from './site-figures.ts'
import { spreadMinutes } from './spread-minutes.ts'
import { linesOf } from './standing-lines.ts'
import { sumEffort } from './sum-effort.ts'
import { sumSites } from './sum-sites.ts'
import { walkedEdges } from './walked-edges.ts'

const box = (west: number, south: number, east: number, north: number): CellShape => {
  const ring: Ring = [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]
  return [[ring]]
}
const place = fc.tuple(fc.integer({ min: -10, max: 70 }), fc.integer({ min: -10, max: 70 }))
const someLines: fc.Arbitrary<TimedLine[]> = fc.array(
  fc.array(fc.tuple(place, fc.integer({ min: 0, max: 300 })), { minLength: 2, maxLength: 8 }).map((steps) => {
    let now = 0
    return steps.map(([[column, row], seconds]): TimedLine[number] => {
      now += seconds * 1000
      return [...at(column / 10, row / 10), now]
    })
  }),
  { maxLength: 5 },
)
/** Columns of a lattice, some of them with a hole, some missing. */
const someCells = fc
  .array(fc.record({ isThere: fc.boolean(), hasHole: fc.boolean() }), { minLength: 1, maxLength: 6 })
  .map((columns) =>
    columns.flatMap(({ isThere, hasHole }, column): CellShape[] =>
      isThere
        ? [
            [
              [
                ...box(column, 0, column + 1, 6)[0]!,
                ...(hasHole ? box(column + 0.3, 2, column + 0.6, 3)[0]! : []),
              ],
            ],
          ]
        : [],
    ),
  )
const ALWAYS = { from: 0, to: 1e9 }

test('effort in cells and outside adds up to all, also along borders, through holes and beyond every cell', () => {
  fc.assert(
    fc.property(someLines, someCells, (lines, shapes) => {
      const { cells, outside, total } = sumEffort(lines, ALWAYS, new CellClipper(shapes), shapes.length)
      for (const key of ['minutes', 'metres'] as const) {
        const sum = cells.reduce((all, cell) => all + cell[key], outside[key])
        expect(sum).toBeCloseTo(total[key], 6)
      }
      const spread = spreadMinutes(lines, ALWAYS).reduce((all, { minutes }) => all + minutes, 0)
      expect(spread).toBeCloseTo(total.minutes, 6)
    }),
    { seed: 11, numRuns: 150 },
  )
})

test('a segment is cut where a dense sample of it changes cells', () => {
  fc.assert(
    fc.property(place, place, someCells, ([a, b], [c, d], shapes) => {
      const clipper = new CellClipper(shapes)
      const [from, to] = [at(a / 10 + 0.013, b / 10 + 0.017), at(c / 10 + 0.011, d / 10 + 0.019)]
      const found = new Map(clipper.shares(from, to))
      const steps = 400
      const sampled = new Map<number | undefined, number>()
      for (let step = 0; step < steps; step++) {
        const share = (step + 0.5) / steps
        const cell = clipper.cellAt([
          from[0] + share * (to[0] - from[0]),
          from[1] + share * (to[1] - from[1]),
        ])
        sampled.set(cell, (sampled.get(cell) ?? 0) + 1 / steps)
      }
      for (const cell of new Set([...found.keys(), ...sampled.keys()]))
        expect(Math.abs((found.get(cell) ?? 0) - (sampled.get(cell) ?? 0))).toBeLessThan(0.02)
    }),
    { seed: 12, numRuns: 150 },
  )
})

test('a street that is the border of two cells is of both by half', () => {
  const clipper = new CellClipper([box(0, 0, 1, 2), box(1, 0, 2, 2)])
  expect(new Map(clipper.shares(at(1, 0), at(1, 2)))).toEqual(
    new Map([
      [0, 0.5],
      [1, 0.5],
    ]),
  )
  expect(new Map(clipper.shares(at(0.5, 1), at(2.5, 1)))).toEqual(
    new Map([
      [0, expect.closeTo(0.25, 6)],
      [1, expect.closeTo(0.5, 6)],
      [undefined, expect.closeTo(0.25, 6)],
    ]),
  )
})

test('effort of two times that follow each other adds up to that of both', () => {
  fc.assert(
    fc.property(someLines, someCells, fc.integer({ min: 1, max: 2_000_000 }), (lines, shapes, cut) => {
      const clipper = new CellClipper(shapes)
      const sum = (from: number, to: number) => sumEffort(lines, { from, to }, clipper, shapes.length)
      const [whole, before, after] = [sum(-1, 1e9), sum(-1, cut), sum(cut, 1e9)]
      expect(before.total.minutes + after.total.minutes).toBeCloseTo(whole.total.minutes, 6)
      for (const [cell, { minutes }] of whole.cells.entries())
        expect(before.cells[cell]!.minutes + after.cells[cell]!.minutes).toBeCloseTo(minutes, 6)
    }),
    { seed: 13, numRuns: 80 },
  )
})

test('what was walked of a street is the length of the union, as a dense sample of the edge has it', () => {
  const walk = fc.record({
    edge: fc.integer({ min: 0, max: 1000 }),
    spans: fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
  })
  fc.assert(
    fc.property(fc.boolean(), walk, (isLong, { spans }) => {
      const graph = buildGraph([
        isLong ? road(1, [0, 0], [5, 0]) : road(1, [0, 0], [1, 1]),
        road(2, [0, 3], [5, 3]),
      ])
      const lines = spans.map(
        ([from, to], at): TimedLine => [
          [...placeOn(graph, 0, from), at * 1000],
          [...placeOn(graph, 0, to), at * 1000 + 500],
        ],
      )
      const { edges, offStreetMetres } = walkedEdges(graph, lines, ALWAYS)
      const walked = (edges.get(0)?.walked ?? []).reduce((sum, [from, to]) => sum + to - from, 0)
      let sampled = 0
      for (let step = 0; step < 1000; step++) {
        const share = (step + 0.5) / 1000
        if (spans.some(([a, b]) => share >= Math.min(a, b) && share <= Math.max(a, b))) sampled += 1 / 1000
      }
      expect(Math.abs(walked - sampled)).toBeLessThan(0.006)
      expect(edges.has(1)).toBe(false)
      expect(offStreetMetres).toBe(0)
    }),
    { seed: 14, numRuns: 100 },
  )
})

test('no edge is walked beyond its length, and ways that no street leads along are told', () => {
  fc.assert(
    fc.property(someRoads(6), someLines, (roads, lines) => {
      const { edges } = walkedEdges(buildGraph(roads), lines, ALWAYS)
      for (const { walked } of edges.values()) {
        const sum = walked.reduce((all, [from, to]) => all + to - from, 0)
        expect(sum).toBeGreaterThanOrEqual(0)
        expect(sum).toBeLessThanOrEqual(1 + 1e-9)
      }
    }),
    { seed: 15, numRuns: 60 },
  )
  const away: TimedLine = [
    [...at(0, 0.5), 0],
    [...at(1, 0.5), 1000],
  ]
  expect(walkedEdges(buildGraph([road(1, [0, 0], [5, 0])]), [away], ALWAYS).offStreetMetres).toBeGreaterThan(
    90,
  )
})

test('whoever stands still, or leaves the streets, is somewhere: time with positions is all told, and no silence', () => {
  const fixes = [0, 50, 100, 150, 400, 430, 460].map((second) => [second * 1000, ...at(1, 1), Number.NaN])
  const way: TimedLine = [
    [...at(1, 1), 70_000],
    [...at(2, 1), 120_000],
  ]
  const told = (lines: TimedLine[]) =>
    sumEffort(linesOf({ lines, positions: Float64Array.from(fixes.flat()) }), ALWAYS, new CellClipper([]), 0)
  // 0 to 150 and 400 to 460 seconds.
  expect(told([way]).total.minutes).toBeCloseTo(210 / 60, 9)
  expect(told([]).total).toEqual({ minutes: expect.closeTo(210 / 60, 9), metres: 0 })
})

const moment = fc.integer({ min: 0, max: 1000 })
const spans = fc
  .array(fc.tuple(moment, fc.integer({ min: 1, max: 200 })), { maxLength: 4 })
  .map((list) => list.map(([from, lasts]): [number, number] => [from, from + lasts]))
/** Times apart from each other, in order. */
const openSpans = fc.uniqueArray(moment, { minLength: 2, maxLength: 6 }).map((ends) => {
  const sorted = ends.sort((a, b) => a - b)
  return sorted.flatMap((from, place): [number, number][] =>
    place % 2 === 0 && sorted[place + 1] !== undefined ? [[from, sorted[place + 1]!]] : [],
  )
})
const someHazards: fc.Arbitrary<WatchedHazard[]> = fc.array(
  fc.record({
    weight: fc.integer({ min: 1, max: 3 }),
    severity: fc.integer({ min: 1, max: 5 }),
    limit: fc.integer({ min: 1, max: 300 }),
    open: openSpans,
    visits: fc.array(moment, { maxLength: 8 }),
    unknown: spans,
  }),
  { maxLength: 5 },
)

test('exposure of two times that follow each other adds up to that of both; a border in time hides nothing', () => {
  fc.assert(
    fc.property(someHazards, moment, (hazards, cut) => {
      const [whole, before, after] = [
        exposure(hazards, { from: 0, to: 1000 }),
        exposure(hazards, { from: 0, to: cut }),
        exposure(hazards, { from: cut, to: 1000 }),
      ]
      expect(before.over + after.over).toBeCloseTo(whole.over, 6)
      expect(before.unknown + after.unknown).toBeCloseTo(whole.unknown, 6)
      expect(whole.unknown).toBeGreaterThanOrEqual(0)
    }),
    { seed: 16 },
  )
})

test('exposure is the time over the limit as counted moment by moment', () => {
  fc.assert(
    fc.property(someHazards, (hazards) => {
      let counted = 0
      for (const { weight, severity, limit, open, visits } of hazards)
        for (const [opened, closed] of open)
          for (let at = opened; at < closed; at++) {
            const last = Math.max(opened, ...visits.filter((visit) => visit <= at && visit >= opened))
            if (at + 0.5 - last > limit) counted += weight * severity
          }
      const sure = hazards.map((hazard) => ({ ...hazard, unknown: [] }))
      expect(exposure(sure, { from: 0, to: 1000 })).toEqual({ over: expect.closeTo(counted, 6), unknown: 0 })
    }),
    { seed: 17, numRuns: 60 },
  )
})

test('a hazard is watched, unknown or neither; closed ones are no part of it', () => {
  const hazard = { weight: 1, severity: 2, limit: 100, open: [[0, 2000] as const], visits: [], unknown: [] }
  const told = watchedShare(
    [
      { ...hazard, visits: [950] },
      { ...hazard, unknown: [[880, 960]] },
      { ...hazard, visits: [300] },
      { ...hazard, open: [[0, 900]] },
    ],
    { from: 0, to: 1000 },
  )
  expect(told).toEqual({ covered: 2, unknown: 2, all: 6 })
})

const SITE: SiteRecord = {
  weight: 1,
  visits: [],
  probable: 0,
  unknown: [],
  stops: { planned: 0, kept: 0, unknown: 0 },
  limit: 100,
  required: 4,
  open: undefined,
}
const H = { from: 0, to: 1000 }

test('what is unknown is never not visited: it takes from no figure, and is told beside it', () => {
  expect(siteFigures({ ...SITE, unknown: [[0, 1000]] }, H)).toMatchObject({
    state: 'unknown',
    meanIdle: undefined,
    frequency: 0,
    over: 0,
    unknownTime: 900,
  })
  const known = siteFigures({ ...SITE, visits: [500], unknown: [[200, 300]] }, H)
  // 0–200 and 300–500 are 100 over each, 500–1000 is 400 over; without the unknown it would be 400 and 400.
  expect(known).toMatchObject({ state: 'visited', over: 600, unknownTime: 200, frequency: 1 / 3 })
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 6 }), spans, (visits, unknown) => {
      const sure = siteFigures({ ...SITE, visits }, H)
      const told = siteFigures({ ...SITE, visits, unknown }, H)
      expect(told.state === 'unvisited').toBe(sure.state === 'unvisited' && unknown.length === 0)
      expect(told.over).toBeLessThanOrEqual(sure.over + 1e-9)
      expect(told.over + told.unknownTime).toBeCloseTo(sure.over, 9)
      expect(told.meanIdle ?? 0).toBeLessThanOrEqual(sure.meanIdle! + 1e-9)
      expect(told.frequency ?? 1).toBeGreaterThanOrEqual(sure.frequency! - 1e-9)
      const sum = (record: SiteRecord) => sumSites([{ record, figures: siteFigures(record, H) }])
      expect(sum({ ...SITE, visits, unknown }).compliance.value ?? 1).toBeGreaterThanOrEqual(
        sum({ ...SITE, visits }).compliance.value! - 1e-9,
      )
    }),
    { seed: 18 },
  )
})

test('a site is out of compliance only while it is open', () => {
  // Open 400–700 of 1000, never visited, limit 100: over from 100 on.
  const figures = siteFigures({ ...SITE, open: [[400, 700]] }, H)
  expect(figures).toMatchObject({ over: 300, openTime: 300 })
})

test('figures of sites by hand: weights, planned against achieved, adherence, and nothing of nothing', () => {
  const measured = (record: Partial<SiteRecord>) => {
    const whole = { ...SITE, ...record }
    return { record: whole, figures: siteFigures(whole, H) }
  }
  const told = sumSites([
    measured({ weight: 3, visits: [500], stops: { planned: 2, kept: 1, unknown: 0 } }),
    measured({ weight: 2, unknown: [[0, 10]], stops: { planned: 1, kept: 0, unknown: 1 } }),
    measured({ weight: 1, visits: [100, 900] }),
    measured({ weight: 4 }),
  ])
  expect(told).toMatchObject({
    sites: 4,
    states: { visited: 2, probable: 0, unknown: 1, unvisited: 1 },
    visits: 3,
    planned: { value: 0.5, part: 5, of: 10 },
    achieved: { value: 0.4, part: 4, of: 10 },
    unknown: { value: 0.2, part: 2, of: 10 },
    achievedOfPlanned: { value: 0.8, part: 4, of: 5 },
    adherence: { value: 1 / 3, part: 1, of: 3 },
    unknownStops: 1,
    isWorstMore: true,
  })
  // Means 250, 330 (10² + 800² + 100² … / 2000) and 500 by weights 3, 1 and 4; the unknown one is left out.
  expect(told.idleMeanHours! * 3_600_000).toBeCloseTo(
    (3 * 250 + (100 ** 2 + 800 ** 2 + 100 ** 2) / 2000 + 4 * 500) / 8,
    6,
  )
  expect(sumSites([])).toMatchObject({
    planned: { value: null },
    achieved: { value: null },
    adherence: { value: null },
    idleMeanHours: null,
    idleWorstHours: null,
    compliance: { value: null },
  })
})
