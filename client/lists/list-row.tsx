import { IconCheck } from '@tabler/icons-react'
import { memo } from 'react'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Facts } from '../ui/facts.ts'
import { useTexts } from '../ui/i18n.ts'
import { LegendSwatch, type Swatch } from '../ui/legend.tsx'
import { describeRow } from './describe-row.ts'

interface ListRowProps {
  layer: LayerId
  feature: StoredFeature | undefined
  /** Its window was answered without it. */
  gone: boolean
  facts: Facts
  swatch: (feature: StoredFeature, now: Date) => Swatch
}

/** What stands in a row; the option around it is the list's. */
export const ListRow = memo(function ListRow({ layer, feature, gone, facts, swatch }: ListRowProps) {
  const texts = useTexts()
  const { t } = texts
  if (!feature) return <span className="gw-list-waiting">{gone ? t('lists.gone') : t('lists.loading')}</span>
  const now = new Date()
  const row = describeRow(layer, feature, facts, texts, now)
  return (
    <>
      <span className="gw-list-mark" data-mark>
        <IconCheck size={14} stroke={3} aria-hidden="true" />
      </span>
      <LegendSwatch swatch={swatch(feature, now)} />
      <span className="gw-list-text">
        <span className="gw-list-line">
          <b>{row.name}</b>
          {row.state && <span data-tone={row.state.tone}>{row.state.value}</span>}
        </span>
        <span className="gw-list-line">
          {row.facts.map((fact) => (
            <span key={fact.label} data-tone={fact.tone}>
              {fact.brief ?? `${fact.label} ${fact.value}`}
            </span>
          ))}
        </span>
      </span>
    </>
  )
})
