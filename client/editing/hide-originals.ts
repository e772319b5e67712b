import type { FilterSpecification, Map as MapLibreMap } from 'maplibre-gl'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { pointSource, tileSource } from '../map/layer-module.ts'
import { SELECTION_SOURCE } from '../map/selection-style.ts'
import type { FeatureRef } from './working-set.ts'

/** Takes features that the draft touches out of the tiles; the draft draws them itself. `remove` brings them back. */
export function hideOriginals(map: MapLibreMap) {
  const before = new Map<string, FilterSpecification | undefined>()
  // The selection's own outline is that of what is stored.
  const outlines = (map.getStyle().layers ?? []).filter(
    (style) => 'source' in style && style.source === SELECTION_SOURCE,
  )
  for (const { id } of outlines) map.setLayoutProperty(id, 'visibility', 'none')
  let shown = ''
  const restore = () => {
    for (const [id, filter] of before) if (map.getLayer(id)) map.setFilter(id, filter ?? null)
    before.clear()
  }
  return {
    hide(refs: readonly FeatureRef[]) {
      const key = refs.map(({ layer, id }) => `${layer}/${id}`).join(' ')
      if (key === shown) return
      shown = key
      restore()
      for (const layer of LAYER_IDS) {
        const ids = refs.filter((ref) => ref.layer === layer && ref.id > 0).map(({ id }) => id)
        if (ids.length > 0) for (const style of stylesOf(map, layer)) hideIn(style, ids)
      }
    },
    remove() {
      restore()
      for (const { id } of outlines) if (map.getLayer(id)) map.setLayoutProperty(id, 'visibility', 'visible')
    },
  }

  function hideIn({ id, points }: { id: string; points: boolean }, ids: number[]) {
    const filter = map.getFilter(id) ?? undefined
    before.set(id, filter)
    const own: FilterSpecification = ['!', ['in', points ? ['get', 'featureId'] : ['id'], ['literal', ids]]]
    map.setFilter(id, filter ? (['all', filter, own] as FilterSpecification) : own)
  }
}

/** Style layers that draw a layer's features, from its tiles or from its clustered points. */
export function stylesOf(map: MapLibreMap, layer: LayerId): { id: string; points: boolean }[] {
  const [tiles, points] = [tileSource(layer), pointSource(layer)]
  return (map.getStyle().layers ?? [])
    .filter((style) => 'source' in style && (style.source === tiles || style.source === points))
    .map((style) => ({ id: style.id, points: 'source' in style && style.source === points }))
}
