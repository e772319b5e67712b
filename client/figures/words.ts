import type { Ranking } from '../../geodata/figures/indicator.schema.ts'
import { INDICATORS, type IndicatorId, type Ratio, shareOf } from '../../geodata/figures/indicators.ts'
import type { Category, Scheme } from '../../geodata/figures/scheme.schema.ts'
import { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import { formatTime } from '../ui/format.ts'
import type { Language, useTexts } from '../ui/i18n.ts'
import { type PeriodChoice, quarterOf } from './ask.ts'

type Texts = ReturnType<typeof useTexts>

/** Of a share from 0 to 1; unknown: a dash, never nought. */
export const percentWords = (share: number | null): string =>
  share === null ? '—' : `${(share * 100).toFixed(1)}%`

export const pointWords = (points: number | null): string => (points === null ? '—' : points.toFixed(1))

/** Points of which not all of the weight is known. */
export const isPartial = ({ score }: Pick<Ranking['cells'][number], 'score'>): boolean =>
  score.points !== null && score.known < 1

const NOTHING: Ratio = { numerator: 0, denominator: 0 }
export const shareOrNull = (ratio: Ratio | undefined): number | null => shareOf(ratio ?? NOTHING)

/** What a share is out of; without anything to divide by, of what there is none: the word after the ÷ of the formula. */
export const outOfWords = (id: IndicatorId, ratio: Ratio | undefined, { t, lang }: Texts): string =>
  ratio && ratio.denominator > 0
    ? t('figures.outOf', { ...ratio })
    : t('figures.nothing', { what: INDICATORS[id].formula[lang].split(' ÷ ')[1] })

/** Against the period before, in points of a hundred; the sign tells the direction in words and figures. */
export function changeWords(now: number | null, before: number | null, { t }: Texts): string {
  if (now === null) return ''
  if (before === null) return t('figures.unknownBefore')
  const points = Math.round((now - before) * 1000) / 10
  if (points === 0) return t('figures.unchanged')
  const value = `${points > 0 ? '▲ +' : '▼ −'}${Math.abs(points).toFixed(1)}`
  return t('figures.change', { points: t('figures.points', { value }) })
}

export function periodWords(period: PeriodChoice, { t, lang }: Texts): string {
  if (period.kind === 'days') return `${period.first} – ${period.last}`
  const [year, month] = period.month.split('-').map(Number) as [number, number]
  return period.kind === 'month'
    ? new Date(year, month - 1).toLocaleDateString(localeOf(lang), { year: 'numeric', month: 'short' })
    : t('figures.quarter', { year, quarter: quarterOf(period.month) + 1 })
}

const localeOf = (lang: Language): string => (lang === 'zh' ? 'zh-CN' : 'en-GB')

/** Of 2026-11 the month alone. */
export const monthWords = (month: string, lang: Language): string =>
  new Date(`${month}-01T00:00`).toLocaleDateString(localeOf(lang), { month: 'short' })

export function categoryWords({ standard, kind, code }: Category, lang: Language): string {
  const known = HAZARD_CATEGORIES.find(
    (one) => one.standard === standard && one.kind === kind && one.code === code,
  )
  return known ? known[lang] : code
}

/** Categories as they are called, one after the other; of any: nothing. */
export const kindWords = (categories: readonly Category[] | undefined, { t, lang }: Texts): string =>
  (categories ?? []).map((category) => categoryWords(category, lang)).join(t('figures.comma'))

/** How a scheme is reckoned, as it is published with it. */
export function formulaWords({ components, parts, stars }: Scheme, texts: Texts): string[] {
  const { t, lang } = texts
  const comma = t('figures.comma')
  const terms = components
    .map(({ indicator, weight }) =>
      t(INDICATORS[indicator].better === 'high' ? 'figures.direct' : 'figures.inverse', {
        name: INDICATORS[indicator].name[lang],
        weight,
      }),
    )
    .join(' + ')
  const lines = [
    parts.length > 0
      ? t('figures.indexFormula', {
          terms,
          parts: parts.map(({ name, weight }) => `${name[lang]} ${weight}`).join(comma),
        })
      : t('figures.scoreFormula', { terms }),
  ]
  if (stars.length > 0)
    lines.push(
      t('figures.starRule', {
        rule: stars
          .map((points, at) => t('figures.starStep', { points, stars: '★'.repeat(at + 2) }))
          .join(comma),
      }),
    )
  lines.push(t('figures.unknownRule'))
  return lines
}

export const untilWords = (until: string): string => formatTime(until)
