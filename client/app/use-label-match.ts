import { useEffect, useState } from 'react'
import type { Language } from '../ui/i18n.ts'

type Spell = (text: string) => string[]
const HAN = /\p{Script=Han}/u
const plain = (text: string) => text.toLowerCase().replaceAll(/\s+/g, '')

/** Label, pinyin and initials of a command in which a query is looked for. */
async function loadSpelling(): Promise<Spell> {
  const { pinyin } = await import('pinyin-pro')
  const known = new Map<string, string[]>()
  return (text) => {
    const found = known.get(text)
    if (found) return found
    const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    const spelt = [syllables.join(''), syllables.map((syllable) => syllable[0] ?? '').join('')].map(plain)
    known.set(text, spelt)
    return spelt
  }
}

/** Whether a label fits what was typed; in Chinese pinyin and initials fit too, once they are loaded. */
export function useLabelMatch(wanted: string, lang: Language): (label: string) => boolean {
  const [spell, setSpell] = useState<Spell>()
  const needed = lang === 'zh' && /[a-z]/i.test(wanted)
  useEffect(() => {
    if (!needed || spell) return
    let current = true
    void loadSpelling().then((loaded) => current && setSpell(() => loaded))
    return () => {
      current = false
    }
  }, [needed, spell])
  const query = plain(wanted)
  return (label) =>
    plain(label).includes(query) ||
    (needed && spell !== undefined && HAN.test(label) && spell(label).some((text) => text.includes(query)))
}
