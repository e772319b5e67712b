import { INDICATORS, type IndicatorId, type Ratio, shareOf } from './indicators.ts'
import type { Category, Scheme } from './scheme.schema.ts'

const FIRE: Category[] = [
  { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '01013' },
  { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '01054' },
  { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '09012' },
  { standard: 'local', kind: 'local', code: 'L0003' },
]
const CONSTRUCTION: Category[] = [
  { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06001' },
  { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06036' },
]
const INDUSTRY: Category[] = [
  { standard: 'local', kind: 'local', code: 'L0001' },
  { standard: 'local', kind: 'local', code: 'L0002' },
]

/**
 * Rankings until an administrator changes them. The weights of the first are those of Chengdu Jinniu as read; the parts of
 * the second are Kunshan's, its weights and the categories of each part are examples.
 */
export const SCHEMES = {
  jinniu: {
    name: { zh: '处置效能得分', en: 'Handling score' },
    components: [
      { indicator: 'handling', weight: 30 },
      { indicator: 'handling-in-time', weight: 20 },
      { indicator: 'rework', weight: 20 },
      { indicator: 'overdue-open', weight: 20 },
      { indicator: 'extended', weight: 10 },
    ],
    parts: [],
    stars: [],
  },
  kunshan: {
    name: { zh: '“1+3” 安全指数', en: '“1+3” safety index' },
    components: [
      { indicator: 'handling', weight: 40 },
      { indicator: 'handling-in-time', weight: 30 },
      { indicator: 'overdue-open', weight: 30 },
    ],
    parts: [
      { id: 'industry', name: { zh: '工业', en: 'Industry' }, weight: 30, categories: INDUSTRY },
      { id: 'construction', name: { zh: '建设', en: 'Construction' }, weight: 30, categories: CONSTRUCTION },
      { id: 'fire', name: { zh: '消防', en: 'Fire' }, weight: 40, categories: FIRE },
    ],
    stars: [60, 70, 80, 90],
  },
} as const satisfies Record<string, Scheme>
export type SchemeId = keyof typeof SCHEMES
export const SCHEME_IDS = Object.keys(SCHEMES) as [SchemeId, ...SchemeId[]]

export interface Score {
  /** 0–100; null: too little is known. */
  points: number | null
  /** Share of the weight whose components are known; below 1 the others were re-scaled. */
  known: number
}

/** With less than this share of the weight known, there is no score. */
export const LEAST_KNOWN = 0.5
const FULL = 100

/**
 * Weighted mean of the components, of which those that are better low count as one minus their share. A component
 * without a denominator is left out and the weights of the others re-scaled, as long as at least half of the weight is known.
 */
export function scoreOf(
  components: Scheme['components'],
  ratios: Partial<Record<IndicatorId, Ratio>>,
): Score {
  return weighted(
    components.map(({ indicator, weight }) => {
      const ratio = ratios[indicator]
      const share = ratio ? shareOf(ratio) : null
      const value = share === null ? null : INDICATORS[indicator].better === 'high' ? share : 1 - share
      return { weight, points: value === null ? null : value * FULL }
    }),
  )
}

/** The overall index from those of its parts, re-scaled in the same way. */
export const overallOf = (parts: readonly { weight: number; score: Score }[]): Score => {
  const { points, known } = weighted(parts.map(({ weight, score }) => ({ weight, points: score.points })))
  const all = parts.reduce((sum, { weight }) => sum + weight, 0)
  const whole = parts.reduce((sum, { weight, score }) => sum + weight * score.known, 0)
  return { points, known: all > 0 ? Math.min(known, whole / all) : 0 }
}

function weighted(items: readonly { weight: number; points: number | null }[]): Score {
  const all = items.reduce((sum, { weight }) => sum + weight, 0)
  const known = items.flatMap(({ weight, points }) => (points === null ? [] : [{ weight, points }]))
  const knownWeight = known.reduce((sum, { weight }) => sum + weight, 0)
  const share = all > 0 ? knownWeight / all : 0
  if (knownWeight === 0 || share < LEAST_KNOWN) return { points: null, known: share }
  return {
    points: known.reduce((sum, { weight, points }) => sum + weight * points, 0) / knownWeight,
    known: share,
  }
}

/** One star, and one more for each threshold that is reached; null without a score or without thresholds. */
export const starsOf = (points: number | null, thresholds: readonly number[]): number | null =>
  points === null || thresholds.length === 0
    ? null
    : 1 + thresholds.filter((least) => rounded(points) >= least).length

/** To a tenth, as it is shown: nobody may read 90.0 and get the stars of 89.96. */
const rounded = (points: number): number => Math.round(points * 10) / 10

/** Places in the order of the scores as they are shown; equal scores share one, and those without a score have none. */
export function placesOf(points: readonly (number | null)[]): (number | null)[] {
  return points.map((own) =>
    own === null
      ? null
      : 1 + points.filter((other) => other !== null && rounded(other) > rounded(own)).length,
  )
}
