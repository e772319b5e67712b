import { z } from 'zod'
import { LAYERS } from '../../../geodata/layers.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'

export type FieldKind =
  | 'text'
  | 'paragraph'
  | 'number'
  | 'choice'
  | 'yes-no'
  | 'instant'
  | 'windows'
  | 'works'
  /** The triple of a hazard's category, held by `categoryCode`. */
  | 'category'

/** One property as a form enters it, read from the layer's input schema. */
export interface Field {
  name: string
  kind: FieldKind
  /** Null means unknown, which is neither 0 nor an empty text. */
  nullable: boolean
  /** May be left out: the server makes one. */
  generated: boolean
  whole: boolean
  min: number | undefined
  max: number | undefined
  maxLength: number | undefined
  options: string[]
}

interface JsonSchema {
  type?: string
  format?: string
  enum?: string[]
  anyOf?: JsonSchema[]
  minimum?: number
  maximum?: number
  maxLength?: number
  default?: unknown
}

/** Longer texts get more than one line. */
const PARAGRAPH_CHARACTERS = 1000
/** Zod's bounds of a whole number without bounds of its own. */
const bound = (value: number | undefined) =>
  value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value
/** Entered as one with the category's code. */
const PART_OF_CATEGORY = new Set(['categoryStandard', 'categoryKind'])

/** What follows from a history, no form enters, neither for one feature nor for many. */
const isEntered = (layer: LayerId, name: string): boolean =>
  !PART_OF_CATEGORY.has(name) && !LAYERS[layer].historyProperties?.includes(name)

const cache = new Map<LayerId, Field[]>()

/** The fields of a layer that a form enters, in the order of its schema. */
export function fieldsOf(layer: LayerId): Field[] {
  const known = cache.get(layer)
  if (known) return known
  const schema = z.toJSONSchema(LAYERS[layer].input, { io: 'input', unrepresentable: 'any' })
  const required = new Set(schema.required ?? [])
  const fields = Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)
    .filter(([name]) => isEntered(layer, name))
    .map(([name, property]): Field => {
      const nullable = property.anyOf?.some(({ type }) => type === 'null') ?? false
      const inner = property.anyOf?.find(({ type }) => type !== 'null') ?? property
      return {
        name,
        kind: kindOf(name, inner),
        nullable,
        generated: !required.has(name) && !('default' in property),
        whole: inner.type === 'integer',
        min: bound(inner.minimum),
        max: bound(inner.maximum),
        maxLength: inner.maxLength,
        options: inner.enum ?? [],
      }
    })
  cache.set(layer, fields)
  return fields
}

function kindOf(name: string, { type, format, enum: options, maxLength = 0 }: JsonSchema): FieldKind {
  if (name === 'categoryCode') return 'category'
  if (type === 'integer' || type === 'number') return 'number'
  if (type === 'boolean') return 'yes-no'
  if (type === 'array') return 'windows'
  if (type === 'object') return 'works'
  if (options) return 'choice'
  if (format === 'date-time') return 'instant'
  return maxLength >= PARAGRAPH_CHARACTERS ? 'paragraph' : 'text'
}
