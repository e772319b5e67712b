import { cleanText } from '../../shared/clean-text.ts'
import { isCodedLayer, parseCode } from '../../shared/codes.ts'
import type { IncomingFeature } from '../../shared/feature.ts'
import type { LayerDefinition } from '../../shared/layer.ts'
import { normaliseGeometry } from '../../shared/normalise-geometry.ts'
import type { ReadNotes } from '../read-notes.ts'
import { fitValue } from './fit-value.ts'
import { propertyFinder } from './property-names.ts'
import { foreignMember } from './split-features.ts'

const MAX_ID = 200
/** Stands for "the row that has this code", whatever its source id; the importer looks it up. */
export const CODE_ID = 'code:'

export interface FeatureReaderOptions {
  layer: LayerDefinition
  /** Prefix of the source ids that are made from feature ids and contents. */
  source: string
  /** A stable digest of a text; kept outside because geodata has no cryptography. */
  digest(text: string): string
  notes: ReadNotes
}

/**
 * Reads the features of a GeoJSON file for one layer, in the order of the file. The source id is the property sourceId
 * (exports carry it), else the code, else the feature's id, else a digest of its content. Returns undefined, and names
 * feature and reason in the notes, for what cannot be used. Unknown properties are counted, never silently dropped.
 */
export function featureReader(
  options: FeatureReaderOptions,
): (value: unknown) => IncomingFeature | undefined {
  const { layer, notes } = options
  const find = propertyFinder(layer)
  const seen = new Map<string, number>()
  let count = 0
  let firstRounded: string | undefined

  return (value) => {
    const index = ++count
    const label = labelOf(value, index)
    const skip = (reason: string, kind?: string) => {
      notes.skip(label, reason, kind)
      return undefined
    }
    const feature = asFeature(value)
    if (typeof feature === 'string') return skip(feature)
    const { properties, rest } = feature
    noteOddMembers(rest, notes)
    const read = readProperties(properties, layer, find, notes)
    if ('reason' in read) return skip(read.reason, `its properties cannot be used: ${read.property}`)
    const shape = normaliseGeometry(rest.geometry, layer.geometry)
    if (!shape.ok) return skip(shape.reason, kindOfReason(shape.reason))
    for (const note of shape.notes) notes.alter(label, note)
    if (shape.rounded) {
      firstRounded ??= label
      notes.note(`coordinates were rounded to 7 decimals, about a centimetre; first in ${firstRounded}`)
    }
    const incoming: IncomingFeature = { sourceId: '', geometry: shape.geometry, properties: read.properties }
    const basedOn = versionOf(properties.version)
    if (basedOn) incoming.basedOn = basedOn
    incoming.sourceId = sourceIdOf(incoming, properties, rest.id, options)
    const earlier = seen.get(incoming.sourceId)
    if (earlier !== undefined)
      return skip(
        `has the same identity (${incoming.sourceId}) as feature ${earlier}`,
        'the same identity stands twice',
      )
    seen.set(incoming.sourceId, index)
    return incoming
  }
}

/** Other programs may have made a text of it. */
const versionOf = (value: unknown): number | undefined =>
  /^[1-9]\d{0,8}$/.test(String(value)) ? Number(value) : undefined

type Members = Record<string, unknown>

function asFeature(value: unknown): { properties: Members; rest: Members } | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return `is ${JSON.stringify(value)?.slice(0, 60)}, expected a Feature`
  const rest = value as Members
  if (rest.type !== 'Feature') {
    // A bare geometry has no properties, which is fine where none is required.
    if ('coordinates' in rest || 'geometries' in rest)
      return foreignMember(rest, 'geometry') ?? { properties: {}, rest: { geometry: rest } }
    return `has the type ${JSON.stringify(rest.type)?.slice(0, 60)}, expected Feature`
  }
  const odd = foreignMember(rest, 'Feature')
  if (odd) return odd
  const properties = rest.properties ?? {}
  if (typeof properties !== 'object' || Array.isArray(properties))
    return `has properties that are ${Array.isArray(properties) ? 'a list' : JSON.stringify(properties).slice(0, 60)}, expected an object`
  return { properties: properties as Members, rest }
}

function readProperties(
  properties: Members,
  layer: LayerDefinition,
  find: ReturnType<typeof propertyFinder>,
  notes: ReadNotes,
): { properties: Members } | { reason: string; property: string } {
  const read: Members = {}
  // Our own names win over aliases, whichever comes first in the file.
  const entries = Object.entries(properties).sort(
    ([a], [b]) => Number(b in layer.input.shape) - Number(a in layer.input.shape),
  )
  for (const [key, value] of entries) {
    const target = find(key)
    if (!target) {
      notes.unknownProperty(key)
      continue
    }
    if ('derived' in target) continue
    const { input: property } = target
    if (property in read) {
      notes.note(`"${cleanText(key, 60)}" was left out: ${property} is given by another property`)
      continue
    }
    if (property !== key) notes.note(`"${cleanText(key, 60)}" was read as ${property}`)
    // An empty text is no code, though the field takes any text.
    if (property === 'code' && typeof value === 'string' && !value.trim()) continue
    const fitted = fitValue(layer.input.shape[property] as never, property, value)
    if (!fitted.ok) return { reason: fitted.reason, property }
    if (fitted.note) notes.note(fitted.note)
    if (fitted.value !== undefined) read[property] = fitted.value
  }
  const parsed = layer.input.safeParse(read)
  if (parsed.success) return { properties: parsed.data }
  const issue = parsed.error.issues[0]!
  const property = issue.path.map(String).join('.')
  const missing = !(String(issue.path[0]) in read)
  return {
    reason: missing ? `has no ${property}, which this layer needs` : `${property}: ${issue.message}`,
    property,
  }
}

function sourceIdOf(
  { geometry, properties }: IncomingFeature,
  original: Members,
  id: unknown,
  { layer, source, digest }: FeatureReaderOptions,
): string {
  const given = original.sourceId
  const own = typeof given === 'string' && cleanText(given.trim(), MAX_ID)
  if (own) return own
  if (isCodedLayer(layer.id) && typeof properties.code === 'string') {
    const code = parseCode(layer.id, properties.code)
    if (code) return `${CODE_ID}${code}`
  }
  const named = typeof id === 'string' || typeof id === 'number' ? cleanText(String(id).trim()) : ''
  if (named) return cleanText(`${source}:${named}`, MAX_ID)
  return `${source}:sha-${digest(JSON.stringify([geometry, properties]))}`
}

function noteOddMembers({ id, bbox }: Members, notes: ReadNotes): void {
  if (id !== undefined && id !== null && typeof id !== 'string' && typeof id !== 'number')
    notes.note('an id that is neither text nor number was left out')
  const isBox = Array.isArray(bbox) && [4, 6].includes(bbox.length) && bbox.every(Number.isFinite)
  if (bbox !== undefined && bbox !== null && !isBox)
    notes.note('a bbox that is not 4 or 6 numbers was left out')
}

function labelOf(value: unknown, index: number): string {
  const id = (value as { id?: unknown } | null)?.id
  return typeof id === 'string' || typeof id === 'number'
    ? `feature ${index} (id ${cleanText(String(id), 80)})`
    : `feature ${index}`
}

/** Reasons name coordinates; what is counted together is the text before them. */
const kindOfReason = (reason: string): string => reason.replace(/-?\d+(\.\d+)?/g, 'n')
