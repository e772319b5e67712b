import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { LANGUAGES, type Language } from '../ui/i18n.ts'
import { SCHEMES, type Scheme } from '../ui/tokens.ts'
import { type FilterSearch, readFilterSearch } from './filters.ts'

/**
 * The view as it stands in the URL: `?at=320508019044001&map=15/31.3/120.6&layers=…&lang=zh&theme=dark&density=1`.
 * `at` is a code, or layer/id for what has none. Everything a permalink must restore is here.
 */
export interface ViewSearch extends FilterSearch {
  at?: string | undefined
  /** See map/camera.ts. */
  map?: string | undefined
  /** Layer ids separated by commas; `none` for an empty map; left out for the default. */
  layers?: string | undefined
  lang?: Language | undefined
  theme?: Scheme | undefined
  density?: '1' | undefined
  /** Routes of patrols that were handed out. */
  routes?: '1' | undefined
  /** Folded panels: `layers`, `place` or both. */
  fold?: string | undefined
  /** Workspace; left out for the map. */
  work?: Work | undefined
  /** What the workspace was asked, e.g. a kind of facility; each workspace reads its own form. */
  ask?: string | undefined
  /** Open tool, and what it keeps for its link. */
  tool?: string | undefined
  with?: string | undefined
  /** Tab of the right-hand panel; left out for the facts. */
  tab?: string | undefined
  /** Part of the left-hand panel; left out for the layers. */
  left?: LeftPart | undefined
  /** Layer that the list and the filters are about, the list's order (`-` before it: descending) and whether it follows the view. */
  list?: LayerId | undefined
  sort?: string | undefined
  inview?: '1' | undefined
  /** The read-only page for the frames of other pages. */
  embed?: '1' | undefined
}

export const WORKS = [
  'map',
  'patrols',
  'coverage',
  'hazards',
  'campaigns',
  'figures',
  'exchange',
  'settings',
] as const
export type Work = (typeof WORKS)[number]

export const LEFT_PARTS = ['filters', 'list', 'rounds', 'questions'] as const
export type LeftPart = (typeof LEFT_PARTS)[number]
/** Those of one workspace alone. */
export const PART_OF_WORK: Partial<Record<LeftPart, Work>> = {
  rounds: 'patrols',
  questions: 'coverage',
}

export const DEFAULT_LAYERS: readonly LayerId[] = LAYER_IDS.filter((layer) => layer !== 'zones')

const oneOf = <T extends string>(values: readonly T[], value: unknown): T | undefined =>
  values.find((known) => known === value)

/** Reads the query of a link. What is broken is dropped, never an error: an old link must still open. */
export function readSearch(raw: Record<string, unknown>): ViewSearch {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  return {
    at: text(raw.at)?.match(/^(\d{12,22}|[a-z-]+\/\d+)$/)?.[0],
    map: text(raw.map),
    layers: text(raw.layers),
    lang: oneOf(LANGUAGES, raw.lang),
    theme: oneOf(SCHEMES, raw.theme),
    density: raw.density === '1' ? '1' : undefined,
    routes: raw.routes === '1' ? '1' : undefined,
    fold: text(raw.fold),
    work: oneOf(
      WORKS.filter((work) => work !== 'map'),
      raw.work,
    ),
    ask: text(raw.ask)?.slice(0, 200),
    tool: text(raw.tool),
    with: text(raw.with),
    tab: text(raw.tab),
    left: oneOf(LEFT_PARTS, raw.left),
    list: oneOf(LAYER_IDS, raw.list),
    sort: text(raw.sort)?.match(/^-?[a-zA-Z]{1,40}$/)?.[0],
    inview: raw.inview === '1' ? '1' : undefined,
    embed: raw.embed === '1' || raw.embed === '' ? '1' : undefined,
    ...readFilterSearch(raw),
  }
}

export function readLayers(text: string | undefined): LayerId[] {
  if (text === undefined) return [...DEFAULT_LAYERS]
  const wanted = new Set(text.split(','))
  return LAYER_IDS.filter((layer) => wanted.has(layer))
}

export function writeLayers(layers: Iterable<LayerId>): string | undefined {
  const shown = new Set(layers)
  if (shown.size === DEFAULT_LAYERS.length && DEFAULT_LAYERS.every((layer) => shown.has(layer)))
    return undefined
  return LAYER_IDS.filter((layer) => shown.has(layer)).join(',') || 'none'
}

/** Query strings with plain texts: codes are digits and must not turn into numbers, commas and slashes stay readable. */
export const parseQuery = (query: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(query))

export function formatQuery(search: Record<string, unknown>): string {
  const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  const readable = (value: unknown) =>
    encodeURIComponent(String(value))
      .replace(/%(2F|2C|3A|3B)/g, decodeURIComponent)
      .replace(/%20/g, '+')
  return pairs.length ? `?${pairs.map(([name, value]) => `${name}=${readable(value)}`).join('&')}` : ''
}

export type Selection = { kind: 'code'; code: string } | { kind: 'feature'; layer: LayerId; id: number }

export function readSelection(at: string | undefined): Selection | undefined {
  if (!at) return undefined
  const [layer, id] = at.split('/')
  if (id === undefined) return { kind: 'code', code: at }
  const known = LAYER_IDS.find((candidate) => candidate === layer)
  return known && { kind: 'feature', layer: known, id: Number(id) }
}
