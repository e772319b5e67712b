import { IconBuildingHospital } from '@tabler/icons-react'
import { lazy } from 'react'
import type { FacilityResult } from '../../../geodata/coverage/facility/facility.schema.ts'
import { isFacilityNote } from '../../../geodata/coverage/facility/note-words.ts'
import { formatCount, formatKnown, formatMetres } from '../../ui/format.ts'
import { addTexts } from '../../ui/i18n.ts'
import type { AnalysisView, Texts } from '../analysis-view.ts'
import { byZoom, dots, hatch, line, tint } from '../part-styles.ts'
import { areaWords, kindNames, shareOf, walkWords } from './facility-words.ts'
import { initialParams, readParams } from './read-params.ts'
import { texts } from './texts.ts'

addTexts(texts)

type Properties = Record<string, unknown>

const STAGES = ['read', 'snapping', 'walking', 'sharing', 'drawing', 'cut', 'sum'] as const

/** Who has a facility within a walk, and what ground has none. */
export const facilityView: AnalysisView = {
  kind: 'facility',
  icon: IconBuildingHospital,
  initial: () => ({ ...initialParams() }),
  problem: ({ kinds }, _area, { t }) =>
    Array.isArray(kinds) && kinds.length === 0 ? t('facilityCover.kindsNone') : undefined,
  Form: lazy(() => import('./facility-form.tsx')),
  Result: lazy(() => import('./facility-result.tsx')),
  parts: {
    cell: { name: ({ t }) => t('facilityCover.part.cell') },
    sliver: { name: ({ t }) => t('facilityCover.part.sliver') },
    reach: {
      name: ({ t }) => t('facilityCover.part.reach'),
      layers: (tokens) => [tint(tokens.done, 0.16), { ...line(tokens.done, 1), filter: ['get', 'isLimit'] }],
      describe: ({ metres, squareMetres }, words) => ({
        title: words.t('facilityCover.within', { walk: formatMetres(Number(metres), words.lang) }),
        facts: [{ label: words.t('facilityCover.area'), value: areaWords(Number(squareMetres), words) }],
      }),
    },
    gap: {
      name: ({ t }) => t('facilityCover.part.gap'),
      layers: (tokens) => [hatch(tokens.critical, 0.55), line(tokens.critical, 1.5)],
      describe: describeGap,
      isListed: true,
    },
    straight: {
      name: ({ t }) => t('facilityCover.part.straight'),
      layers: (tokens) => [line(tokens.text, 1.5, [3, 2])],
    },
    street: {
      name: ({ t }) => t('facilityCover.part.street'),
      layers: (tokens) => [{ ...line(tokens.done, 1), filter: ['get', 'reached'], minzoom: 15 }],
    },
    building: {
      name: ({ t }) => t('facilityCover.part.building'),
      layers: (tokens) => [
        {
          ...dots(tokens.critical, tokens, byZoom(1.5, 5)),
          filter: ['!', ['get', 'covered']],
          minzoom: 14,
        },
        { ...dots(tokens.done, tokens, 2.5), filter: ['get', 'covered'], minzoom: 16 },
      ],
      describe: describeBuilding,
    },
    facility: {
      name: ({ t }) => t('facilityCover.part.facility'),
      layers: (tokens) => [
        dots(['case', ['!', ['get', 'onStreets']], tokens.due, tokens.accent], tokens, 6),
        { ...dots(tokens.panel, tokens, 3), filter: ['get', 'planned'] },
      ],
      describe: describeFacility,
    },
  },
  stage: (code, { t }) =>
    STAGES.some((known) => known === code) ? t(`facilityCover.stage.${code}`) : undefined,
  note({ code, values }, { t, lang }) {
    if (!isFacilityNote(code)) return code
    const { kinds, facilities, ...others } = values
    return t(`facilityCover.note.${code}`, {
      ...others,
      kinds: kindNames(Array.isArray(kinds) ? kinds : [], lang),
      facilities: Array.isArray(facilities) ? facilities.join(lang === 'zh' ? '、' : ', ') : '',
    })
  },
  report(analysis, words) {
    const result = analysis.result as unknown as FacilityResult | null
    if (!result) return []
    const { t, lang } = words
    const params = readParams(analysis.params)
    const { total, area, straight } = result
    const parts = (part: number | null, all: number | null) =>
      `${shareOf(part, all)} · ${t('facilityCover.partOf', { part: formatKnown(part), all: formatKnown(all) })}`
    return [
      {
        title: t('facilityCover.question'),
        facts: [
          { label: t('facilityCover.kinds'), value: kindNames(params.kinds, lang) },
          { label: t('facilityCover.walk'), value: walkWords(params, result.limitMetres, words) },
          ...(params.asOf ? [{ label: t('facilityCover.asOf'), value: params.asOf }] : []),
        ],
      },
      {
        title: t('facilityCover.figures'),
        facts: [
          { label: t('facilityCover.households'), value: parts(total.coveredHouseholds, total.households) },
          { label: t('facilityCover.population'), value: parts(total.coveredPopulation, total.population) },
          { label: t('facilityCover.buildings'), value: parts(total.coveredBuildings, total.buildings) },
          {
            label: t('facilityCover.ground'),
            value: `${shareOf(area.coveredSquareMetres, area.squareMetres)} · ${t('facilityCover.groundOf', { gaps: formatCount(area.gaps), area: areaWords(area.gapSquareMetres, words) })}`,
          },
          {
            label: t('facilityCover.part.straight'),
            value: parts(straight.coveredBuildings, straight.buildings),
          },
        ],
      },
      {
        title: t('facilityCover.gaps'),
        facts: result.gaps.slice(0, 20).map((gap) => ({
          label: gapTitle({ ...gap }, words),
          value: `${formatKnown(gap.households)} · ${areaWords(gap.squareMetres, words)}`,
        })),
      },
    ]
  },
}

const gapTitle = ({ number, cellName, cellCode }: Properties, { t }: Pick<Texts, 't'>) =>
  t('facilityCover.gapTitle', { number, cell: cellName || cellCode || t('facilityCover.outside') })

const wayWords = (metres: unknown, name: unknown, { lang }: Pick<Texts, 'lang'>) =>
  typeof metres === 'number' ? `${formatMetres(metres, lang)}${name ? ` · ${name}` : ''}` : '—'

function describeGap(properties: Properties, words: Texts) {
  const { t } = words
  const { households, buildings, population, hazards, squareMetres, nearestMetres, nearestName } = properties
  return {
    title: gapTitle(properties, words),
    facts: [
      { label: t('facilityCover.households'), value: formatKnown(households) },
      { label: t('facilityCover.buildings'), value: formatKnown(buildings) },
      { label: t('facilityCover.area'), value: areaWords(Number(squareMetres), words) },
      { label: t('facilityCover.population'), value: formatKnown(population) },
      { label: t('facilityCover.hazards'), value: formatKnown(hazards) },
      { label: t('facilityCover.nearest'), value: wayWords(nearestMetres, nearestName, words) },
    ],
  }
}

function describeBuilding(properties: Properties, words: Texts) {
  const { t } = words
  const { buildingId, name, code, households, covered, metres, nearestName, secondMetres, secondName } =
    properties
  return {
    title: String(name || code || t('facilityCover.building', { id: buildingId })),
    facts: [
      {
        label: t('facilityCover.covered'),
        value: covered ? t('facilityCover.isCovered') : t('facilityCover.isUncovered'),
        tone: covered ? ('done' as const) : ('critical' as const),
      },
      { label: t('facilityCover.households'), value: formatKnown(households) },
      { label: t('facilityCover.nearest'), value: wayWords(metres, nearestName, words) },
      { label: t('facilityCover.second'), value: wayWords(secondMetres, secondName, words) },
      { label: t('facilityCover.reachedBy'), value: formatKnown(properties.reachedBy) },
    ],
  }
}

function describeFacility(properties: Properties, { t, lang }: Texts) {
  const { facilityId, kind, name, planned, onStreets, servedHouseholds, servedBuildings } = properties
  return {
    title: String(name || `${kindNames([kind], lang)} ${facilityId}`),
    facts: [
      {
        label: t('facilityCover.served'),
        value: t('facilityCover.servedValue', {
          households: formatKnown(servedHouseholds),
          buildings: formatKnown(servedBuildings),
        }),
      },
      ...(planned ? [{ label: t('facilityCover.planned'), value: '✓' }] : []),
      ...(onStreets ? [] : [{ label: t('facilityCover.offStreets'), value: '✓', tone: 'due' as const }]),
    ],
  }
}
