import type { Map as MapLibreMap, VectorTileSource } from 'maplibre-gl'
import { useEffect, useRef } from 'react'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { type LayerModule, tileSource } from './layer-module.ts'

/** Points each layer's tile source at the address that the props give now: a layer's filter is part of it. */
export function useTileAddresses(
  map: MapLibreMap | null,
  modules: LayerModule[],
  tileJson: (layer: LayerId) => string,
): void {
  const applied = useRef(new Map<LayerId, string>())
  useEffect(() => {
    if (!map) return
    for (const { layer } of modules) {
      const source = map.getSource(tileSource(layer)) as VectorTileSource | undefined
      const address = new URL(tileJson(layer), location.href).href
      if (!source || (applied.current.get(layer) ?? source.url) === address) continue
      applied.current.set(layer, address)
      source.setUrl(address)
    }
  }, [map, modules, tileJson])
}
