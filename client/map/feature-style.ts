import type { SourceSpecification, StyleSpecification } from 'maplibre-gl'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { tileSource } from './layer-module.ts'

/** Where a layer's label points lie, which tiles carry as a part of their own. */
export const labelSource = (layer: LayerId) => `labels-${layer}`

const empty = (): SourceSpecification => ({
  type: 'geojson',
  data: { type: 'FeatureCollection', features: [] },
  tolerance: 0.2,
})

/** The composed style with the same looks, but with features handed in instead of tiles for some layers. */
export function drawFeatures(style: StyleSpecification, fed: ReadonlySet<LayerId>): StyleSpecification {
  const sources = { ...style.sources }
  const owners = new Map<string, LayerId>()
  for (const layer of fed) {
    if (!(tileSource(layer) in sources)) continue
    owners.set(tileSource(layer), layer)
    sources[tileSource(layer)] = empty()
    sources[labelSource(layer)] = empty()
  }
  const layers = style.layers.map((spec) => {
    if (!('source' in spec) || typeof spec.source !== 'string') return spec
    const owner = owners.get(spec.source)
    if (!owner) return spec
    const { 'source-layer': part, ...rest } = spec
    return { ...rest, source: part === owner ? spec.source : labelSource(owner) } as typeof spec
  })
  return { ...style, sources, layers }
}
