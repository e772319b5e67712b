import { z } from 'zod'
import { CELL_LAYERS } from '../shared/codes.ts'
import { text } from '../shared/fields.ts'

export const overlayParamsSchema = z.strictObject({
  zoneLayer: text(40).min(1).describe('Code of a zone layer, such as police'),
  level: z.enum(CELL_LAYERS).default('micro-grids'),
  leastShare: z
    .number()
    .min(0)
    .max(0.5)
    .default(0.05)
    .describe('A cell is split when at least this share of it, by area or households, is in another zone'),
  sliverSquareMetres: z
    .number()
    .min(0)
    .max(100_000)
    .default(50)
    .describe('Smaller pieces without a building are slivers: borders that were drawn twice'),
})
export type OverlayParams = z.infer<typeof overlayParamsSchema>

const share = z.number().nullable().describe('Of the cell; null: the cell has none')

const piece = z.object({
  zone: z.int().nullable().describe('Id; null: in no zone'),
  code: z.string().nullable(),
  name: z.string().nullable(),
  squareMetres: z.number(),
  areaShare: share,
  households: z.int(),
  householdShare: share,
  buildings: z.int(),
  isSliver: z.boolean(),
})
export type OverlayPiece = z.infer<typeof piece>

const row = z.object({
  cell: z.int(),
  code: z.string(),
  name: z.string(),
  squareMetres: z.number(),
  households: z.int(),
  main: piece
    .nullable()
    .describe('The zone with the most households, or with the most ground where there are none'),
  isSplit: z.boolean(),
  pieces: z.array(piece).describe('The largest first; what is in no zone is one of them'),
  overlapSquareMetres: z.number().describe('In more than one zone of the layer'),
})
export type OverlayRow = z.infer<typeof row>

export const overlayResultSchema = z.object({
  zoneLayer: z.string(),
  title: z.object({ zh: z.string(), en: z.string() }),
  level: z.enum(CELL_LAYERS),
  cells: z.int(),
  whole: z.int().describe('Cells in one zone, but for slivers and shares under the limit'),
  split: z.int(),
  outside: z.int().describe('Cells whose largest piece is in no zone'),
  slivers: z.int(),
  squareMetres: z.number(),
  outsideSquareMetres: z.number(),
  overlapSquareMetres: z.number(),
  misplacedHouseholds: z.int().describe('In another zone than most of their cell'),
  zones: z
    .array(
      z.object({
        zone: z.int().nullable(),
        code: z.string().nullable(),
        name: z.string().nullable(),
        cells: z.int().describe('Of which it is the main zone'),
        squareMetres: z.number(),
        households: z.int(),
      }),
    )
    .describe('By code; what is in no zone last. At most 200'),
  rows: z
    .array(row)
    .describe('Split cells first, then by code; at most 300. All pieces are the part “piece”'),
})
export type OverlayResult = z.infer<typeof overlayResultSchema>
