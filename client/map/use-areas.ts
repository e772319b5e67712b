import type { Map as MapLibreMap } from 'maplibre-gl'
import { useEffect } from 'react'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Tokens } from '../ui/tokens.ts'
import { areaOutline } from './area-outline.ts'

/** Shows the areas that layers are narrowed to, for as long as they are. */
export function useAreas(map: MapLibreMap | null, areas: readonly LngLat[][], tokens: Tokens): void {
  const text = JSON.stringify(areas)
  useEffect(() => {
    const rings = JSON.parse(text) as LngLat[][]
    if (!map || rings.length === 0) return
    const outline = areaOutline(map, 'filter-areas', tokens)
    outline.put(rings)
    return outline.remove
  }, [map, text, tokens])
}
