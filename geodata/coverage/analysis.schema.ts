import { z } from 'zod'
import { areaCodesSchema } from '../access/area.schema.ts'
import { PERMISSIONS } from '../access/permissions.ts'
import { JOB_STATES } from '../patrols/generation.schema.ts'
import { text } from '../shared/fields.ts'
import type { LngLat, Ring } from '../shared/geojson.ts'
import { bbox } from '../shared/wire.schema.ts'

export const ANALYSIS_KINDS = ['facility', 'patrol', 'siting', 'redraw', 'groups', 'overlay', 'duty'] as const
export type AnalysisKindName = (typeof ANALYSIS_KINDS)[number]

/** A value of JSON: what properties of features and results are made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Geometries that parts are made of, in EPSG:4326. */
export type AnalysisGeometry =
  | { type: 'Point'; coordinates: LngLat }
  | { type: 'LineString'; coordinates: LngLat[] }
  | { type: 'MultiLineString' | 'Polygon'; coordinates: Ring[] }
  | { type: 'MultiPolygon'; coordinates: Ring[][] }
export const ANALYSIS_GEOMETRIES = [
  'Point',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
] as const satisfies readonly AnalysisGeometry['type'][]

/** Names of parts, as they stand in addresses: `gap`, `reach`, `site`. */
export const partName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'is not the name of a part')

/** A plain statement of what is missing, and what was computed anyway. Clients have the words, by code. */
export const analysisNoteSchema = z.object({
  code: z.string().max(60),
  values: z
    .record(
      z.string(),
      z.union([z.string(), z.number(), z.null(), z.array(z.union([z.string(), z.number()]))]),
    )
    .describe('What the words speak of'),
})
export type AnalysisNote = z.infer<typeof analysisNoteSchema>

export const FIELD_TYPES = ['text', 'number', 'boolean', 'json'] as const
export type FieldType = (typeof FIELD_TYPES)[number]

export const analysisPartSchema = z.object({
  part: z.string(),
  count: z.int(),
  geometry: z.enum(ANALYSIS_GEOMETRIES),
  bbox: bbox.nullable().describe('Of all its features; null when there are none'),
  fields: z
    .array(z.object({ name: z.string(), type: z.enum(FIELD_TYPES) }))
    .describe('Properties of its features, in their order; tiles carry no json'),
})
export type AnalysisPartHead = z.infer<typeof analysisPartSchema>

/** What is asked. `params`: the kind's own. */
export const analysisInputSchema = z
  .strictObject({
    kind: z.enum(ANALYSIS_KINDS),
    title: text(120).default(''),
    area: areaCodesSchema.default([]).describe('None: all that whoever asks reaches'),
    params: z.record(z.string().max(60), z.unknown()).default({}).describe('As the kind has them'),
  })
  .meta({ id: 'AnalysisInput' })
export type AnalysisInput = z.infer<typeof analysisInputSchema>

/** A question about coverage, what became of it and what was found. */
export const analysisSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(ANALYSIS_KINDS),
    title: z.string(),
    area: z.array(z.string()).describe('Codes of cells; none: all that its author reached'),
    params: z.record(z.string(), z.unknown()),
    needs: z
      .enum(Object.keys(PERMISSIONS) as [keyof typeof PERMISSIONS])
      .nullable()
      .describe('The permission that reading it takes, beside “read”'),
    state: z.enum(JOB_STATES),
    progress: z.number().describe('0 to 1'),
    stage: z.string().describe('What it does now, a short code'),
    revision: z.int().describe('Grows when anything but progress and stage changes'),
    result: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('Figures, as the kind has them, once it is done'),
    notes: z.array(analysisNoteSchema),
    parts: z.array(analysisPartSchema).describe('Sets of features, once it is done'),
    problem: z.object({ code: z.string(), detail: z.string() }).nullable().describe('Why it failed'),
    createdBy: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
    finishedAt: z.string().nullable(),
    staleSince: z.string().nullable().describe('Since when what it read has changed; null: it has not'),
    rerunOf: z.uuid().nullable(),
  })
  .meta({ id: 'Analysis' })
export type Analysis = z.infer<typeof analysisSchema>

/** In a list: without figures. */
export const analysisSummarySchema = analysisSchema
  .omit({ result: true, notes: true })
  .meta({ id: 'AnalysisSummary' })
export type AnalysisSummary = z.infer<typeof analysisSummarySchema>

/** A feature of a part, as GeoJSON. `id`: its number in the part. */
export const analysisFeatureSchema = z
  .object({
    type: z.literal('Feature'),
    id: z.int(),
    geometry: z.custom<AnalysisGeometry>().meta({ type: 'object' }),
    properties: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AnalysisFeature' })
export type AnalysisFeature = z.infer<typeof analysisFeatureSchema>
