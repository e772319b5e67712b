import { LAYERS } from '../../geodata/layers.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { boxOf } from '../map/box-of.ts'
import { useTexts } from '../ui/i18n.ts'
import { boxAround, type Difference } from './find-differences.ts'

const MOST_LISTED = 100

interface DifferenceListProps {
  differences: readonly Difference[]
  onZoom(box: Bbox): void
}

/** What differs in view, with a way to each. */
export function DifferenceList({ differences, onZoom }: DifferenceListProps) {
  const { t, lang } = useTexts()
  const count = (kind: Difference['kind']) => differences.filter((one) => one.kind === kind).length
  return (
    <section>
      <h3>{t('comparing.differences')}</h3>
      <p className="gw-hint" aria-live="polite" data-testid="differences">
        {differences.length === 0
          ? t('comparing.same')
          : t('comparing.summary', {
              added: count('new'),
              gone: count('gone'),
              changed: count('changed'),
            })}
      </p>
      <ul className="gw-compare-list">
        {differences.slice(0, MOST_LISTED).map(({ kind, layer, id, name, geometries }) => {
          const said = t(`comparing.kind.${kind}`)
          return (
            <li key={`${layer}/${id}`}>
              <button
                type="button"
                aria-label={t('comparing.zoomTo', {
                  name: `${LAYERS[layer].noun[lang]} ${name}`,
                  kind: said,
                })}
                onClick={() => {
                  const box = boxAround(geometries.map(boxOf))
                  if (box) onZoom(box)
                }}
                data-testid="difference"
              >
                <em>{said}</em>
                <span>{name}</span>
                <small>{LAYERS[layer].noun[lang]}</small>
              </button>
            </li>
          )
        })}
      </ul>
      {differences.length > MOST_LISTED && (
        <p className="gw-hint">{t('comparing.more', { count: differences.length - MOST_LISTED })}</p>
      )}
    </section>
  )
}
