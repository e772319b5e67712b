import type { ExpressionSpecification, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import { useEffect } from 'react'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { getMultiSelection, subscribeMultiSelection } from '../ui/multi-selection.ts'
import type { Tokens } from '../ui/tokens.ts'
import { tileSource } from './layer-module.ts'

const STYLE_LAYER = 'highlight'
type State = 'chosen' | 'focus'

/** Marks on the map what is chosen together and the row that the list is on. The marks are states of the tiles' own features. */
export function useHighlights(map: MapLibreMap | null, tokens: Tokens): void {
  useEffect(() => {
    if (!map) return
    const layers = new Set<LayerId>()
    let marked: { layer: LayerId; id: number; state: State }[] = []

    const mark = (layer: LayerId, id: number, state: State, on: boolean) =>
      map.setFeatureState({ source: tileSource(layer), sourceLayer: layer, id }, { [state]: on })

    function show() {
      const { layer, ids, focus } = getMultiSelection()
      const next: typeof marked = []
      if (layer) for (const id of ids) next.push({ layer, id, state: 'chosen' })
      if (focus) next.push({ ...focus, state: 'focus' })
      const wanted = next.filter((one) => map!.getSource(tileSource(one.layer)))
      const keyOf = (one: (typeof marked)[number]) => `${one.layer} ${one.id} ${one.state}`
      const before = new Set(marked.map(keyOf))
      const after = new Set(wanted.map(keyOf))
      for (const one of marked) if (!after.has(keyOf(one))) mark(one.layer, one.id, one.state, false)
      for (const one of wanted) if (!before.has(keyOf(one))) mark(one.layer, one.id, one.state, true)
      marked = wanted
      const needed = new Set(wanted.map((one) => one.layer))
      for (const known of layers)
        if (!needed.has(known)) {
          map!.removeLayer(`${STYLE_LAYER}-${known}`)
          layers.delete(known)
        }
      for (const known of needed)
        if (!layers.has(known)) {
          map!.addLayer(highlightLayer(known, tokens))
          layers.add(known)
        }
    }
    show()
    const stop = subscribeMultiSelection(show)
    return () => {
      stop()
      // The map may be gone already: it is removed by an effect of its own.
      if (!map.style) return
      for (const { layer, id, state } of marked) mark(layer, id, state, false)
      for (const layer of layers) map.removeLayer(`${STYLE_LAYER}-${layer}`)
    }
  }, [map, tokens])
}

function highlightLayer(layer: LayerId, tokens: Tokens): LayerSpecification {
  const from = { id: `${STYLE_LAYER}-${layer}`, source: tileSource(layer), 'source-layer': layer }
  const chosen: ExpressionSpecification = ['boolean', ['feature-state', 'chosen'], false]
  const focus: ExpressionSpecification = ['boolean', ['feature-state', 'focus'], false]
  const shown: ExpressionSpecification = ['case', ['any', chosen, focus], 1, 0]
  const width: ExpressionSpecification = ['case', focus, 4, 2.5]
  if (LAYERS[layer].geometry === 'Point')
    return {
      ...from,
      type: 'circle',
      paint: {
        'circle-radius': ['case', focus, 17, 14],
        'circle-color': tokens.accent,
        'circle-opacity': ['*', shown, 0.22],
        'circle-stroke-color': tokens.accent,
        'circle-stroke-width': width,
        'circle-stroke-opacity': shown,
      },
    }
  return {
    ...from,
    type: 'line',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': tokens.accent, 'line-width': width, 'line-opacity': shown },
  }
}
