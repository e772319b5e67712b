import { z } from '@hono/zod-openapi'
import { MAX_CHANGES } from '../../geodata/editing/change-set.ts'
import { text } from '../../geodata/shared/fields.ts'
import { LAYER_IDS } from '../../geodata/shared/layer.ts'

export const layerSchema = z.enum(LAYER_IDS)
const rowId = z.int().min(1)
const version = z.int().min(1).max(2_147_483_646)

const put = z
  .strictObject({
    layer: layerSchema,
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
const deletion = z.strictObject({ layer: layerSchema, id: rowId, version }).openapi('Deletion')

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

const featureSchema = z
  .object({
    type: z.literal('Feature'),
    id: z.int(),
    version: z.int(),
    geometry: z.unknown().openapi({ type: 'object' }),
    properties: z.record(z.string(), z.unknown()),
  })
  .openapi('StoredFeature')

const findingSchema = z.object({
  kind: z.enum(['gap', 'overlap', 'stray', 'invalid']),
  layer: layerSchema,
  id: z.int(),
  code: z.string(),
  otherId: z.int().nullable(),
  otherCode: z.string().nullable(),
  areaSquareMetres: z.number().nullable(),
  reason: z.string(),
  geometry: z.unknown().openapi({ type: 'object', description: 'GeoJSON, or null' }),
})

export const savedSchema = z
  .object({
    id: z.string(),
    at: z.string(),
    features: z.array(featureSchema).describe('As stored, in the order of the puts'),
    ids: z.record(z.string(), z.int()).describe('Ids of new features by the negative ids that named them'),
    deleted: z.array(z.object({ layer: layerSchema, id: z.int() })),
    followed: z
      .array(
        z.object({
          layer: layerSchema,
          id: z.int(),
          version: z.int(),
          codeBefore: z.string().nullable(),
          codeAfter: z.string().nullable(),
        }),
      )
      .describe('Cells and buildings that got another code, and with it a version, because of this edit'),
  })
  .openapi('SavedChanges')
export type SavedChanges = z.infer<typeof savedSchema>

export const checkQuerySchema = z.strictObject({
  toleranceSquareMetres: z.coerce
    .number()
    .min(0)
    .max(1_000_000)
    .default(1)
    .describe('Gaps and overlaps up to this size are no findings'),
})

export const reportSchema = z
  .object({
    conflicts: z.array(
      z.object({
        layer: layerSchema,
        id: z.int(),
        expectedVersion: z.int(),
        current: featureSchema.nullable().describe('null: it was deleted'),
      }),
    ),
    problem: z
      .object({
        code: z.string(),
        detail: z.string(),
        at: z.object({ layer: layerSchema, id: z.int() }).optional(),
      })
      .nullable()
      .describe('What saving would be refused for'),
    fresh: z
      .array(findingSchema)
      .describe('Findings of the communities touched that were not there before; at most 200'),
    freshTotal: z.int(),
    standing: z.int(),
    healed: z.int(),
    partial: z
      .boolean()
      .describe('true: more than 20 communities are touched; findings and households are of 20'),
    moves: z.object({
      total: z.int(),
      list: z
        .array(
          z.object({
            layer: layerSchema,
            id: z.int(),
            name: z.string().nullable(),
            code: z.string().nullable(),
            from: z.string().nullable(),
            to: z.string().nullable(),
          }),
        )
        .describe('At most 200; from, to: codes of the smallest cells'),
    }),
    codes: z.array(
      z.object({
        layer: layerSchema,
        id: z.int(),
        name: z.string().nullable(),
        from: z.string().nullable(),
        to: z.string().nullable(),
      }),
    ),
    households: z.array(
      z.object({
        layer: z.literal('grids'),
        id: z.int(),
        code: z.string(),
        name: z.string(),
        before: z.number().nullable(),
        after: z.number().nullable(),
        unknownBuildings: z.int(),
        verdict: z.enum(['below', 'within', 'above', 'unknown']),
      }),
    ),
  })
  .openapi('ChangesReport')
