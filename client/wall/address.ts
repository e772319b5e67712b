import { BEAT_SECONDS } from '../../geodata/walls/source.schema.ts'
import { LANGUAGES, type Language } from '../ui/i18n.ts'
import { SCHEMES, type Scheme } from '../ui/tokens.ts'

/** What the link of a wall says: `/wall?layout=street&name=lobby`. */
export interface WallAddress {
  /** Layout, by its name; undefined: the standard one. */
  layout: string | undefined
  /** Codes of cells, with commas between. */
  cells: string | undefined
  /** Of this wall: what is pushed to walls of this name comes here. */
  name: string
  lang: Language | undefined
  scheme: Scheme | undefined
  beatSeconds: number
}

const MOST_LETTERS = 40
const USUAL_NAME = 'wall'

export function readAddress(search: string): WallAddress {
  const link = new URLSearchParams(search)
  const named = (name: string) => link.get(name)?.trim().slice(0, MOST_LETTERS) || undefined
  const layout = named('layout')
  const beat = Number(link.get('beat') ?? BEAT_SECONDS.standard)
  return {
    layout,
    cells: link.get('cells') ?? undefined,
    name: named('name') ?? layout ?? USUAL_NAME,
    lang: LANGUAGES.find((lang) => lang === link.get('lang')),
    scheme: SCHEMES.find((scheme) => scheme === link.get('theme')),
    beatSeconds: Number.isFinite(beat)
      ? Math.min(BEAT_SECONDS.most, Math.max(BEAT_SECONDS.least, beat))
      : BEAT_SECONDS.standard,
  }
}
