import { z } from '@hono/zod-openapi'
import { CRS84_URI } from '../../geodata/crs/ogc-crs.ts'
import { text } from '../../geodata/shared/fields.ts'
import { datetimeParameter } from './datetime-parameter.ts'

const DEFAULT_LIMIT = 100
export const MAX_LIMIT = 10_000

/** One value without brackets, as the standard wants its parameters described. */
export const inQuery = { param: { in: 'query', style: 'form', explode: false } } as const

export const formatParameter = z
  .enum(['json', 'html'])
  .optional()
  .openapi({ ...inQuery, description: 'In place of the header Accept' })

/** Of one item. */
export const itemParameters = {
  crs: text(200)
    .optional()
    .openapi({
      ...inQuery,
      type: 'string',
      format: 'uri',
      description: 'Address of one of the collection’s coordinate systems, whose order of axes it has',
      default: CRS84_URI,
    }),
  f: formatParameter,
}

/** Of the items of every collection. Who asks for more than the most gets the most, as the standard has it. */
export const itemsParameters = {
  limit: z
    .string()
    .regex(/^0{0,9}[1-9]\d{0,14}$/, `is not a whole number from 1 to ${MAX_LIMIT}`)
    .transform((digits) => Math.min(Number(digits), MAX_LIMIT))
    .default(DEFAULT_LIMIT)
    .openapi({
      ...inQuery,
      type: 'integer',
      minimum: 1,
      maximum: MAX_LIMIT,
      default: DEFAULT_LIMIT,
      description: 'How many items a page has at most',
    }),
  bbox: z
    .string()
    .optional()
    .openapi({
      ...inQuery,
      type: 'array',
      items: { type: 'number' },
      minItems: 4,
      maxItems: 6,
      description:
        'Items whose box meets this one, in the order of axes of bbox-crs; in degrees it may cross the antimeridian. Heights are passed over.',
      example: [120.6, 31.3, 120.7, 31.4],
    }),
  'bbox-crs': itemParameters.crs.openapi({ description: 'Coordinate system of bbox' }),
  datetime: datetimeParameter.optional().openapi({ ...inQuery }),
  ...itemParameters,
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'is not from a link to the next page')
    .transform(Number)
    .optional()
    .openapi({ ...inQuery, type: 'integer', minimum: 0, description: 'Of links to the next page' }),
}
export type ItemsParameters = z.infer<z.ZodObject<typeof itemsParameters>>
