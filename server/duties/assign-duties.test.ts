import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AssignQuestion, assignDuties } from '../../geodata/duties/assign-duties.ts'
import { countMissing } from '../../geodata/duties/count-missing.ts'
import { openSolver } from '../platform/open-solver.ts'

const solve = await openSolver()
const LIMITS = { seconds: 20 }

interface Judged {
  count: number
  greatest: number
  cost: number
}

const NO_WAY = 50_000
const costOf = (question: AssignQuestion, holderOf: ArrayLike<number>): Judged | undefined => {
  const { households, holderNow, keptTargets, keptHouseholds, maxTargets, maxHouseholds, metres } = question
  const targets = [...keptTargets]
  const homes = [...keptHouseholds]
  let [count, cost] = [0, 0]
  for (const [target, size] of households.entries()) {
    const holder = holderOf[target]!
    if (holder < 0) continue
    targets[holder]! += 1
    homes[holder]! += size
    count += 1
    cost += Math.min(metres[holder * households.length + target]!, NO_WAY)
    if (holderNow[target]! >= 0 && holderNow[target] !== holder) cost += question.changeMetres
  }
  const isWithin = targets.every(
    (number, holder) =>
      // What somebody has too much of already stays as it is, but grows no more.
      (number <= maxTargets || number === keptTargets[holder]) &&
      (maxHouseholds === null || homes[holder]! <= maxHouseholds || homes[holder] === keptHouseholds[holder]),
  )
  const byHomes = households.some((size) => size > 0)
  return isWithin ? { count, cost, greatest: Math.max(...(byHomes ? homes : targets)) } : undefined
}

function* everyAssignment(targets: number, holders: number): Generator<number[]> {
  for (let number = 0; number < (holders + 1) ** targets; number++) {
    let rest = number
    yield Array.from({ length: targets }, () => {
      const holder = (rest % (holders + 1)) - 1
      rest = Math.floor(rest / (holders + 1))
      return holder
    })
  }
}

const someQuestion = (prefer: AssignQuestion['prefer']): fc.Arbitrary<AssignQuestion> =>
  fc
    .record({ targets: fc.integer({ min: 1, max: 5 }), holders: fc.integer({ min: 1, max: 3 }) })
    .chain(({ targets, holders }) => {
      const list = (max: number, length: number, min = 0) =>
        fc.array(fc.integer({ min, max }), { minLength: length, maxLength: length })
      return fc.record({
        households: list(9, targets),
        holderNow: list(holders - 1, targets, -1),
        keptTargets: list(1, holders),
        keptHouseholds: list(4, holders),
        maxTargets: fc.integer({ min: 1, max: 3 }),
        maxHouseholds: fc.option(fc.integer({ min: 4, max: 20 })),
        prefer: fc.constant(prefer),
        changeMetres: fc.integer({ min: 0, max: 300 }),
        metres: list(1000, targets * holders).map((metres) =>
          Float64Array.from(metres, (value) => (value > 950 ? Number.POSITIVE_INFINITY : value)),
        ),
      })
    })

test('as many as any assignment covers, within every limit, and then at the least cost of all', () => {
  fc.assert(
    fc.property(someQuestion('near'), (question) => {
      const { holderOf, isProven } = assignDuties(question, solve, LIMITS)
      const found = costOf(question, holderOf)
      expect(found).toBeDefined()
      expect(isProven).toBe(true)
      let best: Judged = { count: -1, cost: 0, greatest: 0 }
      for (const other of everyAssignment(question.households.length, question.keptTargets.length)) {
        const judged = costOf(question, other)
        if (judged && (judged.count > best.count || (judged.count === best.count && judged.cost < best.cost)))
          best = judged
      }
      expect(found!.count).toBe(best.count)
      expect(found!.cost).toBeCloseTo(best.cost, 4)
    }),
    { seed: 6, numRuns: 60 },
  )
})

test('even: no assignment of as many has a greatest load that is smaller by more than two in a hundred', () => {
  fc.assert(
    fc.property(someQuestion('even'), (question) => {
      const found = costOf(question, assignDuties(question, solve, LIMITS).holderOf)!
      let least = Number.POSITIVE_INFINITY
      for (const other of everyAssignment(question.households.length, question.keptTargets.length)) {
        const judged = costOf(question, other)
        if (judged?.count === found.count) least = Math.min(least, judged.greatest)
      }
      expect(found.greatest).toBeLessThanOrEqual(least * 1.02 + 1e-9)
    }),
    { seed: 7, numRuns: 40 },
  )
})

test('nobody to hand anything to, and nothing to hand out, are answers', () => {
  const empty = {
    households: [],
    holderNow: [],
    keptTargets: [0],
    keptHouseholds: [0],
    maxTargets: 1,
    maxHouseholds: null,
    prefer: 'near',
    changeMetres: 0,
    metres: new Float64Array(0),
  } satisfies AssignQuestion
  expect([...assignDuties(empty, solve, LIMITS).holderOf]).toEqual([])
  const nobody = { ...empty, households: [5], holderNow: [-1], keptTargets: [], keptHouseholds: [] }
  expect([...assignDuties(nobody, solve, LIMITS).holderOf]).toEqual([-1])
})

test('many targets are offered to the nearest, and to more of them as long as some are left over', () => {
  const [targets, holders] = [420, 50]
  const question: AssignQuestion = {
    households: new Array<number>(targets).fill(1),
    holderNow: new Array<number>(targets).fill(-1),
    keptTargets: new Array<number>(holders).fill(0),
    keptHouseholds: new Array<number>(holders).fill(0),
    maxTargets: 9,
    maxHouseholds: null,
    prefer: 'near',
    changeMetres: 0,
    // All are nearest to the same few.
    metres: Float64Array.from({ length: targets * holders }, (_, at) => Math.floor(at / targets) * 10),
  }
  const { holderOf } = assignDuties(question, solve, LIMITS)
  expect(costOf(question, holderOf)).toMatchObject({ count: targets })
})

test('people who are missing: fewer than “at least” cannot do, and “enough” can', () => {
  const limits = { targets: 2, households: 10 }
  expect(countMissing([], limits, { all: 0, spare: 0, isLeast: true })).toBeNull()
  // 6 + 6 + 6 do not fit by twos, so three people, though two could hold three targets.
  expect(countMissing([6, 6, 6], limits, { all: 18, spare: 0, isLeast: true })).toEqual({
    atLeast: 2,
    enough: 3,
  })
  // What is over the limit alone is nobody's.
  expect(countMissing([11], limits, { all: 0, spare: 0, isLeast: true })).toBeNull()
  expect(
    countMissing([1, 1, 1, 1, 1], { targets: 2, households: null }, { all: 5, spare: 0, isLeast: true }),
  ).toEqual({ atLeast: 3, enough: 3 })
})
