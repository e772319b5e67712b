import { z } from '@hono/zod-openapi'
import { LAYERS } from '../../geodata/layers.ts'
import { text } from '../../geodata/shared/fields.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerDefinition, LayerId } from '../../geodata/shared/layer.ts'
import { areaParameter, idsParameter, momentParameter } from './filter.parameters.ts'

/** Checked by normaliseGeometry, whose messages say more than a schema could. */
const geometry = (type: string) =>
  z.unknown().openapi({
    type: 'object',
    description: `GeoJSON ${type}; EPSG:4326, longitude first, at most 7 decimals are kept${type === 'MultiPolygon' ? '; a Polygon is taken too' : ''}`,
    example: { type, coordinates: [] },
  })

export const featureSchema = ({ id, geometry: type, input, derived }: LayerDefinition) =>
  z
    .object({
      type: z.literal('Feature'),
      id: z.int(),
      version: z.int().describe('Send it back as If-Match: "version"'),
      geometry: geometry(type),
      properties: z.object({ ...input.shape, ...derived.shape }),
    })
    .openapi(`${id}-feature`)

export const collectionSchema = (definition: LayerDefinition) =>
  z
    .object({
      type: z.literal('FeatureCollection'),
      features: z.array(featureSchema(definition)),
      numberReturned: z.int(),
      next: z.string().nullable().describe('Pass as cursor for the next page; null on the last'),
    })
    .openapi(`${definition.id}-collection`)

const byHistory = ({ historyProperties = [], input }: LayerDefinition) =>
  Object.fromEntries(
    historyProperties.map((key) => [
      key,
      withoutDefault(input.shape[key] as z.ZodType)
        .optional()
        .openapi({ description: 'Follows the history: left out, or as it is' }),
    ]),
  )

/** A feature that was read can be sent back as it is: derived properties are taken and ignored. */
const ignored = (definition: LayerDefinition) =>
  Object.fromEntries(
    Object.keys(definition.derived.shape).map((key) => [
      key,
      z.unknown().optional().openapi({ readOnly: true, description: 'Derived; ignored here' }),
    ]),
  )

export const putSchema = (definition: LayerDefinition) =>
  z.strictObject({
    type: z.literal('Feature').optional(),
    id: z.int().optional(),
    version: z.int().optional(),
    geometry: geometry(definition.geometry),
    properties: definition.input.extend({ ...byHistory(definition), ...ignored(definition) }),
  })

/** A merge patch (RFC 7396): what is left out stays, null clears. */
export const patchSchema = (definition: LayerDefinition) =>
  z.strictObject({
    type: z.literal('Feature').optional(),
    id: z.int().optional(),
    version: z.int().optional(),
    geometry: geometry(definition.geometry).optional(),
    properties: z
      .strictObject({
        ...Object.fromEntries(
          Object.entries(definition.input.shape).map(([key, schema]) => [
            key,
            withoutDefault(schema as z.ZodType).optional(),
          ]),
        ),
        ...ignored(definition),
      })
      .optional(),
  })

const withoutDefault = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodDefault ? (schema.removeDefault() as z.ZodType) : schema

/** Values that a property may take, if they are a fixed list. */
export function optionsOf(layer: LayerId, property: string | undefined): string[] | undefined {
  const schema = property ? (LAYERS[layer].input.shape[property] as z.ZodType | undefined) : undefined
  const inner = schema ? withoutDefault(schema) : undefined
  return inner instanceof z.ZodEnum ? (inner.options as string[]) : undefined
}

export const bboxParameter = z
  .string()
  .transform((text, context): Bbox => {
    const numbers = text.split(',').map(Number)
    const [west, south, east, north] = numbers
    const good =
      numbers.length === 4 &&
      numbers.every(Number.isFinite) &&
      text.split(',').every((part) => part.trim() !== '') &&
      Math.abs(west!) <= 180 &&
      Math.abs(east!) <= 180 &&
      Math.abs(south!) <= 90 &&
      Math.abs(north!) <= 90 &&
      south! <= north!
    if (good) return numbers as Bbox
    context.addIssue({
      code: 'custom',
      message: `is “${text.slice(0, 80)}”; expected west,south,east,north in degrees, e.g. 120.6,31.3,120.7,31.4`,
    })
    return z.NEVER
  })
  .openapi({ type: 'string', example: '120.6,31.3,120.7,31.4' })

const choice = (layer: LayerId, property: string | undefined) => {
  const options = optionsOf(layer, property)
  return text(400)
    .transform((list, context) => {
      const values = list.split(',').map((value) => value.trim())
      const odd = options && values.find((value) => !options.includes(value))
      if (odd !== undefined)
        context.addIssue({
          code: 'custom',
          message: `“${odd.slice(0, 40)}” is not one of ${options!.join(', ')}`,
        })
      return values
    })
    .optional()
    .openapi({
      type: 'string',
      description: `One or several, by commas${options ? `: ${options.join(', ')}` : ''}`,
    })
}

const flag = z.enum(['true', 'false']).transform((text) => text === 'true')

/** The query parameters that a layer's tiles can be filtered by: all but those that name a place or rows themselves. */
export const tileFilterParameters = ({
  id,
  kindProperty,
  stateProperty,
  timeProperty,
  input,
  derived,
}: LayerDefinition) => ({
  parent: text(40).optional().describe('Code of a community, grid or micro-grid'),
  ...(kindProperty ? { kind: choice(id, kindProperty) } : {}),
  ...(stateProperty ? { state: choice(id, stateProperty) } : {}),
  ...('severity' in input.shape ? { severity: choice(id, 'severity') } : {}),
  area: areaParameter.optional(),
  from: momentParameter(false).optional().describe(`Beginning of a period of ${timeProperty}; see to`),
  to: momentParameter(true).optional(),
  q: text(100).min(1).optional().describe('Names, codes, addresses; pinyin and initials too'),
  ...('communityCode' in derived.shape
    ? { unassigned: flag.optional().describe('true: only what lies outside every community') }
    : {}),
})

/** The query parameters by which a layer's lists, id lists, facets and exports are filtered. */
export const filterParameters = (definition: LayerDefinition) => ({
  ...tileFilterParameters(definition),
  bbox: bboxParameter.optional(),
  ids: idsParameter.optional(),
})

/** What every layer can be asked alike. */
export const countsParameters = z.strictObject({
  bbox: bboxParameter.optional(),
  parent: text(40).optional().describe('Code of a community, grid or micro-grid'),
  area: areaParameter.optional(),
  from: momentParameter(false).optional(),
  to: momentParameter(true)
    .optional()
    .describe('Period of reportedAt for hazards, of updatedAt for other layers'),
  q: text(100).min(1).optional(),
  unassigned: flag.optional(),
})

export const listParameters = (definition: LayerDefinition) =>
  z.strictObject({
    ...filterParameters(definition),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe('Left out: 100, and with ids all of them'),
    cursor: z.coerce.number().int().min(0).optional().describe('`next` of the page before'),
    geometry: flag.default(true).describe('false: geometry is null, for lists'),
  })

/** For readVersion: left out, the answer says what to send, which a schema could not. */
export const versionHeader = z.object({
  'if-match': z.string().optional().openapi({ description: 'The version you read, e.g. "3". Required.' }),
})

export const idParameter = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })
