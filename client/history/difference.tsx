import { Button, useComputedColorScheme } from '@mantine/core'
import { IconFocusCentered } from '@tabler/icons-react'
import { useEffect, useMemo } from 'react'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { boxOf } from '../map/box-of.ts'
import type { MapHandle } from '../map/map-handle.ts'
import { formatMetres, formatTenths } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { TOKENS } from '../ui/tokens.ts'
import { fieldLabel, valueText } from '../ui/words/property-words.ts'
import { compareShapes } from './compare-shapes.ts'
import { showDifference } from './difference-overlay.ts'
import { differingFields } from './differing-fields.ts'

interface DifferenceProps {
  layer: LayerId
  map: MapHandle | null
  before: StoredFeature
  after: StoredFeature
}

/** Two versions side by side in words, and over each other on the map. */
export function Difference({ layer, map, before, after }: DifferenceProps) {
  const texts = useTexts()
  const { t, lang } = texts
  const scheme = useComputedColorScheme('dark')
  const [old, young] = [before.geometry, after.geometry]
  const shape = useMemo(() => old && young && compareShapes(old, young), [old, young])
  const fields = differingFields(layer, before.properties, after.properties)

  useEffect(() => {
    if (!map || !old || !young || !shape || shape.same) return
    return showDifference(map.map, old, young, shape, TOKENS[scheme])
  }, [map, old, young, shape, scheme])

  const area = (squareMetres: number) => `${formatTenths(squareMetres)} ${t('history.squareMetres')}`
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${area(Math.abs(value))}`
  const metres = (value: number) =>
    value < 10 ? `${formatTenths(value)} ${t('property.metres')}` : formatMetres(value, lang)
  const changed = shape && !shape.same
  return (
    <>
      <p className="gw-history-said" aria-live="polite">
        {t('history.summary', {
          older: before.version,
          newer: after.version,
          fields: fields.length,
          shape: t(changed ? 'history.shapeChanged' : 'history.shapeSame'),
        })}
      </p>
      {fields.length > 0 && (
        <table className="gw-history-fields" data-testid="field-differences">
          <thead>
            <tr>
              <th scope="col">{t('history.field')}</th>
              <th scope="col">v{before.version}</th>
              <th scope="col">v{after.version}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((name) => (
              <tr key={name}>
                <th scope="row">{fieldLabel(name, texts)}</th>
                <td>{valueText(layer, name, before.properties[name], texts)}</td>
                <td>{valueText(layer, name, after.properties[name], texts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {changed && (
        <>
          <ul className="gw-history-legend" data-testid="shape-difference">
            <li>
              <i data-part="old" /> {t('history.older', { version: before.version })}
            </li>
            <li>
              <i data-part="new" /> {t('history.newer', { version: after.version })}
            </li>
            {shape.area && shape.area.added > 0 && (
              <li>
                <i data-part="added" /> {t('history.added', { area: area(shape.area.added) })}
              </li>
            )}
            {shape.area && shape.area.removed > 0 && (
              <li>
                <i data-part="removed" /> {t('history.removed', { area: area(shape.area.removed) })}
              </li>
            )}
          </ul>
          <p className="gw-history-figures">
            {shape.area &&
              t('history.area', {
                before: area(shape.area.before),
                after: area(shape.area.after),
                change: signed(shape.area.after - shape.area.before),
              })}
            {shape.length &&
              t('history.length', { before: metres(shape.length.before), after: metres(shape.length.after) })}
            {shape.movedMetres !== undefined && t('history.moved', { metres: metres(shape.movedMetres) })}
          </p>
          {shape.movedMetres === undefined && (
            <p className="gw-history-figures">{t('history.vertices', shape.vertices)}</p>
          )}
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconFocusCentered size={14} aria-hidden="true" />}
            onClick={() => {
              const [one, two] = [boxOf(old!), boxOf(young!)]
              map?.fit([
                Math.min(one[0], two[0]),
                Math.min(one[1], two[1]),
                Math.max(one[2], two[2]),
                Math.max(one[3], two[3]),
              ])
            }}
          >
            {t('history.zoom')}
          </Button>
        </>
      )}
    </>
  )
}
