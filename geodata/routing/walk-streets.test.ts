import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../demo/random.ts'
import { checkWalk } from './check-walk.ts'
import type { StreetsProblem, StreetWalks } from './streets-problem.ts'
import { walkStreets } from './walk-streets.ts'

const solve = (problem: StreetsProblem, seed = 1) => walkStreets(problem, { seed })
const street = (from: number, to: number, metres: number, isRequired = true) => ({
  from,
  to,
  metres,
  isRequired,
})

/** The least metres on the way only: every street walked 0, 1 or 2 times besides, even at each node, and joined. */
function leastDeadHead({ nodeCount, streets, start }: StreetsProblem): number {
  let best = Number.POSITIVE_INFINITY
  const times = streets.map(() => 0)
  const isWhole = () => {
    const degree = new Array<number>(nodeCount).fill(0)
    const group = degree.map((_, node) => node)
    const touched = new Set(start === undefined ? [] : [start])
    for (const [at, { from, to, isRequired }] of streets.entries()) {
      const walked = times[at]! + (isRequired ? 1 : 0)
      degree[from]! += walked
      degree[to]! += walked
      if (walked === 0) continue
      touched.add(from).add(to)
      const [old, joined] = [group[from]!, group[to]!]
      for (const [node, own] of group.entries()) if (own === old) group[node] = joined
    }
    return (
      degree.every((count) => count % 2 === 0) && new Set([...touched].map((node) => group[node])).size <= 1
    )
  }
  const choose = (at: number, metres: number) => {
    if (metres >= best) return
    if (at === streets.length) {
      if (isWhole()) best = metres
      return
    }
    for (let count = 0; count <= 2; count++) {
      times[at] = count
      choose(at + 1, metres + count * streets[at]!.metres)
    }
    times[at] = 0
  }
  choose(0, 0)
  return best
}

/** Any streets: loops, several between two nodes, of no length, in parts that hang together or not. */
const anyProblem = (most: number) =>
  fc.integer({ min: 1, max: 6 }).chain((nodeCount) =>
    fc.record({
      nodeCount: fc.constant(nodeCount),
      streets: fc.array(
        fc.record({
          from: fc.nat(nodeCount - 1),
          to: fc.nat(nodeCount - 1),
          metres: fc.integer({ min: 0, max: 50 }),
          isRequired: fc.boolean(),
        }),
        { maxLength: most },
      ),
      start: fc.option(fc.nat(nodeCount - 1), { nil: undefined }),
      walkers: fc.integer({ min: 1, max: 4 }),
    }),
  )

test('whatever the streets are, the walks are whole and what is not reached is told', () => {
  fc.assert(
    fc.property(anyProblem(14), fc.nat(), (problem, seed) => {
      const found = solve(problem, seed)
      expect(checkWalk(problem, found)).toEqual([])
      expect(solve(problem, seed)).toEqual(found)
    }),
    { numRuns: 400, seed: 1 },
  )
})

test('one walk over streets that hang together is the shortest there is', () => {
  fc.assert(
    fc.property(anyProblem(8), (drawn) => {
      const problem = {
        ...drawn,
        streets: drawn.streets.map((own) => ({ ...own, isRequired: true })),
        walkers: 1,
      }
      const found = solve(problem)
      if (found.unreached.length > 0) return
      expect(found.isExact).toBe(true)
      expect(found.walks[0]!.deadHeadMetres).toBe(leastDeadHead(problem))
    }),
    { numRuns: 200, seed: 1 },
  )
})

test('where only some streets are to be walked, the walk is never below the least, and is it nearly always', () => {
  let cases = 0
  let best = 0
  fc.assert(
    fc.property(anyProblem(8), (drawn) => {
      const problem = { ...drawn, walkers: 1 }
      const found = solve(problem)
      if (found.unreached.length > 0) return
      const least = leastDeadHead(problem)
      const own = found.walks[0]!.metres - found.walks[0]!.deadHeadMetres
      expect(found.walks[0]!.deadHeadMetres).toBeGreaterThanOrEqual(least)
      expect(found.boundMetres).toBeLessThanOrEqual(own + least)
      if (found.isExact) expect(found.walks[0]!.deadHeadMetres).toBe(least)
      cases++
      if (found.walks[0]!.deadHeadMetres === least) best++
    }),
    { numRuns: 300, seed: 1 },
  )
  expect(cases).toBeGreaterThan(100)
  expect(best / cases).toBeGreaterThan(0.97)
})

/** Blocks of 100 by 80 metres. */
function blocks(columns: number, rows: number): StreetsProblem {
  const streets: StreetsProblem['streets'][number][] = []
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const node = row * columns + column
      if (column + 1 < columns) streets.push(street(node, node + 1, 100))
      if (row + 1 < rows) streets.push(street(node, node + columns, 80))
    }
  return { nodeCount: columns * rows, streets }
}

test('the six odd corners of 4 by 3 corners are paired crosswise, not each with its likeness', () => {
  // Two in the middle of each long side, one of each short side. Likes: 100 + 100 + 300. Each short side's with one above
  // it, 100 + 80 twice, and the two below, 100: less.
  const found = solve(blocks(4, 3))
  expect(found.walks[0]!.metres - found.walks[0]!.deadHeadMetres).toBe(3 * 300 + 4 * 160)
  expect(found.walks[0]!.deadHeadMetres).toBe(460)
})

test('a dead end is walked in and out, and a ring once', () => {
  const found = solve({
    nodeCount: 4,
    streets: [street(0, 1, 10), street(1, 2, 10), street(2, 0, 10), street(2, 3, 7)],
  })
  expect(found.walks[0]).toMatchObject({ metres: 44, deadHeadMetres: 7 })
})

test('streets apart are joined by the shorter of two ways, there and back', () => {
  const problem = {
    nodeCount: 6,
    streets: [
      ...[street(0, 1, 5), street(0, 1, 5), street(2, 3, 5), street(2, 3, 5)],
      ...[
        street(1, 2, 100, false),
        street(1, 4, 30, false),
        street(4, 5, 30, false),
        street(5, 2, 30, false),
      ],
    ],
  }
  expect(solve(problem)).toMatchObject({ walks: [{ metres: 200, deadHeadMetres: 180 }], boundMetres: 20 })
})

test('a start off the streets to be walked is walked to and back', () => {
  const streets = [street(0, 1, 40, false), street(1, 2, 5), street(2, 1, 5)]
  const found = solve({ nodeCount: 3, streets, start: 0 })
  expect(found.walks[0]).toMatchObject({ metres: 90, deadHeadMetres: 80 })
  expect(found.walks[0]!.steps[0]!.street).toBe(0)
})

test('no street, a single one, a loop and a street of no length have an answer', () => {
  const none = {
    walks: [{ steps: [], metres: 0, deadHeadMetres: 0 }],
    unreached: [],
    boundMetres: 0,
    isExact: true,
  }
  expect(solve({ nodeCount: 0, streets: [] })).toEqual(none)
  expect(solve({ nodeCount: 2, streets: [street(0, 1, 9, false)], start: 1 })).toEqual(none)
  expect(solve({ nodeCount: 2, streets: [street(0, 1, 9)] }).walks[0]).toMatchObject({ metres: 18 })
  expect(solve({ nodeCount: 1, streets: [street(0, 0, 9)] }).walks[0]).toMatchObject({ metres: 9 })
  expect(solve({ nodeCount: 2, streets: [street(0, 1, 0)] }).walks[0]!.steps).toHaveLength(2)
})

test('a part that cannot be reached is told: from the start, or the part with fewer metres', () => {
  const streets = [street(0, 1, 10), street(2, 3, 50), street(4, 4, 20, false)]
  expect(solve({ nodeCount: 5, streets })).toMatchObject({ unreached: [0], walks: [{ metres: 100 }] })
  expect(solve({ nodeCount: 5, streets, start: 0 })).toMatchObject({
    unreached: [1],
    walks: [{ metres: 20 }],
  })
  expect(solve({ nodeCount: 5, streets, start: 4 })).toMatchObject({
    unreached: [0, 1],
    walks: [{ metres: 0 }],
  })
})

test('hostile figures are refused in words', () => {
  expect(() => solve({ nodeCount: 2, streets: [street(0, 2, 1)] })).toThrow('Street 0 has the node 2')
  expect(() => solve({ nodeCount: 2, streets: [street(0, 1, -1)] })).toThrow('-1 metres')
  expect(() => solve({ nodeCount: 2, streets: [street(0, 1, Number.NaN)] })).toThrow('NaN metres')
  expect(() => solve({ nodeCount: 2, streets: [], start: 2 })).toThrow('The start is node 2')
  expect(() => solve({ nodeCount: 2, streets: [], walkers: 0 })).toThrow('0 walkers')
})

test('four petals round a post are shared one each by four walkers, evenly', () => {
  const petals = [1, 2, 3, 4].flatMap((node) => [street(0, node, 60), street(node, 0, 40)])
  const found = solve({ nodeCount: 5, streets: petals, start: 0, walkers: 4 })
  expect(found.walks.map(({ metres }) => metres)).toEqual([100, 100, 100, 100])
  expect(found.boundMetres).toBe(100)
})

test('walkers of 90 blocks share them within a quarter of the bound, also without a start', () => {
  for (const start of [undefined, 44]) {
    const problem = { ...blocks(10, 10), start, walkers: 4 }
    const found = solve(problem)
    expect(checkWalk(problem, found)).toEqual([])
    const longest = Math.max(...found.walks.map(({ metres }) => metres))
    expect(longest / found.boundMetres).toBeLessThan(1.25)
  }
})

test('a search that is over at once still gives whole walks', () => {
  const problem = { ...blocks(6, 6), start: 0, walkers: 3 }
  expect(checkWalk(problem, walkStreets(problem, { seed: 1, isOver: () => true }))).toEqual([])
})

test('the checker finds each kind of fault', () => {
  const problem: StreetsProblem = {
    nodeCount: 5,
    streets: [street(0, 1, 10), street(1, 0, 10), street(1, 2, 5, false)],
    start: 0,
  }
  const step = (of: number, isBackward = false, isDeadHead = false) => ({
    street: of,
    isBackward,
    isDeadHead,
  })
  const kinds = (
    steps: StreetWalks['walks'][number]['steps'],
    more: Partial<StreetWalks> = {},
    metres = 20,
  ) =>
    checkWalk(problem, {
      walks: [{ steps, metres, deadHeadMetres: 0 }],
      unreached: [],
      boundMetres: 0,
      isExact: false,
      ...more,
    }).map(({ kind }) => kind)
  expect(kinds([step(0), step(1)])).toEqual([])
  expect(kinds([step(1, true), step(0, true)])).toEqual([])
  expect(kinds([step(0), step(1, true)])).toEqual(['gap', 'not-closed'])
  expect(kinds([step(1), step(0)])).toEqual(['not-at-start'])
  expect(kinds([step(0), step(1), step(0), step(0, true, true)], {}, 40)).toEqual(['metres', 'twice'])
  expect(kinds([step(0), step(0, true, true)])).toEqual(['metres', 'missing'])
  expect(kinds([step(0), step(2), step(2, true, true), step(1)], {}, 30)).toEqual(['not-required', 'metres'])
  expect(kinds([step(0), step(1)], { unreached: [0] })).toEqual(['twice', 'reachable'])
  expect(kinds([step(0), step(1)], { unreached: [2] })).toEqual(['unknown'])
  expect(kinds([step(0), step(1)], { boundMetres: 21 })).toEqual(['bound'])
  expect(kinds([step(0), step(1)], { walks: [] })).toContain('walkers')
  expect(kinds([step(7), step(0), step(1)])).toEqual(['unknown'])
})

test('300 streets of any shape with several walkers keep their sums', () => {
  const random = createRandom(3)
  const streets = Array.from({ length: 300 }, () =>
    street(random.int(0, 150), random.int(0, 150), random.between(0, 300), random.chance(0.7)),
  )
  const problem = { nodeCount: 151, streets, start: 0, walkers: 5 }
  expect(checkWalk(problem, solve(problem))).toEqual([])
})
