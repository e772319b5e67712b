import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BorderProblem, type BorderWalk, walkBorder } from './walk-border.ts'

/** When a walk passes a place, told from its ends, its length and the sense alone. */
function passes(walk: BorderWalk, place: number, { metres, metresPerMinute, isBackward }: BorderProblem) {
  const way = isBackward ? walk.startMetres - place : place - walk.startMetres
  const times: number[] = []
  for (let ahead = ((way % metres) + metres) % metres; ahead < walk.metres; ahead += metres)
    times.push(walk.from + ahead / (metresPerMinute / 60))
  return times
}

test('any place is passed at the gaps of the closed form, over the changes of shift too', () => {
  fc.assert(
    fc.property(
      fc.record({
        metres: fc.integer({ min: 200, max: 5000 }),
        walkers: fc.integer({ min: 1, max: 5 }),
        metresPerMinute: fc.integer({ min: 30, max: 100 }),
        from: fc.integer({ min: -1000, max: 1000 }),
        startMetres: fc.integer({ min: -9000, max: 9000 }),
        isBackward: fc.boolean(),
        shiftSeconds: fc.integer({ min: 600, max: 9000 }),
      }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (drawn, share) => {
        const laps = 3
        const seconds = (laps * drawn.metres) / (drawn.metresPerMinute / 60)
        const problem = { ...drawn, to: drawn.from + seconds }
        const { walks, worstIdleSeconds, meanIdleSeconds } = walkBorder(problem)
        // A pass at the moment of a change belongs to both shifts or, by rounding, to neither: keep clear of them.
        const place = drawn.metres * share * 0.999
        const isAtChange = walks.some(({ endMetres, startMetres }) =>
          [endMetres, startMetres].some(
            (at) => Math.abs(at - place) < 1e-3 || Math.abs(at - place) > drawn.metres - 1e-3,
          ),
        )
        if (isAtChange) return
        const times = walks.flatMap((walk) => passes(walk, place, problem)).sort((a, b) => a - b)
        expect(times).toHaveLength(laps * drawn.walkers)
        const gaps = times.slice(1).map((time, at) => time - times[at]!)
        for (const gap of gaps) expect(gap).toBeCloseTo(worstIdleSeconds, 5)
        expect(worstIdleSeconds).toBeCloseTo(seconds / laps / drawn.walkers, 5)
        if (gaps.length === 0) return
        // The time since the last pass grows from 0 to the gap: its mean is Σ gap² / 2 Σ gap.
        const sum = gaps.reduce((total, gap) => total + gap, 0)
        const squares = gaps.reduce((total, gap) => total + gap * gap, 0)
        expect(meanIdleSeconds).toBeCloseTo(squares / (2 * sum), 5)
      },
    ),
    { numRuns: 200, seed: 1 },
  )
})

test('three walkers of a border of 2.1 km pass every 10 minutes, in three shifts of eight hours', () => {
  const found = walkBorder({
    metres: 2100,
    walkers: 3,
    metresPerMinute: 70,
    from: 0,
    to: 86_400,
    shiftSeconds: 28_800,
  })
  expect(found.worstIdleSeconds).toBe(600)
  expect(found.meanIdleSeconds).toBe(300)
  expect(found.walks).toHaveLength(9)
  expect(found.walks[1]).toMatchObject({ walker: 1, shift: 0, startMetres: 700, metres: 33_600, laps: 16 })
  expect(found.walks[8]).toMatchObject({ walker: 2, shift: 2, from: 57_600, to: 86_400 })
})

test('each is relieved where the shift ends, and the last shift is cut off', () => {
  const { walks } = walkBorder({
    metres: 1000,
    walkers: 2,
    metresPerMinute: 60,
    from: 0,
    to: 1500,
    shiftSeconds: 700,
  })
  expect(walks.map(({ from, to }) => [from, to])).toEqual([
    ...[
      [0, 700],
      [0, 700],
      [700, 1400],
      [700, 1400],
      [1400, 1500],
      [1400, 1500],
    ],
  ])
  for (const walk of walks.slice(2))
    expect(walk.startMetres).toBe(
      walks.find((own) => own.walker === walk.walker && own.shift === walk.shift - 1)!.endMetres,
    )
})

test('no border, nobody, no pace and no time are refused in words', () => {
  const problem = { metres: 100, walkers: 1, metresPerMinute: 60, from: 0, to: 60 }
  expect(() => walkBorder({ ...problem, metres: 0 })).toThrow('The border has 0 metres')
  expect(() => walkBorder({ ...problem, walkers: 0.5 })).toThrow('0.5 walkers')
  expect(() => walkBorder({ ...problem, metresPerMinute: Number.NaN })).toThrow('The pace is NaN')
  expect(() => walkBorder({ ...problem, to: 0 })).toThrow('The time is 0')
  expect(() => walkBorder({ ...problem, shiftSeconds: 0 })).toThrow('A shift has 0')
  expect(() => walkBorder({ ...problem, shiftSeconds: 1e-9 })).toThrow('100000 walks or fewer')
  expect(() => walkBorder({ ...problem, startMetres: Number.POSITIVE_INFINITY })).toThrow(
    'The start is at Infinity',
  )
})
