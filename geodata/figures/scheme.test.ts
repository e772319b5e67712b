import { expect, test } from 'vitest'
import { INDICATOR_IDS } from './indicators.ts'
import { schemeSchema } from './scheme.schema.ts'
import { overallOf, placesOf, SCHEMES, scoreOf, starsOf } from './scheme.ts'

const of = (numerator: number, denominator: number) => ({ numerator, denominator })

test('Jinniu’s score by hand: what is better low counts as one minus its share', () => {
  const { points, known } = scoreOf(SCHEMES.jinniu.components, {
    handling: of(18, 20),
    'handling-in-time': of(15, 20),
    rework: of(1, 10),
    'overdue-open': of(2, 8),
    extended: of(4, 20),
  })
  // 0.9 × 30 + 0.75 × 20 + 0.9 × 20 + 0.75 × 20 + 0.8 × 10
  expect(points).toBeCloseTo(27 + 15 + 18 + 15 + 8, 9)
  expect(known).toBe(1)
})

test('nothing closed is neither no rework nor all: its weight goes to what is known, and that is told', () => {
  const { points, known } = scoreOf(SCHEMES.jinniu.components, {
    handling: of(18, 20),
    'handling-in-time': of(15, 20),
    rework: of(0, 0),
    'overdue-open': of(2, 8),
    extended: of(4, 20),
  })
  expect(points).toBeCloseTo(((27 + 15 + 15 + 8) / 80) * 100, 9)
  expect(known).toBeCloseTo(0.8, 9)
})

test('an area of which less than half of the weight is known has no score instead of a good one', () => {
  expect(scoreOf(SCHEMES.jinniu.components, { 'overdue-open': of(0, 3), extended: of(0, 0) })).toEqual({
    points: null,
    known: 0.2,
  })
  expect(scoreOf(SCHEMES.jinniu.components, {}).points).toBeNull()
})

test('Kunshan’s index by hand: three parts, one overall, five stars', () => {
  const { components, parts, stars } = SCHEMES.kunshan
  const ratios = {
    // 1 × 40 + 0.9 × 30 + 0.8 × 30 = 91
    industry: { handling: of(10, 10), 'handling-in-time': of(9, 10), 'overdue-open': of(1, 5) },
    // 0.8 × 40 + 0.6 × 30 + 0.5 × 30 = 65
    construction: { handling: of(8, 10), 'handling-in-time': of(6, 10), 'overdue-open': of(2, 4) },
    // 0.9 × 40 + 0.9 × 30 + 0.6 × 30 = 81
    fire: { handling: of(9, 10), 'handling-in-time': of(9, 10), 'overdue-open': of(2, 5) },
  }
  const scored = parts.map(({ id, weight }) => ({ weight, score: scoreOf(components, ratios[id]) }))
  expect(scored.map(({ score }) => starsOf(score.points, stars))).toEqual([5, 2, 4])
  const { points } = overallOf(scored)
  // (91 × 30 + 65 × 30 + 81 × 40) / 100
  expect(points).toBeCloseTo(79.2, 9)
  expect(starsOf(points, stars)).toBe(3)
})

test('a part without a case is left out of the overall index, which says how much of it is known', () => {
  const whole = { points: 80, known: 1 }
  const nothing = { points: null, known: 0 }
  expect(
    overallOf([
      { weight: 30, score: whole },
      { weight: 30, score: nothing },
      { weight: 40, score: { points: 60, known: 0.7 } },
    ]),
  ).toEqual({ points: (80 * 30 + 60 * 40) / 70, known: 0.58 })
})

test('stars go by the points as they are shown, and no points are no star', () => {
  const { stars } = SCHEMES.kunshan
  expect([0, 59.94, 59.96, 89.94, 89.96, 100].map((points) => starsOf(points, stars))).toEqual([
    1, 1, 2, 4, 5, 5,
  ])
  expect(starsOf(null, stars)).toBeNull()
  expect(starsOf(99, [])).toBeNull()
})

test('equal points share a place, the next one is left out, and nobody without points has one', () => {
  expect(placesOf([80, null, 90.01, 90.04, 70])).toEqual([3, null, 1, 1, 4])
})

test('the rankings that come with the product fit what an administrator may save', () => {
  for (const scheme of Object.values(SCHEMES)) expect(schemeSchema.parse(scheme)).toEqual(scheme)
  expect(INDICATOR_IDS).toContain('rework')
})

test('weights that are all nought, parts that come twice stars that fall and patrols by hazard are refused', () => {
  const { jinniu, kunshan } = SCHEMES
  const refused = [
    { ...jinniu, components: [{ indicator: 'handling', weight: 0 }] },
    { ...jinniu, components: [...jinniu.components, ...jinniu.components] },
    { ...kunshan, parts: [...kunshan.parts, ...kunshan.parts] },
    { ...kunshan, stars: [90, 80] },
    { ...jinniu, components: [{ indicator: 'happiness', weight: 1 }] },
    { ...kunshan, components: [{ indicator: 'patrol-visited', weight: 1 }] },
  ]
  for (const scheme of refused) expect(schemeSchema.safeParse(scheme).success).toBe(false)
})
