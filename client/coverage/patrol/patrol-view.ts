import { IconWalk } from '@tabler/icons-react'
import type { ExpressionSpecification } from 'maplibre-gl'
import { lazy } from 'react'
import { FONT_STACK } from '../../map/layer-module.ts'
import { addTexts } from '../../ui/i18n.ts'
import type { Tokens } from '../../ui/tokens.ts'
import type { AnalysisView, PartLayer } from '../analysis-view.ts'
import { byZoom, hatch, tint } from '../part-styles.ts'
import { describePlace, describeTarget, noteWords, reportWords } from './patrol-words.ts'
import { periodOf } from './periods.ts'
import { texts } from './texts.ts'

addTexts(texts)

export const patrolView: AnalysisView = {
  kind: 'patrol',
  icon: IconWalk,
  initial: () => ({ period: periodOf('week', Date.now()) }),
  Form: lazy(() => import('./patrol-form.tsx')),
  Result: lazy(() => import('./patrol-result.tsx')),
  parts: {
    cell: {
      name: ({ t }) => t('patrolCover.parts.cell'),
      layers: cellLayers,
      describe: describePlace,
    },
    target: {
      name: ({ t }) => t('patrolCover.parts.target'),
      layers: targetLayers,
      describe: describeTarget,
      isListed: true,
    },
    street: { name: ({ t }) => t('patrolCover.parts.street') },
    hexagon: { name: ({ t }) => t('patrolCover.parts.hexagon') },
    outside: { name: ({ t }) => t('patrolCover.parts.outside') },
  },
  stage(code, { t }) {
    switch (code) {
      case 'read':
        return t('patrolCover.stages.read')
      case 'walks':
        return t('patrolCover.stages.walks')
      case 'figures':
        return t('patrolCover.stages.figures')
      default:
        return undefined
    }
  },
  note: noteWords,
  report: reportWords,
}

const IS_KNOWN: ExpressionSpecification = ['==', ['typeof', ['get', 'achieved']], 'number']

/** The less of a cell was covered, the warmer; one without a checkpoint is hatched, as nothing can be said of it. */
function cellLayers(tokens: Tokens): PartLayer[] {
  return [
    {
      ...tint(
        ['interpolate', ['linear'], ['get', 'achieved'], 0, tokens.critical, 0.5, tokens.due, 1, tokens.done],
        0.3,
      ),
      filter: IS_KNOWN,
    },
    { ...hatch(tokens.muted, 0.35), filter: ['!', IS_KNOWN] },
  ]
}

const BY_STATE = (tokens: Tokens) =>
  [
    'match',
    ['get', 'state'],
    'visited',
    tokens.done,
    'probable',
    tokens.due,
    'unknown',
    tokens.muted,
    tokens.critical,
  ] as const

/** Full: visited; a ring: not; a mark beside it tells what is probable or unknown. */
function targetLayers(tokens: Tokens): PartLayer[] {
  return [
    {
      type: 'circle',
      paint: {
        'circle-radius': byZoom(2, 5),
        'circle-color': ['case', ['==', ['get', 'state'], 'visited'], tokens.done, tokens.panel],
        'circle-stroke-color': [...BY_STATE(tokens)],
        'circle-stroke-width': byZoom(1.25, 2.5),
      },
    },
    {
      type: 'symbol',
      layout: {
        'text-field': ['match', ['get', 'state'], 'unknown', '?', 'probable', '~', ''],
        'text-font': FONT_STACK,
        'text-size': 11,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': tokens.text },
    },
  ]
}
