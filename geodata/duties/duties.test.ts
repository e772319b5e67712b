import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generateDemo } from '../demo/generate-demo.ts'
import { writeDuties } from '../demo/write-duties.ts'
import { dutyChangesSchema, dutyPutSchema } from './duty.schema.ts'
import { groupShops } from './group-shops.ts'
import { middleOf, spreadOut } from './middle-of.ts'
import { splitRow } from './split-row.ts'
import { type DutyTarget, sumDuties } from './sum-duties.ts'
import { type StreetPiece, traceStreets } from './trace-streets.ts'

describe('duties as they are sent', () => {
  const duty = { id: null, version: null, role: 'grid-head', layer: 'grids', feature: 1, holder: '网格长 01' }
  test('a role is held for its layers, for days in order, by somebody', () => {
    expect(dutyPutSchema.safeParse(duty).success).toBe(true)
    for (const bad of [
      { layer: 'buildings' },
      { holder: ' ' },
      { holder: 'a\u0000' },
      { id: 3 },
      { since: '2026-02-02', until: '2026-02-01' },
      { feature: 0 },
    ])
      expect(dutyPutSchema.safeParse({ ...duty, ...bad }).success, JSON.stringify(bad)).toBe(false)
  })
  test('one duty is not changed and deleted at once', () => {
    const put = { ...duty, id: 7, version: 1 }
    expect(dutyChangesSchema.safeParse({ puts: [put], deletes: [{ id: 8, version: 1 }] }).success).toBe(true)
    expect(dutyChangesSchema.safeParse({ puts: [put], deletes: [{ id: 7, version: 1 }] }).success).toBe(false)
    expect(dutyChangesSchema.safeParse({ puts: [put, put] }).success).toBe(false)
  })
})

describe('what is covered', () => {
  const target = (households: number | null, ...holders: string[]): DutyTarget => ({
    layer: 'buildings',
    id: 1,
    code: null,
    name: null,
    households,
    buildings: 1,
    squareMetres: 0,
    lngLat: [120, 31],
    holders,
  })
  test('gaps, doubles and loads add up; what two hold counts for both', () => {
    const limits = { targets: 1, households: 50 }
    const sum = sumDuties(
      'building-leader',
      'buildings',
      [target(40, '甲'), target(30, '甲', '乙'), target(20), target(null)],
      limits,
    )
    expect(sum).toMatchObject({ targets: 4, covered: 2, gaps: 2, several: 1, households: 90 })
    expect(sum).toMatchObject({ householdsUncovered: 20, holders: 2, meanTargets: 1.5, maxHouseholds: 70 })
    expect(sum.imbalance).toBeCloseTo(70 / 50)
    expect(sum.loads.map(({ holder, isOver }) => [holder, isOver])).toEqual([
      ['甲', true],
      ['乙', false],
    ])
  })
  test('without anybody there is no mean, and imbalance by number where nobody lives', () => {
    const limits = { targets: 1, households: null }
    expect(sumDuties('building-leader', 'buildings', [target(5)], limits)).toMatchObject({
      meanTargets: null,
      imbalance: null,
    })
    const empty = [target(0, '甲'), target(0, '甲'), target(0, '甲'), target(0, '乙')]
    expect(sumDuties('building-leader', 'buildings', empty, limits).imbalance).toBe(1.5)
  })
  test('the middle is nearest to all, and newcomers begin far from each other', () => {
    const places = [0, 10, 20, 90, 100].map((x) => [x, 0] as const)
    expect(middleOf(places, [0, 1, 2])).toBe(1)
    expect(middleOf(places, [])).toBe(-1)
    expect(spreadOut(places, [0, 1, 2, 3, 4], [2], 2)).toEqual([4, 0])
    expect(spreadOut(places, [0, 3], [], 1)).toEqual([0])
  })
})

describe('rows of shops', () => {
  const limits = { least: 8, wanted: 10, most: 12 }
  test('every size is in the band where any cut can make it so, and as few as can be are left over', () => {
    const canBe = (n: number): boolean =>
      n === 0 || [8, 9, 10, 11, 12].some((size) => size <= n && canBe(n - size))
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 70 }), (steps) => {
        const places = steps.map((_, at) => steps.slice(0, at).reduce((a, b) => a + b, 0))
        const sizes = splitRow(places, limits)
        expect(sizes.reduce((a, b) => a + b, 0)).toBe(places.length)
        expect(Math.max(...sizes)).toBeLessThanOrEqual(12)
        const left = sizes.filter((size) => size < 8).reduce((a, b) => a + b, 0)
        let least = 0
        while (!canBe(places.length - least)) least += 1
        expect(left).toBe(least)
      }),
      { seed: 8, numRuns: 60 },
    )
  })
  test('cuts come where the gaps are', () => {
    const places = Array.from({ length: 18 }, (_, at) => at * 10 + (at >= 8 ? 100 : 0))
    const even = Array.from({ length: 18 }, (_, at) => at * 10)
    expect(splitRow(even, { least: 8, wanted: 9, most: 10 })).toEqual([9, 9])
    // No gap is worth leaving anybody over.
    expect(splitRow(places, { least: 9, wanted: 9, most: 10 })).toEqual([9, 9])
    expect(splitRow(places, { least: 4, wanted: 8, most: 10 })).toEqual([8, 10])
    expect(splitRow([], limits)).toEqual([])
  })
})

describe('streets', () => {
  const piece = (
    id: number,
    name: string | null,
    isMain: boolean,
    ...points: [number, number][]
  ): StreetPiece => ({
    id,
    name,
    isMain,
    points,
  })
  test('a street goes straight on through a crossing, and neither turns off nor takes another name', () => {
    const streets = traceStreets([
      piece(1, '南街', false, [0, 0], [100, 0]),
      piece(2, '南街', false, [200, 5], [100, 0]),
      piece(3, '南街', false, [100, 0], [100, 80]),
      piece(4, '北街', false, [200, 5], [300, 5]),
    ])
    expect(streets.map(({ pieces }) => pieces.map(({ piece, back }) => [piece, back]))).toContainEqual([
      [0, false],
      [1, true],
    ])
    expect(streets).toHaveLength(3)
  })
  test('a ring is one street, each piece once', () => {
    const ring = traceStreets([
      piece(1, '环', false, [0, 0], [50, 0], [50, 50]),
      piece(2, '环', false, [50, 50], [0, 50], [0, 0]),
    ])
    expect(ring).toHaveLength(1)
    expect(ring[0]!.metres).toBeCloseTo(200)
  })

  const shopsAlong = (count: number, from: number, y: number, address: string | null = null) =>
    Array.from({ length: count }, (_, at) => ({ at: [from + at * 10, y] as const, address }))
  const limits = { least: 8, wanted: 10, most: 12, frontMetres: 40, gapMetres: 60 }
  test('groups do not cross a main road, and on one they keep to their side', () => {
    const lane = [
      piece(1, '巷', false, [0, 0], [100, 0]),
      piece(2, '巷', false, [100, 0], [200, 0]),
      piece(3, '大道', true, [100, -90], [100, 0]),
      piece(4, '大道', true, [100, 0], [100, 90]),
    ]
    const shops = [...shopsAlong(9, 5, 12, '巷1号'), ...shopsAlong(9, 105, -12, '巷2号')]
    const { groups, offStreet } = groupShops(shops, lane, limits)
    expect(offStreet).toEqual([])
    expect(groups.map(({ shops }) => shops.length)).toEqual([9, 9])
    for (const { shops: members, leader } of groups) {
      const xs = members.map((shop) => shops[shop]!.at[0])
      expect(Math.max(...xs) < 100 || Math.min(...xs) > 100).toBe(true)
      expect(xs).toEqual([...xs].sort((a, b) => a - b))
      expect(leader).toBe(members[4])
    }
    const main = [piece(1, '大道', true, [0, 0], [200, 0])]
    const sides = groupShops([...shopsAlong(9, 5, 12), ...shopsAlong(9, 5, -12)], main, limits)
    expect(sides.groups.map(({ shops }) => Math.max(...shops) < 9 || Math.min(...shops) >= 9)).toEqual([
      true,
      true,
    ])
    // The two sides of a lane are neighbours.
    const both = groupShops(
      [...shopsAlong(5, 5, 12), ...shopsAlong(5, 5, -12)],
      [piece(1, '巷', false, [0, 0], [200, 0])],
      limits,
    )
    expect(both.groups).toHaveLength(1)
  })
  test('what is left over goes on round a corner, to no more than the most, and never over a main road', () => {
    const corner = (isMain: boolean) => [
      piece(1, '东路', false, [0, 0], [0, 200]),
      piece(2, '南街', false, [0, 0], [200, 0]),
      piece(3, '大道', isMain, [-50, -50], [60, 60]),
    ]
    const up = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ at: [8, 30 + at * 10] as const, address: null }))
    const shops = [...up(5), ...shopsAlong(4, 30, 8)]
    const { groups } = groupShops(shops, corner(false), limits)
    expect(groups).toMatchObject([{ street: '东路、南街', shops: [4, 3, 2, 1, 0, 5, 6, 7, 8], leader: 0 }])
    expect(groups[0]!.metres).toBeCloseTo(40 + Math.hypot(22, 22) + 30)
    expect(groupShops(shops, corner(true), limits).groups).toHaveLength(2)
    expect(groupShops([...up(7), ...shopsAlong(6, 30, 8)], corner(false), limits).groups).toHaveLength(2)
  })
  test('a shop is on the street of its address; far from every street it is on none', () => {
    const corner = [piece(1, '东路', false, [0, 0], [0, 200]), piece(2, '南街', false, [0, 0], [200, 0])]
    const { groups, offStreet } = groupShops(
      [
        { at: [5, 20], address: '南街3号' },
        { at: [5, 25], address: null },
        { at: [100, 100], address: '南街9号' },
      ],
      corner,
      limits,
    )
    expect(groups.map(({ street, shops }) => [street, shops])).toEqual([['东路、南街', [1, 0]]])
    expect(offStreet).toEqual([2])
  })
})

test('the demo area has somebody for nearly everything, the same each time, and gaps that are no accident', () => {
  const demo = generateDemo({ buildings: 1000 })
  const duties = writeDuties(demo)
  expect(writeDuties(demo)).toEqual(duties)
  const homes = demo.buildings.filter(({ properties }) => Number(properties.households) > 0).length
  const shares = {
    'area-staff': demo['micro-grids'].length,
    'micro-grid-head': demo['micro-grids'].length,
    'building-leader': homes,
    'second-leader': homes,
  }
  for (const [role, all] of Object.entries(shares)) {
    const held = duties.filter((duty) => duty.role === role)
    expect(new Set(held.map(({ sourceId }) => sourceId)).size, role).toBe(held.length)
    expect(held.length / all, role).toBeGreaterThan(0.6)
    expect(held.length, role).toBeLessThan(all)
  }
})
