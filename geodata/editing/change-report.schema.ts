import { z } from 'zod'
import { HOUSEHOLD_VERDICTS } from '../places/household-band.ts'
import { topologyFindingSchema } from '../places/topology.schema.ts'
import { layerId, storedFeatureSchema } from '../shared/wire.schema.ts'

const featureName = z.object({ layer: layerId, id: z.int() })

/** What became of a change set that was applied. */
export const savedChangesSchema = z
  .object({
    id: z.string(),
    at: z.string(),
    features: z.array(storedFeatureSchema).describe('As stored, in the order of the puts'),
    ids: z.record(z.string(), z.int()).describe('Ids of new features by the negative ids that named them'),
    deleted: z.array(featureName),
    followed: z
      .array(
        z.object({
          layer: layerId,
          id: z.int(),
          version: z.int(),
          codeBefore: z.string().nullable(),
          codeAfter: z.string().nullable(),
        }),
      )
      .describe('Cells and buildings that got another code, and with it a version, because of this edit'),
  })
  .meta({ id: 'SavedChanges' })
export type SavedChanges = z.infer<typeof savedChangesSchema>

/** A row that is not the one the edit started from. `current`: as it is now; null: it was deleted. */
const conflict = z.object({
  layer: layerId,
  id: z.int(),
  expectedVersion: z.int(),
  current: storedFeatureSchema.nullable(),
})
export type Conflict = z.infer<typeof conflict>

/** New features have their negative ids, here and below. */
const codeChange = z.object({
  layer: layerId,
  id: z.int(),
  name: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
})
export type CodeChange = z.infer<typeof codeChange>

/** `code`: the building's own; null for points. */
const cellMove = z.object({ ...codeChange.shape, code: z.string().nullable() })

const householdChange = z.object({
  layer: z.literal('grids'),
  id: z.int(),
  code: z.string(),
  name: z.string(),
  before: z.number().nullable().describe('null: no building has a figure, or the grid is new'),
  after: z.number().nullable(),
  unknownBuildings: z
    .int()
    .describe('Without a figure after the edit: with one, a sum below the band says nothing'),
  verdict: z.enum(HOUSEHOLD_VERDICTS),
})
export type HouseholdChange = z.infer<typeof householdChange>

/** What saving a change set would do. */
export const checkReportSchema = z
  .object({
    conflicts: z.array(conflict).describe('current is null where the feature was deleted'),
    problem: z
      .object({ code: z.string(), detail: z.string(), at: featureName.optional() })
      .nullable()
      .describe('What saving would be refused for'),
    fresh: z
      .array(topologyFindingSchema)
      .describe('Findings of the communities touched that were not there before; at most 200'),
    freshTotal: z.int(),
    standing: z.int(),
    healed: z.int(),
    partial: z
      .boolean()
      .describe('true: more than 20 communities are touched; findings and households are of 20'),
    moves: z.object({
      total: z.int(),
      list: z.array(cellMove).describe('At most 200; from, to: codes of the smallest cells'),
    }),
    codes: z.array(codeChange),
    households: z.array(householdChange),
  })
  .meta({ id: 'ChangesReport' })
export type CheckReport = z.infer<typeof checkReportSchema>
