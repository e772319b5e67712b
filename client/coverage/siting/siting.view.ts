import { IconMapPinQuestion } from '@tabler/icons-react'
import { lazy } from 'react'
import type { AnalysisNote } from '../../../geodata/coverage/analysis.schema.ts'
import type { SitingResult } from '../../../geodata/siting/siting.schema.ts'
import { CANDIDATE_ORIGINS, SITING_WEIGHTS } from '../../../geodata/siting/siting-choices.ts'
import { formatCount, formatMetres, formatTenths } from '../../ui/format.ts'
import { addTexts } from '../../ui/i18n.ts'
import type { AnalysisView, Texts } from '../analysis-view.ts'
import { dots, labels, line } from '../part-styles.ts'
import { hasSource, initialParams, readParams } from './read-params.ts'
import { answerWords, gapWords } from './report-words.ts'
import { sitingWords } from './siting-words.ts'
import { texts } from './texts.ts'

addTexts(texts)

const count = (value: unknown) => (typeof value === 'number' ? formatCount(value) : '—')

/** Where more facilities would help most. */
export const sitingView: AnalysisView = {
  kind: 'siting',
  icon: IconMapPinQuestion,
  initial: () => ({ ...initialParams() }),
  problem: (params, _area, { t }) => (hasSource(readParams(params)) ? undefined : t('siting.noSource')),
  Form: lazy(() => import('./siting-form.tsx')),
  Result: lazy(() => import('./siting-result.tsx')),
  parts: {
    building: {
      name: ({ t }) => t('siting.parts.building'),
      layers: (tokens) => [
        {
          type: 'circle',
          // Who was within the walk before needs no mark.
          filter: ['all', ['>', ['get', 'weight'], 0], ['!=', ['get', 'state'], 'covered']],
          paint: {
            'circle-color': ['match', ['get', 'state'], 'gained', tokens.done, tokens.critical],
            'circle-radius': ['interpolate', ['linear'], ['zoom'], 13, 1.5, 16, 4],
          },
        },
      ],
      describe: (properties, texts) => describeBuilding(properties, texts),
    },
    link: {
      name: ({ t }) => t('siting.parts.link'),
      layers: (tokens) => [{ ...line(tokens.done, 0.75), minzoom: 15 }],
    },
    candidate: {
      name: ({ t }) => t('siting.parts.candidate'),
      layers: (tokens) => [
        { ...dots(tokens.muted, tokens, 3), filter: ['==', ['get', 'steps'], ','], minzoom: 15.5 },
        { ...dots(tokens.accent, tokens, 9), filter: ['!=', ['get', 'steps'], ','] },
      ],
      describe: (properties, texts) => describeSite(properties, texts),
    },
    site: {
      name: ({ t }) => t('siting.parts.site'),
      layers: (tokens) => [dots(tokens.accent, tokens, 9), labels('number', tokens)],
      describe: (properties, texts) => describeSite(properties, texts),
      isListed: true,
    },
  },
  stage: (code, { t }) => (isStage(code) ? t(`siting.stage.${code}`) : undefined),
  note: noteWords,
  report(analysis, texts) {
    const result = analysis.result as unknown as SitingResult | null
    const step = result?.steps[result.chosen]
    if (!result || !step) return []
    const { t, lang } = texts
    const words = sitingWords(result, texts)
    return [
      {
        title: t('siting.figures'),
        facts: [
          { label: t('siting.aim'), value: t(`siting.aims.${result.aim}`) },
          { label: t('siting.walk'), value: formatMetres(result.walkMetres, lang) },
          { label: t('siting.covered'), value: words.weight(step.measures.covered) },
          { label: t('siting.mean'), value: words.metres(step.measures.meanMetres) },
          { label: t('siting.worst'), value: words.metres(step.measures.worstMetres) },
          { label: t('siting.proof'), value: gapWords(step, texts) },
          { label: t('siting.answerIs'), value: answerWords(result, step, texts) },
        ],
      },
      {
        title: t('siting.sites'),
        facts: result.sites.map(({ number, origin, name, lngLat, serves }) => ({
          label: name ?? t('siting.siteNumber', { origin: t(`siting.place.${origin}`), number }),
          value: `${lngLat.map((degrees) => degrees.toFixed(5)).join(', ')} · ${words.weight(serves)}`,
        })),
      },
    ]
  },
}

const STAGES = ['read', 'candidates', 'walking', 'choosing', 'sum'] as const
const isStage = (code: string): code is (typeof STAGES)[number] => STAGES.some((known) => known === code)

function describeSite({ number, origin, name, price, serves }: Record<string, unknown>, { t }: Texts) {
  const place = CANDIDATE_ORIGINS.find((known) => known === origin) ?? 'drawn'
  return {
    title:
      typeof name === 'string' && name
        ? name
        : t('siting.siteNumber', { origin: t(`siting.place.${place}`), number: Number(number) }),
    facts: [
      ...(typeof serves === 'number' ? [{ label: t('siting.serves'), value: count(serves) }] : []),
      ...(typeof price === 'number' && price !== 1
        ? [{ label: t('siting.cost'), value: formatTenths(price) }]
        : []),
    ],
  }
}

function describeBuilding(properties: Record<string, unknown>, { t, lang }: Texts) {
  const { buildingId, name, code, weight, beforeMetres, afterMetres } = properties
  const metres = (value: unknown) => (typeof value === 'number' ? formatMetres(value, lang) : '—')
  return {
    title: String(name ?? code ?? t('siting.building', { id: Number(buildingId) })),
    facts: [
      { label: t('siting.weights'), value: count(weight) },
      { label: t('siting.before'), value: metres(beforeMetres) },
      { label: t('siting.after'), value: metres(afterMetres) },
    ],
  }
}

/** Notes of siting by code, with the weights in words. */
function noteWords({ code, values }: AnalysisNote, texts: Texts): string {
  const { t } = texts
  const weights = SITING_WEIGHTS.find((known) => known === values.weights) ?? 'households'
  const unit = values.unit === 'money' ? 'money' : 'sites'
  const words = sitingWords({ aim: 'cover-most', weights, unit }, texts)
  const limit = (value: unknown) => (typeof value === 'number' ? words.limit(value) : '—')
  const known = NOTES.find((one) => one === code)
  if (!known) return code
  return t(`siting.note.${known}`, {
    ...values,
    count: Number(values.count ?? 0),
    weights: t(`siting.weightsOf.${weights}`).toLowerCase(),
    weight: words.weight(Number(values.weight ?? 0)),
    needed: limit(values.needed),
    limit: limit(values.limit),
  })
}
const NOTES = [
  'no-buildings',
  'nobody-asks',
  'figures-unknown',
  'none-stands',
  'no-candidates',
  'candidates-off-streets',
  'buildings-off-streets',
  'drawn-outside',
  'candidates-thinned',
  'beyond-walk',
  'beyond-streets',
  'limit-too-small',
  'nothing-to-choose',
  'nothing-helps',
  'not-proven',
  'only-in-reach',
] as const
