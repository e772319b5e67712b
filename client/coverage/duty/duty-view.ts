import { IconUserCheck } from '@tabler/icons-react'
import type { ExpressionSpecification } from 'maplibre-gl'
import { lazy } from 'react'
import { dutyParamsSchema } from '../../../geodata/duties/duty-analysis.schema.ts'
import { fact } from '../../ui/facts.ts'
import { formatCount, formatMetres } from '../../ui/format.ts'
import { addTexts } from '../../ui/i18n.ts'
import type { AnalysisView, PartView } from '../analysis-view.ts'
import { dots, hatch, labels, line, tint } from '../part-styles.ts'
import { readResult } from './read-result.ts'
import { texts } from './texts.ts'
import { noteValues, ratio, roleName } from './words.ts'

addTexts(texts)

const describe: PartView['describe'] = (properties, texts) => {
  const { t, lang } = texts
  const { name, code, role, holder, before, households, metres } = properties
  return {
    title: String(name ?? code ?? roleName(role, texts)),
    facts: [
      ...fact(t('dutyView.role'), roleName(role, texts)),
      ...fact(t('dutyView.holder'), holder ?? t('dutyView.nobody')),
      ...fact(t('dutyView.before'), before),
      ...fact(t('dutyView.households'), households, formatCount),
      ...fact(t('dutyView.walk'), metres, (value: number) => formatMetres(value, lang)),
    ],
  }
}

/** Thousands of buildings side by side would be one blot. */
const THIN: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 14, 0.25, 17, 1.5]

/** Who looks after each cell, building and post. */
export const dutyView: AnalysisView = {
  kind: 'duty',
  icon: IconUserCheck,
  initial: () => ({ ...dutyParamsSchema.parse({}) }),
  problem: (params, _, { t }) =>
    Array.isArray(params.roles) && params.roles.length === 0 ? t('dutyView.chooseRole') : undefined,
  Form: lazy(() => import('./duty-form.tsx')),
  Result: lazy(() => import('./duty-result.tsx')),
  parts: {
    held: {
      name: ({ t }) => t('dutyView.part.held'),
      layers: (tokens) => [tint(tokens.info, 0.16), line(tokens.info, THIN), labels('holder', tokens, 16)],
      describe,
    },
    'post-held': {
      name: ({ t }) => t('dutyView.part.post-held'),
      layers: (tokens) => [dots(tokens.info, tokens, 4)],
      describe,
    },
    gap: {
      name: ({ t }) => t('dutyView.part.gap'),
      layers: (tokens) => [hatch(tokens.critical), line(tokens.critical, 1.5)],
      describe,
      isListed: true,
    },
    'post-gap': {
      name: ({ t }) => t('dutyView.part.post-gap'),
      layers: (tokens) => [dots(tokens.critical, tokens, 5)],
      describe,
      isListed: true,
    },
    assigned: {
      name: ({ t }) => t('dutyView.part.assigned'),
      layers: (tokens) => [
        { ...tint(tokens.done, 0.35), filter: ['==', ['geometry-type'], 'Polygon'] },
        { ...line(tokens.done, 2), filter: ['==', ['geometry-type'], 'Polygon'] },
        { ...dots(tokens.done, tokens, 6), filter: ['==', ['geometry-type'], 'Point'] },
        labels('holder', tokens, 15),
      ],
      describe,
      isListed: true,
    },
  },
  stage: (code, { t }) =>
    ['reading', 'assigning', 'drawing'].includes(code) ? t(`dutyView.stage.${code}`) : undefined,
  note: (note, texts) => texts.t(`dutyView.note.${note.code}`, noteValues(note, texts)),
  report(analysis, texts) {
    const { t } = texts
    const { coverage, proposal } = readResult(analysis)
    return [
      {
        title: t('dutyView.table'),
        facts: coverage.map(({ role, targets, gaps, holders, imbalance }) => ({
          label: roleName(role, texts),
          value: t('dutyView.reportRow', {
            gaps: formatCount(gaps),
            targets: formatCount(targets),
            holders: formatCount(holders),
            imbalance: ratio(imbalance),
          }),
        })),
      },
      ...(proposal
        ? [
            {
              title: t('dutyView.proposal', { role: roleName(proposal.role, texts) }),
              facts: [
                {
                  label: t('dutyView.assigned'),
                  value: `${formatCount(proposal.assigned)} ${t('dutyView.assignedOf', { count: proposal.asked })}`,
                },
                { label: t('dutyView.balance'), value: ratio(proposal.imbalanceAfter) },
              ],
            },
          ]
        : []),
    ]
  },
}
