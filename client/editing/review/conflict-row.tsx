import { useId } from 'react'
import type { Geometry } from '../../../geodata/shared/geojson.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import { useTexts } from '../../ui/i18n.ts'
import { fieldLabel, valueText } from '../../ui/words/property-words.ts'
import { GeometrySketch } from './geometry-sketch.tsx'
import type { Row, Side } from './resolve.ts'

interface ConflictRowProps {
  layer: LayerId
  row: Row
  taken: Side
  onTake(side: Side): void
}

/** One field in its three versions, and which of the two is kept: a radio group, by keyboard as any other. */
export function ConflictRow({ layer, row, taken, onTake }: ConflictRowProps) {
  const texts = useTexts()
  const { t } = texts
  const name = useId()
  const { field, clash } = row
  const show = (role: 'base' | Side) =>
    field === 'geometry' ? (
      <GeometrySketch
        label={t(`review.conflict.side.${role}`)}
        shapes={[
          ...(role === 'base' ? [] : [{ role: 'base' as const, geometry: row.base as Geometry }]),
          { role, geometry: row[role] as Geometry },
        ]}
      />
    ) : (
      <b>{valueText(layer, field, row[role], texts)}</b>
    )
  return (
    <fieldset className="gw-conflict-row" data-clash={clash || undefined} data-testid={`conflict-${field}`}>
      <legend>
        {fieldLabel(field, texts)}{' '}
        <small>{clash ? t('review.conflict.both') : t('review.conflict.one')}</small>
      </legend>
      <div className="gw-conflict-base">
        <span>{t('review.conflict.side.base')}</span>
        {show('base')}
      </div>
      {(['theirs', 'mine'] as const).map((side) => (
        <label key={side} data-side={side} data-taken={taken === side || undefined}>
          <span>
            <input
              type="radio"
              name={name}
              checked={taken === side}
              onChange={() => onTake(side)}
              data-testid={`take-${field}-${side}`}
            />
            {t(`review.conflict.side.${side}`)}
          </span>
          {show(side)}
        </label>
      ))}
    </fieldset>
  )
}
