import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'

/** The properties that a client may write and that differ, in the order of the layer's schema. */
export function differingFields(
  layer: LayerId,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): string[] {
  return Object.keys(LAYERS[layer].input.shape).filter(
    (property) => JSON.stringify(before[property] ?? null) !== JSON.stringify(after[property] ?? null),
  )
}
