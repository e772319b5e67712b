import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { ToolProps } from '../map/tool.ts'
import type { useTexts } from '../ui/i18n.ts'
import type { LegendEntry } from '../ui/legend.tsx'
import type { Tokens } from '../ui/tokens.ts'

export interface LegendGroup {
  title: string
  /** One entry stands for the whole layer and goes without a label. */
  entries: LegendEntry[]
}

/** The legend of the layers that are drawn at this zoom, with symbols that have the colours of the picture. */
export function legendGroups(
  legends: ToolProps['legends'],
  visible: ReadonlySet<LayerId>,
  zoom: number,
  tokens: Tokens,
  texts: ReturnType<typeof useTexts>,
): LegendGroup[] {
  return legends
    .filter(({ layer, fromZoom }) => visible.has(layer) && zoom >= fromZoom)
    .map(({ layer, legend }) => ({
      title: LAYERS[layer].title[texts.lang],
      entries: legend(tokens, texts),
    }))
}
