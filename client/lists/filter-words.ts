import { LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import type { LayerFilter } from '../app/filters.ts'
import { addTexts, type useTexts } from '../ui/i18n.ts'
import { chipsOf } from './filter-chips.tsx'
import { texts as listTexts } from './texts.ts'

addTexts(listTexts)

/** What narrows the layers that are shown, a sentence a layer: `Hazards: state reported, severity high`. */
export function filterWords(
  filters: Partial<Record<LayerId, LayerFilter>>,
  visible: ReadonlySet<LayerId>,
  texts: ReturnType<typeof useTexts>,
): string[] {
  const [colon, comma] = texts.lang === 'zh' ? ['：', '，'] : [': ', ', ']
  return LAYER_IDS.filter((layer) => visible.has(layer)).flatMap((layer) => {
    const labels = chipsOf(layer, filters[layer] ?? {}, texts).map(({ label }) => label)
    return labels.length > 0 ? [`${LAYERS[layer].title[texts.lang]}${colon}${labels.join(comma)}`] : []
  })
}
