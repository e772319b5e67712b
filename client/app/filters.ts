import { z } from 'zod'
import { LAYERS } from '../../geodata/layers.ts'
import { CHOICES, type ChoiceName } from '../../geodata/lists/choices.ts'
import { CODE_LENGTH, isCodedLayer, layerOfCode } from '../../geodata/shared/codes.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { readArea, writeArea } from '../../geodata/shared/read-area.ts'

/** What narrows one layer, on the map and in its list alike. All that is given must hold. */
export interface LayerFilter {
  /** Code of a community, grid or micro-grid. */
  parent?: string | undefined
  kind?: string[] | undefined
  state?: string[] | undefined
  severity?: string[] | undefined
  /** First and last day or moment, ISO 8601; a day as `to` is included. */
  from?: string | undefined
  to?: string | undefined
  q?: string | undefined
  /** Open ring of a drawn polygon. */
  area?: LngLat[] | undefined
  /** Only what lies outside every community. */
  unassigned?: true | undefined
}

/** Query parameters of filters, one a layer: `f-hazards=state:reported,handling;severity:high;q:电动车`. */
export type FilterSearch = { [K in LayerId as `f-${K}`]?: string | undefined }
export const filterKey = (layer: LayerId) => `f-${layer}` as const

const MAX_TEXT = 100
const MAX_VALUES = 30

/** The property that a choice looks at; undefined where the layer has none. */
export function choiceProperty(layer: LayerId, choice: ChoiceName): string | undefined {
  const { kindProperty, stateProperty, input } = LAYERS[layer]
  if (choice === 'severity') return 'severity' in input.shape ? 'severity' : undefined
  return choice === 'kind' ? kindProperty : stateProperty
}

/** The values of a choice in the order of their catalogue; undefined where any text may stand. */
export function choiceOptions(layer: LayerId, choice: ChoiceName): string[] | undefined {
  const property = choiceProperty(layer, choice)
  let schema: unknown = property && LAYERS[layer].input.shape[property]
  if (schema instanceof z.ZodDefault) schema = schema.def.innerType
  return schema instanceof z.ZodEnum ? schema.options.map(String) : undefined
}

export const canBeUnassigned = (layer: LayerId): boolean => 'communityCode' in LAYERS[layer].derived.shape

/** Whether the layer can be narrowed to a cell: communities are not in a grid. */
export function fitsParent(layer: LayerId, code: string): boolean {
  const cell = layerOfCode(code)
  if (!cell || cell === 'buildings') return false
  return !isCodedLayer(layer) || CODE_LENGTH[layer] >= CODE_LENGTH[cell]
}

/** Separators inside a free text or a value; the URL's own encoding comes on top. */
const escapeText = (text: string) => text.replace(/[%;,:]/g, (sign) => encodeURIComponent(sign))
function unescapeText(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The filter as its parameter in the URL; undefined for one that leaves nothing out. */
export function formatFilter(filter: LayerFilter): string | undefined {
  const list = (values: string[] | undefined) =>
    values?.length ? values.map(escapeText).join(',') : undefined
  const parts: [string, string | undefined][] = [
    ['parent', filter.parent],
    ['kind', list(filter.kind)],
    ['state', list(filter.state)],
    ['severity', list(filter.severity)],
    ['from', filter.from],
    ['to', filter.to],
    ['q', filter.q && escapeText(filter.q)],
    ['area', filter.area && writeArea(filter.area).replaceAll(';', ' ')],
    ['unassigned', filter.unassigned && 'yes'],
  ]
  return (
    parts
      .filter(([, value]) => value)
      .map(([name, value]) => `${name}:${value}`)
      .join(';') || undefined
  )
}

/** Reads a filter from a link. What the layer does not have or what is broken is dropped: an old link must still open. */
export function parseFilter(layer: LayerId, text: string | undefined): LayerFilter {
  const filter: LayerFilter = {}
  for (const part of (text ?? '').slice(0, 8000).split(';')) {
    const colon = part.indexOf(':')
    if (colon > 0) readPart(layer, filter, part.slice(0, colon), part.slice(colon + 1))
  }
  if (filter.from && filter.to && endOf(filter.to) <= startOf(filter.from)) filter.to = undefined
  return withoutEmpty(filter)
}

function readPart(layer: LayerId, filter: LayerFilter, name: string, value: string): void {
  const choice = CHOICES.find((known) => known === name)
  if (choice) filter[choice] = readChoice(layer, choice, value)
  else if (name === 'parent') filter.parent = fitsParent(layer, value) ? value : undefined
  else if (name === 'from' || name === 'to') filter[name] = isMoment(value) ? value : undefined
  else if (name === 'q') filter.q = cleanQuery(unescapeText(value))
  else if (name === 'area') {
    const area = readArea(value.replaceAll(' ', ';'))
    filter.area = area.ok ? area.ring : undefined
  } else if (name === 'unassigned') filter.unassigned = canBeUnassigned(layer) || undefined
}

function readChoice(layer: LayerId, choice: ChoiceName, text: string): string[] | undefined {
  if (!choiceProperty(layer, choice)) return undefined
  const options = choiceOptions(layer, choice)
  const values = text
    .split(',')
    .map(unescapeText)
    .filter((value): value is string => value !== undefined && /^[^,\p{Cc}]{1,60}$/u.test(value))
    .filter((value) => !options || options.includes(value))
  return [...new Set(values)].slice(0, MAX_VALUES)
}

/** A text as the server takes it; undefined when nothing is left to look for. */
export function cleanQuery(text: string | undefined): string | undefined {
  const broken = /[\p{Cc}\p{Cs}]/gu
  const clean = text?.replace(broken, ' ').trim().slice(0, MAX_TEXT).replace(broken, '').trim()
  return clean || undefined
}

const isDay = (text: string) => z.iso.date().safeParse(text).success

/** Within the years that the server looks at. */
export function isMoment(text: string): boolean {
  const year = Number(text.slice(0, 4))
  return (
    (isDay(text) || z.iso.datetime({ offset: true }).safeParse(text).success) && year >= 1901 && year <= 2198
  )
}

/** Days are those of China Standard Time, as on the server. */
const startOf = (moment: string) => Date.parse(isDay(moment) ? `${moment}T00:00:00+08:00` : moment)
const endOf = (moment: string) => startOf(moment) + (isDay(moment) ? 86_400_000 : 0)

function withoutEmpty(filter: LayerFilter): LayerFilter {
  return Object.fromEntries(
    Object.entries(filter).filter(
      ([, value]) => value !== undefined && (!Array.isArray(value) || value.length > 0),
    ),
  )
}

/** Every filter of a link, by layer; layers without one are left out. */
export function readFilters(search: FilterSearch): Partial<Record<LayerId, LayerFilter>> {
  return Object.fromEntries(
    LAYER_IDS.map((layer) => [layer, parseFilter(layer, search[filterKey(layer)])] as const).filter(
      ([, filter]) => Object.keys(filter).length > 0,
    ),
  )
}

/** Every area that a layer is narrowed to. */
export const areasOf = (filters: Partial<Record<LayerId, LayerFilter>>): LngLat[][] =>
  Object.values(filters).flatMap(({ area }) => (area ? [area] : []))

/** The filters of a raw query, in the one form that formatFilter writes, for comparing and for links. */
export function readFilterSearch(raw: Record<string, unknown>): FilterSearch {
  const search: FilterSearch = {}
  for (const layer of LAYER_IDS) {
    const text = raw[filterKey(layer)]
    const known = typeof text === 'string' ? formatFilter(parseFilter(layer, text)) : undefined
    if (known) search[filterKey(layer)] = known
  }
  return search
}

/** The patch that sets one layer's filter in the URL. */
export const filterPatch = (layer: LayerId, filter: LayerFilter): FilterSearch => ({
  [filterKey(layer)]: formatFilter(filter),
})

/** The patch that clears every filter. */
export const clearPatch = (): FilterSearch =>
  Object.fromEntries(LAYER_IDS.map((layer) => [filterKey(layer), undefined]))
