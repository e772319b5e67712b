import { IconLayoutGrid } from '@tabler/icons-react'
import type { ExpressionSpecification } from 'maplibre-gl'
import { lazy } from 'react'
import type { AnalysisNote } from '../../../geodata/coverage/analysis.schema.ts'
import { REDRAW_WEIGHTS, type RedrawResult } from '../../../geodata/partition/redraw.schema.ts'
import { formatCount } from '../../ui/format.ts'
import { addTexts } from '../../ui/i18n.ts'
import { TEAM_HUES, TOKENS, type Tokens } from '../../ui/tokens.ts'
import type { AnalysisView, Texts } from '../analysis-view.ts'
import { labels, line, tint } from '../part-styles.ts'
import { initialParams, readParams } from './read-params.ts'
import { measureRows } from './redraw-words.ts'
import { texts } from './texts.ts'

addTexts(texts)

/** New micro-grids of even size, in alternatives. */
export const redrawView: AnalysisView = {
  kind: 'redraw',
  icon: IconLayoutGrid,
  initial: () => ({ ...initialParams() }),
  problem: (params, area, { t }) => {
    if (area.length !== 1) return t('redraw.oneCell')
    const { band } = readParams(params)
    return band && band.min > band.max ? t('redraw.bandTurned') : undefined
  },
  Form: lazy(() => import('./redraw-form.tsx')),
  Result: lazy(() => import('./redraw-result.tsx')),
  parts: {
    cell: {
      name: ({ t }) => t('redraw.parts.cell'),
      layers: (tokens) => [tint(hueOf(tokens), 0.22), labels('number', tokens)],
      describe: describeCell,
      isListed: true,
    },
    cut: {
      name: ({ t }) => t('redraw.parts.cut'),
      layers: (tokens) => [line(tokens.text, 2)],
    },
    piece: { name: ({ t }) => t('redraw.parts.piece') },
    building: { name: ({ t }) => t('redraw.parts.building') },
  },
  stage: (code, { t }) => (isStage(code) ? t(`redraw.stage.${code}`) : undefined),
  note: noteWords,
  report(analysis, words) {
    const result = analysis.result as unknown as RedrawResult | null
    if (!result) return []
    return result.alternatives.map((alternative) => ({
      title: words.t('redraw.alternativeOf', {
        number: alternative.number,
        priority: words.t(`redraw.priority.${alternative.priority}`),
      }),
      facts: measureRows(words).map(({ label, show }) => ({ label, value: show(alternative, result) })),
    }))
  },
}

/** Neighbours seldom have one hue: numbers run across the area. */
function hueOf(tokens: Tokens): ExpressionSpecification {
  const hues = TEAM_HUES[tokens === TOKENS.dark ? 'dark' : 'light']
  return ['to-color', ['at', ['%', ['get', 'number'], hues.length], ['literal', [...hues]]]]
}

const STAGES = ['read', 'ground', 'share-out'] as const
const isStage = (code: string): code is (typeof STAGES)[number] => STAGES.some((known) => known === code)

function describeCell(properties: Record<string, unknown>, { t }: Texts) {
  const { number, weight, households, buildings, areaSquareMetres, compactness } = properties
  const count = (value: unknown) => (typeof value === 'number' ? formatCount(value) : '—')
  return {
    title: t('redraw.cellNumber', { number: Number(number) }),
    facts: [
      { label: t('redraw.weight'), value: count(weight) },
      { label: t('redraw.households'), value: count(households) },
      { label: t('redraw.buildings'), value: count(buildings) },
      {
        label: t('redraw.area'),
        value: t('redraw.squareMetres', { value: count(Math.round(Number(areaSquareMetres))) }),
      },
      { label: t('redraw.compactness'), value: Number(compactness).toFixed(2) },
    ],
  }
}

const NOTES = [
  'redraw-no-buildings',
  'redraw-empty-units',
  'redraw-no-weight',
  'redraw-unknown-weight',
  'redraw-given-missing',
  'redraw-given-strange',
  'redraw-crossing',
  'redraw-islands',
  'redraw-oversize',
] as const

function noteWords({ code, values }: AnalysisNote, { t }: Texts): string {
  const known = NOTES.find((one) => one === code)
  if (!known) return code
  const weight = REDRAW_WEIGHTS.find((one) => one === values.weight) ?? 'households'
  const list = (value: unknown) => (Array.isArray(value) ? value.join(t('redraw.comma')) : '')
  return t(`redraw.note.${known}`, {
    ...values,
    count: Number(values.count ?? values.buildings ?? 0),
    weight: t(`redraw.weightOf.${weight}`),
    codes: list(values.codes),
    names: list(values.names),
  })
}
