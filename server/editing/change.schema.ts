import { z } from '@hono/zod-openapi'
import { MAX_CHANGES } from '../../geodata/editing/change-set.ts'
import { text } from '../../geodata/shared/fields.ts'
import { layerId } from '../../geodata/shared/wire.schema.ts'

const rowId = z.int().min(1)
const version = z.int().min(1).max(2_147_483_646)

const put = z
  .strictObject({
    layer: layerId,
    id: z
      .int()
      .refine(
        (id) => id !== 0,
        'is 0; expected a feature’s id, or a negative number that names a new feature',
      )
      .describe('Negative: a new feature; the number names it in this change set and in the answer'),
    version: version
      .nullable()
      .describe(
        'The version that the edit started from; null for a new feature. A deletion counts as a version: one more than the last brings a deleted feature back.',
      ),
    geometry: z.unknown().openapi({ type: 'object', description: 'GeoJSON geometry as the layer has it' }),
    properties: z.unknown().openapi({ type: 'object', description: 'As in PUT of the layer' }),
  })
  .openapi('Put')
const deletion = z.strictObject({ layer: layerId, id: rowId, version }).openapi('Deletion')

/** The outer form of a change set; readChanges looks at each geometry and its properties. */
export const changesSchema = z.strictObject({
  puts: z.array(put).max(MAX_CHANGES),
  deletes: z.array(deletion).max(MAX_CHANGES),
})
export type SentChanges = z.infer<typeof changesSchema>

export const saveSchema = changesSchema.extend({
  id: z
    .uuid()
    .describe(
      'Made by the client. Sent again with the same body it gives the same answer, and nothing happens twice',
    ),
  note: text(500).optional().describe('Why, for the history'),
})

export const checkQuerySchema = z.strictObject({
  toleranceSquareMetres: z.coerce
    .number()
    .min(0)
    .max(1_000_000)
    .default(1)
    .describe('Gaps and overlaps up to this size are no findings'),
})
