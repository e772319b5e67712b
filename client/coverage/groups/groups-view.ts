import { IconBuildingStore } from '@tabler/icons-react'
import { lazy } from 'react'
import {
  type GroupsParams,
  groupsParamsSchema,
  groupsResultSchema,
} from '../../../geodata/duties/groups.schema.ts'
import { fact } from '../../ui/facts.ts'
import { formatCount, formatMetres } from '../../ui/format.ts'
import { addTexts } from '../../ui/i18n.ts'
import type { AnalysisView, PartLayer } from '../analysis-view.ts'
import { noteValues } from '../duty/words.ts'
import { byZoom, dots, labels, line } from '../part-styles.ts'
import { areInOrder } from './are-in-order.ts'
import { texts } from './texts.ts'

addTexts(texts)

/** In the middle of a line, not at its beginning. */
const onLine = (label: PartLayer): PartLayer => ({
  ...label,
  filter: ['!', ['get', 'small']],
  layout: {
    ...label.layout,
    'symbol-placement': 'line-center',
    'text-rotation-alignment': 'viewport',
    'text-offset': [0, -0.9],
    'text-anchor': 'center',
  },
})

const isHead = ['all', ['get', 'leader'], ['!', ['get', 'small']]]

/** Neighbouring premises that watch over each other. */
export const groupsView: AnalysisView = {
  kind: 'groups',
  icon: IconBuildingStore,
  initial: () => ({ ...groupsParamsSchema.parse({}) }),
  problem: (params, _, { t }) =>
    areInOrder(params as Partial<GroupsParams>) ? undefined : t('groupsView.sizesWrong'),
  Form: lazy(() => import('./groups-form.tsx')),
  Result: lazy(() => import('./groups-result.tsx')),
  parts: {
    'off-street': {
      name: ({ t }) => t('groupsView.part.off-street'),
      layers: (tokens) => [dots(tokens.muted, tokens, 3)],
      describe: ({ name, address }, { t }) => ({
        title: String(name ?? address ?? t('groupsView.part.off-street')),
        facts: fact(t('groupsView.street'), address),
      }),
    },
    group: {
      name: ({ t }) => t('groupsView.part.group'),
      layers: (tokens) => [
        line(['case', ['get', 'small'], tokens.muted, tokens.info], byZoom(2, 6)),
        onLine(labels('number', tokens, 14)),
      ],
      describe: ({ number, street, shops, leader, metres }, { t, lang }) => ({
        title: `${t('groupsView.number')} ${number}`,
        facts: [
          ...fact(t('groupsView.street'), street ?? t('groupsView.noStreet')),
          ...fact(t('groupsView.shops'), shops),
          ...fact(t('groupsView.leader'), leader),
          ...fact(t('groupsView.length'), metres, (value: number) => formatMetres(value, lang)),
        ],
      }),
      isListed: true,
    },
    shop: {
      name: ({ t }) => t('groupsView.part.shop'),
      layers: (tokens) => [
        dots(
          ['case', ['get', 'small'], tokens.muted, ['get', 'leader'], tokens.due, tokens.info],
          tokens,
          byZoom(['case', isHead, 3, 1.5], ['case', isHead, 6, 4]),
        ),
      ],
      describe: ({ number, order, name, address, leader, small }, { t }) => ({
        title: String(name ?? address ?? `${t('groupsView.shops')} ${order}`),
        facts: [
          ...fact(t('groupsView.number'), `${number}${small ? ` · ${t('groupsView.small')}` : ''}`),
          ...fact(t('groupsView.street'), address),
          ...(leader ? fact(t('groupsView.leader'), t('groupsView.isLeader')) : []),
        ],
      }),
    },
  },
  stage: (code, { t }) =>
    ['reading', 'grouping', 'drawing'].includes(code) ? t(`groupsView.stage.${code}`) : undefined,
  note: (note, texts) => texts.t(`groupsView.note.${note.code}`, noteValues(note, texts)),
  report({ result }, { t }) {
    const { count, premises, grouped, leftOver, offStreet } = groupsResultSchema.parse(result)
    return [
      {
        title: t('groupsView.table'),
        facts: [
          { label: t('groupsView.count'), value: formatCount(count) },
          {
            label: t('groupsView.grouped'),
            value: `${formatCount(grouped)} ${t('groupsView.groupedOf', { count: premises })}`,
          },
          { label: t('groupsView.leftOver'), value: formatCount(leftOver) },
          { label: t('groupsView.part.off-street'), value: formatCount(offStreet) },
        ],
      },
    ]
  },
}
