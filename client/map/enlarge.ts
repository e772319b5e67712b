import type { LayerSpecification } from 'maplibre-gl'

const SIZES = { layout: ['text-size', 'icon-size'], paint: ['circle-radius'] } as const

/** What a symbol layer has without saying so. */
const USUAL = { 'icon-size': 1 } as const

/** A layer with labels, symbols and dots so many times as large. Lines stay: they say where something is, not what. */
export function enlarge(layer: LayerSpecification, factor: number): LayerSpecification {
  if (factor === 1 || (layer.type !== 'symbol' && layer.type !== 'circle')) return layer
  const sized: Record<string, unknown> = { ...layer }
  for (const part of ['layout', 'paint'] as const) {
    const properties: Record<string, unknown> = { ...layer[part] }
    if (part === 'layout' && 'icon-image' in properties) properties['icon-size'] ??= USUAL['icon-size']
    for (const name of SIZES[part])
      if (properties[name] !== undefined) properties[name] = times(properties[name], factor)
    sized[part] = properties
  }
  return sized as LayerSpecification
}

/** A number or an expression for one, so many times. Zoom may only stand outermost, so its steps are multiplied each. */
function times(value: unknown, factor: number): unknown {
  if (typeof value === 'number') return value * factor
  if (!Array.isArray(value)) return value
  const firstOutput = value[0] === 'interpolate' ? 4 : value[0] === 'step' ? 2 : undefined
  if (firstOutput === undefined) return ['*', factor, value]
  return value.map((part, index) => (index >= firstOutput && index % 2 === 0 ? times(part, factor) : part))
}
