import { Button, Checkbox } from '@mantine/core'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { useTexts } from '../ui/i18n.ts'
import { type CompareState, SIDES, type Side } from './compare-state.ts'

interface LayerSetsProps {
  order: readonly LayerId[]
  visible: ReadonlySet<LayerId>
  sets: CompareState['layers']
  onChange(side: Side, layers: readonly LayerId[] | undefined): void
}

/** Which layers each side shows. */
export function LayerSets({ order, visible, sets, onChange }: LayerSetsProps) {
  const { t, lang } = useTexts()
  const toggle = (side: Side, layer: LayerId) => {
    const next = new Set(sets[side] ?? visible)
    if (!next.delete(layer)) next.add(layer)
    onChange(
      side,
      order.filter((known) => next.has(known)),
    )
  }
  return (
    <>
      <table className="gw-compare-layers" data-testid="layer-sets">
        <thead>
          <tr>
            <th />
            {SIDES.map((side) => (
              <th key={side} scope="col">
                {t(`comparing.${side}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {order.map((layer) => (
            <tr key={layer}>
              <th scope="row">{LAYERS[layer].title[lang]}</th>
              {SIDES.map((side) => (
                <td key={side}>
                  <Checkbox
                    size="xs"
                    aria-label={`${t('comparing.layersOf', { side: t(`comparing.${side}`) })} · ${LAYERS[layer].title[lang]}`}
                    checked={sets[side]?.includes(layer) ?? visible.has(layer)}
                    onChange={() => toggle(side, layer)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <div className="gw-tool-row">
        {SIDES.map((side) => (
          <Button
            key={side}
            size="compact-xs"
            variant="default"
            disabled={sets[side] === undefined}
            onClick={() => onChange(side, undefined)}
          >
            {t(`comparing.${side}`)} · {t('comparing.asMap')}
          </Button>
        ))}
      </div>
    </>
  )
}
