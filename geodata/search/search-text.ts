import { pinyin } from 'pinyin-pro'
import { LAYERS } from '../layers.ts'
import type { LayerId } from '../shared/layer.ts'

const HAN = /\p{Script=Han}/u

/**
 * The text that search looks through: the searchable properties in lower case, and for Chinese their pinyin run
 * together and its initials, so that 柳堤社区 is found by 柳堤, liudi, liu di and ldsq.
 */
export function searchText(layer: LayerId, properties: Record<string, unknown>): string {
  const parts: string[] = []
  for (const property of LAYERS[layer].searchProperties) {
    const value = properties[property]
    if (typeof value !== 'string' || value === '') continue
    parts.push(value)
    if (!HAN.test(value)) continue
    const syllables = pinyin(value, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    parts.push(syllables.join(''))
    parts.push(syllables.map((syllable) => (/^[a-z]/i.test(syllable) ? syllable[0] : syllable)).join(''))
  }
  return parts.map(searchNeedle).join('\n')
}

/** What a person typed, as it is looked for: lower case and without white space. */
export const searchNeedle = (query: string): string => query.toLowerCase().replaceAll(/\s+/g, '')
