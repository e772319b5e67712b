import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { useTexts } from '../ui/i18n.ts'
import type { Swatch } from '../ui/legend.tsx'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import type { ListRegistry } from './props.ts'

/** Gives for a feature the symbol that the map draws for it, else what stands for its layer. */
export function swatchOf(
  layer: LayerId,
  scheme: Scheme,
  { modules, legends }: ListRegistry,
  texts: ReturnType<typeof useTexts>,
): (feature: StoredFeature, now: Date) => Swatch {
  const tokens = TOKENS[scheme]
  const module = modules.find((candidate) => candidate.layer === layer)
  const images = module?.symbols?.(tokens) ?? {}
  const legend = legends[layer](tokens, texts)[0]!.swatch
  return ({ properties }, now) => {
    const cluster = module?.cluster
    const icon = cluster && (cluster.properties(properties, now)?.icon ?? cluster.keptOutIcon)
    const image = icon === undefined ? undefined : images[icon]
    return image ? { kind: 'symbol', ...image } : legend
  }
}
