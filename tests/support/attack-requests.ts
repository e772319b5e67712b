import {
  BODIES,
  CONTENT_TYPES,
  GEOMETRIES,
  HEADER_VALUES,
  PATH_TEXTS,
  RawJson,
  RawPath,
  TEXTS,
  VALUES,
} from './attacks.ts'

export interface Schema {
  $ref?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  type?: string | string[]
  format?: string
  pattern?: string
  minimum?: number
  exclusiveMinimum?: number
  minLength?: number
  minItems?: number
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  readOnly?: boolean
}
interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema?: Schema
}
interface Operation {
  method: string
  path: string
  parameters: Parameter[]
  /** Content types that it takes, with the schema of JSON. */
  body: Record<string, Schema> | undefined
}
export interface Document {
  paths: Record<
    string,
    Record<
      string,
      { parameters?: Parameter[]; requestBody?: { content?: Record<string, { schema?: Schema }> } }
    >
  >
  components?: { schemas?: Record<string, Schema> }
}
export interface Attack {
  method: string
  url: string
  headers: Record<string, string>
  body: string | undefined
  /** Where it strikes, for the report. */
  at: string
}
export type Random = () => number

/** mulberry32 */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const pick = <T>(from: readonly T[], random: Random): T => from[Math.floor(random() * from.length)]!

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

export function operationsOf({ paths }: Document): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, { parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        parameters,
        body:
          requestBody?.content &&
          Object.fromEntries(
            Object.entries(requestBody.content).map(([type, { schema = {} }]) => [type, schema]),
          ),
      })),
  )
}

/** A request that is right but for one place, chosen anew each time, so that it gets as far in as it can. */
export function attackOn(operation: Operation, document: Document, random: Random): Attack {
  const sample = sampler(operation, document, random)
  const slots = [
    ...operation.parameters.map(({ in: where, name }) => `${where} ${name}`),
    'query name',
    'query twice',
    'header',
    ...(operation.body ? ['body', 'body', 'body', 'body', 'body', 'whole body', 'content type'] : []),
    'method',
  ]
  const slot = pick(slots, random)
  const hostile = (where: Parameter['in']) =>
    where === 'path' && random() < 0.4 ? pick(PATH_TEXTS, random) : pick(TEXTS, random)
  const wanted = ({ in: where, name, schema = {} }: Parameter): unknown =>
    slot === `${where} ${name}` ? hostile(where) : sample(schema, name)

  let path = operation.path
  const query: string[] = []
  const headers: Record<string, string> = {}
  for (const parameter of operation.parameters) {
    const { in: where, name, required } = parameter
    if (where !== 'path' && !required && slot !== `${where} ${name}` && random() < 0.7) continue
    const value = wanted(parameter)
    if (where === 'path') path = path.replace(`{${name}}`, encoded(value))
    else if (where === 'query') query.push(`${encodeURIComponent(name)}=${encoded(value)}`)
    else headers[name.toLowerCase()] = headerText(textOf(value))
  }
  if (operation.method !== 'GET' && operation.method !== 'POST') headers['if-match'] ??= '"1"'
  if (slot === 'query name') query.push(`${encoded(pick(TEXTS, random))}=${encoded(pick(TEXTS, random))}`)
  if (slot === 'query twice' && query.length > 0) query.push(...query, query[0]!.replace('=', '[]='))
  if (slot === 'header') {
    const name = pick(Object.keys(HEADER_VALUES), random)
    headers[name] = headerText(pick(HEADER_VALUES[name]!, random))
  }
  let body: string | undefined
  if (operation.body) {
    const [type, schema] = pick(Object.entries(operation.body), random)
    headers['content-type'] = slot === 'content type' ? headerText(pick(CONTENT_TYPES, random)) : type
    if (slot === 'whole body') body = pick(BODIES, random)
    else if (type === 'application/json') {
      const value = sample(schema, '')
      body = jsonText(slot === 'body' ? strike(value, random) : value)
    } else [headers['content-type'], body] = form(headers['content-type'], random)
  }
  return {
    method:
      slot === 'method'
        ? pick(['OPTIONS', 'HEAD', 'TRACE_', 'PROPFIND', 'PATCH', 'DELETE'], random)
        : operation.method,
    url: `http://localhost${path}${query.length > 0 ? `?${query.join('&')}` : ''}`,
    headers,
    body,
    at: `${operation.method} ${operation.path} at ${slot}`,
  }
}

/** Puts something hostile in one place of a value: a member, an item, or a key that was not there. */
function strike(value: unknown, random: Random, depth = 0): unknown {
  const isOpen = typeof value === 'object' && value !== null
  if (isOpen && 'coordinates' in value && random() < 0.7) return pick(GEOMETRIES, random)()
  if (isOpen && random() < 0.9 - depth * 0.05) {
    if (Array.isArray(value) && value.length > 0) {
      const at = Math.floor(random() * value.length)
      return value.map((item, index) => (index === at ? strike(item, random, depth + 1) : item))
    }
    const names = Object.keys(value)
    if (!Array.isArray(value) && names.length > 0 && random() < 0.9) {
      const at = pick(names, random)
      return { ...value, [at]: strike((value as Record<string, unknown>)[at], random, depth + 1) }
    }
    if (!Array.isArray(value)) return { ...value, [`${pick(TEXTS, random)}`]: pick(VALUES, random)() }
  }
  return random() < 0.6 ? pick(TEXTS, random) : pick(VALUES, random)()
}

function form(type: string, random: Random): [type: string, body: string] {
  if (!type.startsWith('multipart/')) return [type, pick(TEXTS, random)]
  const name = pick(['file', 'file', 'file', ...TEXTS.slice(0, 40)], random)
  const fileName = pick(['town.geojson', 'town.osm', 'x.osm.pbf', ...TEXTS], random)
  const content = pick(
    [
      '{"type":"FeatureCollection","features":[]}',
      '<osm version="0.6"><node id="1" lat="31" lon="120"/></osm>',
      '\u0000\u0000\u0000\u000d\n\u0009OSMHeader',
      '\u001f\u008b\u0008',
      ...BODIES,
      ...TEXTS,
    ],
    random,
  )
  const field =
    random() < 0.5
      ? `--b\r\ncontent-disposition: form-data; name="layer"\r\n\r\n${pick(['roads', ...TEXTS], random)}\r\n`
      : ''
  const end = random() < 0.9 ? '\r\n--b--\r\n' : ''
  return [
    'multipart/form-data; boundary=b',
    `${field}--b\r\ncontent-disposition: form-data; name="${name}"; filename="${fileName}"\r\n\r\n${content}${end}`,
  ]
}

/** Values that fit a schema, as far as a schema tells; ids are of features that are there. */
function sampler({ path }: Operation, { components }: Document, random: Random) {
  const shape = {
    Point: { type: 'Point', coordinates: [120.0011, 31.0011] },
    LineString: {
      type: 'LineString',
      coordinates: [
        [120, 31],
        [120.01, 31],
      ],
    },
    Polygon: {
      type: 'Polygon',
      coordinates: [
        [
          [120.006, 31.006],
          [120.007, 31.006],
          [120.007, 31.007],
          [120.006, 31.007],
          [120.006, 31.006],
        ],
      ],
    },
  }
  const fitting = /\/(facilities|hazards|checkpoints)/.test(path)
    ? shape.Point
    : /\/roads/.test(path)
      ? shape.LineString
      : shape.Polygon
  return function sample(schema: Schema, name: string, depth = 0): unknown {
    if (name === 'geometry') return /\/changes/.test(path) ? pick(Object.values(shape), random) : fitting
    if (name === 'bbox') return '120,31,120.02,31.02'
    if (schema.$ref) return sample(components?.schemas?.[schema.$ref.split('/').at(-1)!] ?? {}, name, depth)
    if (schema.const !== undefined) return schema.const
    if (schema.enum) return pick(schema.enum, random)
    const choice = schema.anyOf ?? schema.oneOf
    if (choice) return sample(pick(choice, random), name, depth)
    if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => sample(part, name, depth)))
    const type = Array.isArray(schema.type) ? pick(schema.type, random) : schema.type
    if (type === 'object' || schema.properties) {
      const members = Object.entries(schema.properties ?? {}).filter(
        ([member, { readOnly }]) => !readOnly && (schema.required?.includes(member) || random() < 0.8),
      )
      return Object.fromEntries(members.map(([member, part]) => [member, sample(part, member, depth + 1)]))
    }
    if (type === 'array')
      return depth > 8
        ? []
        : Array.from({ length: Math.max(schema.minItems ?? 0, 1) }, () =>
            sample(schema.items ?? {}, name, depth + 1),
          )
    if (type === 'integer' || type === 'number')
      return schema.minimum ?? (schema.exclusiveMinimum === undefined ? 1 : schema.exclusiveMinimum + 1)
    if (type === 'boolean') return random() < 0.5
    if (type === 'null') return null
    return sampleText(schema, name, random)
  }
}

function sampleText({ format, minLength = 0 }: Schema, name: string, random: Random): string {
  if (/^if-match$/i.test(name)) return '"1"'
  if (format === 'uuid')
    return `00000000-0000-4000-8000-${Math.floor(random() * 1e12)
      .toString()
      .padStart(12, '0')}`
  if (format === 'date') return '2026-11-20'
  if (format === 'date-time' || name === 'at' || name === 'time') return '2026-11-20T07:40:00Z'
  if (/code|parent|division/i.test(name)) return '990101001001'
  if (/^(id|feature|featureId|after|cursor|version|z|x|y)$/i.test(name)) return '1'
  if (name === 'collectionId') return 'buildings'
  if (name === 'layer') return 'roads'
  return '柳堤'.padEnd(minLength, 'x')
}

const textOf = (value: unknown): string =>
  value instanceof RawPath || value instanceof RawJson
    ? value.text
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

const encoded = (value: unknown): string =>
  value instanceof RawPath
    ? value.text
    : encodeURIComponent(textOf(value).replaceAll(/[\ud800-\udfff]/gu, '\ufffd'))

/** What the platform would not let through as a header's value is left out. */
const headerText = (text: string): string =>
  [...text]
    .filter((letter) => /[\t\x20-\x7e\x80-\xff]/.test(letter))
    .join('')
    .trim()

/** JSON of a value in which some parts are JSON already. */
function jsonText(value: unknown): string {
  const raw: string[] = []
  const text = JSON.stringify(value, (_, part: unknown) => {
    if (!(part instanceof RawJson)) return part
    raw.push(part.text)
    return `\u0001raw${raw.length - 1}\u0001`
  })
  return text.replaceAll(/"\\u0001raw(\d+)\\u0001"/g, (_, index: string) => raw[Number(index)]!)
}
