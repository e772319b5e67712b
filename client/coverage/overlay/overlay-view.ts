import { IconLayersIntersect } from '@tabler/icons-react'
import { lazy } from 'react'
import { overlayParamsSchema, overlayResultSchema } from '../../../geodata/duties/overlay.schema.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import { fact } from '../../ui/facts.ts'
import { formatCount } from '../../ui/format.ts'
import { addTexts } from '../../ui/i18n.ts'
import type { AnalysisView, PartView } from '../analysis-view.ts'
import { noteValues } from '../duty/words.ts'
import { hatch, line, tint } from '../part-styles.ts'
import { texts } from './texts.ts'
import { hectares, shareWords } from './words.ts'

addTexts(texts)

const describe: PartView['describe'] = (properties, { t }) => {
  const { name, code, zoneName, mainZone, squareMetres, areaShare, households, householdShare } = properties
  const share = (value: number) => shareWords(value)
  return {
    title: `${zoneName ?? t('overlayView.none')} · ${name ?? code}`,
    facts: [
      ...fact(t('overlayView.zone'), zoneName ?? t('overlayView.none')),
      ...fact(t('overlayView.main'), mainZone ?? t('overlayView.none')),
      ...fact(t('overlayView.area'), squareMetres, hectares),
      ...fact(t('overlayView.areaShare'), areaShare, share),
      ...fact(t('overlayView.households'), households, formatCount),
      ...fact(t('overlayView.share'), householdShare, share),
    ],
  }
}

/** Which zone of another division for which cell. */
export const overlayView: AnalysisView = {
  kind: 'overlay',
  icon: IconLayersIntersect,
  initial: () => ({ ...overlayParamsSchema.parse({ zoneLayer: 'police' }) }),
  Form: lazy(() => import('./overlay-form.tsx')),
  Result: lazy(() => import('./overlay-result.tsx')),
  parts: {
    piece: {
      name: ({ t }) => t('overlayView.part.piece'),
      layers: (tokens) => [
        tint(
          ['case', ['==', ['get', 'zone'], null], tokens.muted, tokens.info],
          ['case', ['get', 'main'], 0.12, 0.04],
        ),
        line(tokens.info, 1),
      ],
      describe,
    },
    mismatch: {
      name: ({ t }) => t('overlayView.part.mismatch'),
      layers: (tokens) => [hatch(tokens.due), line(tokens.due, 2)],
      describe,
      isListed: true,
    },
  },
  stage: (code, { t }) =>
    ['cutting', 'drawing'].includes(code) ? t(`overlayView.stage.${code}`) : undefined,
  note: (note, texts) => texts.t(`overlayView.note.${note.code}`, noteValues(note, texts)),
  report({ result }, { t, lang }) {
    const { title, level, cells, split, zones, misplacedHouseholds } = overlayResultSchema.parse(result)
    const names = LAYERS[level].title[lang]
    return [
      {
        title: title[lang],
        facts: [
          {
            label: t('overlayView.split', { cells: names }),
            value: `${formatCount(split)} ${t('overlayView.splitOf', { count: cells })}`,
          },
          { label: t('overlayView.misplaced'), value: formatCount(misplacedHouseholds) },
        ],
      },
      {
        title: t('overlayView.zones'),
        facts: zones.map((zone) => ({
          label: zone.name ?? t('overlayView.none'),
          value: t('overlayView.zoneRow', {
            cells: formatCount(zone.cells),
            households: formatCount(zone.households),
            area: hectares(zone.squareMetres),
          }),
        })),
      },
    ]
  },
}
