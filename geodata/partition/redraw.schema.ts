import { z } from 'zod'
import { CELL_LAYERS } from '../shared/codes.ts'

/** What cells are balanced by. */
export const REDRAW_WEIGHTS = ['households', 'population', 'buildings', 'floorArea'] as const
export type RedrawWeight = (typeof REDRAW_WEIGHTS)[number]

/** How much a micro-grid should hold, for a start. Not an official norm: a figure to be changed where it is asked. */
export const DEFAULT_BAND: Record<RedrawWeight, { min: number; max: number }> = {
  households: { min: 80, max: 150 },
  population: { min: 200, max: 400 },
  buildings: { min: 5, max: 30 },
  floorArea: { min: 8_000, max: 15_000 },
}

export const MAX_CELLS = 99
/** The most buildings that are shared out at once. */
export const MAX_BUILDINGS = 20_000
export const REDRAW_PRIORITIES = ['balance', 'compact', 'streets', 'moves'] as const

const amount = z.int().min(0).max(100_000_000)

/** How to redraw the cell that the analysis is about: a micro-grid, a grid, or a community, whose grids stay. */
export const redrawParamsSchema = z
  .strictObject({
    weight: z.enum(REDRAW_WEIGHTS).default('households'),
    band: z
      .strictObject({ min: amount, max: amount.min(1) })
      .refine(({ min, max }) => min <= max, 'has min above max')
      .nullable()
      .default(null)
      .describe(
        'What a cell should hold; null: with `count` an equal share give or take a tenth, else the default',
      ),
    count: z
      .int()
      .min(1)
      .max(MAX_CELLS)
      .nullable()
      .default(null)
      .describe('How many cells; null: as many as the band asks for'),
    mode: z
      .enum(['fresh', 'minimal'])
      .default('fresh')
      .describe('minimal: keep the cells that are there where possible'),
    alternatives: z.int().min(1).max(REDRAW_PRIORITIES.length).default(3),
    seed: z.int().min(1).max(1_000_000).default(1).describe('Another seed, other alternatives'),
    given: z
      .array(z.array(z.int().min(1)).min(1).max(MAX_BUILDINGS))
      .min(1)
      .max(2_000)
      .nullable()
      .default(null)
      .describe(
        'Cells drawn by hand, each as the ids of its buildings: they are measured and drawn instead of new ones',
      ),
  })
  .meta({ id: 'RedrawParams' })
export type RedrawParams = z.infer<typeof redrawParamsSchema>

const cellRef = z.object({
  layer: z.enum(CELL_LAYERS),
  id: z.int(),
  code: z.string(),
  name: z.string(),
  version: z.int(),
})
export type RedrawCellRef = z.infer<typeof cellRef>

const impossible = z.object({
  reason: z.enum(['no-count', 'count', 'too-few', 'searched']),
  total: z.number().optional(),
  count: z.int().optional(),
  fewest: z.int().optional(),
  most: z.int().optional(),
  atoms: z.int().optional(),
  tried: z.int().optional(),
})

export const CELL_VERDICTS = ['within', 'below', 'above', 'oversize'] as const
const cellFigures = z.object({
  number: z.int().describe('West to east, then north to south, from 1 over all of the target'),
  unit: z.string().describe('Code of what was shared out'),
  weight: z.number(),
  households: z.int().nullable(),
  population: z.int().nullable(),
  buildings: z.int(),
  areaSquareMetres: z.number(),
  compactness: z.number().describe('Polsby–Popper: 4π·area / perimeter², a circle has 1'),
  verdict: z.enum(CELL_VERDICTS).describe('Against the band; oversize: one building alone is above it'),
  from: z.string().nullable().describe('Code of the cell that it goes on from'),
  moved: z.number().describe('Weight that lay in another cell'),
  isUnchanged: z.boolean().describe('It holds the same buildings as the cell it goes on from'),
})
export type RedrawCell = z.infer<typeof cellFigures>

const alternative = z.object({
  number: z.int(),
  priority: z.enum([...REDRAW_PRIORITIES, 'given']),
  state: z.enum(['in-band', 'not-found', 'impossible']),
  proofs: z.array(z.object({ unit: z.string(), why: impossible })),
  cells: z.array(cellFigures),
  least: z.number(),
  most: z.number(),
  spread: z.number().nullable().describe('Standard deviation over mean; null: nothing weighs anything'),
  compactness: z.number().describe('Mean over the cells'),
  borderMetres: z.number().describe('Between cells of this alternative'),
  alongStreets: z
    .number()
    .nullable()
    .describe('Share of that along a street or wall; null: there is no border'),
  cutStreets: z.int().describe('Places where a walkable street passes from one cell into another'),
  moved: z.number().describe('Weight that comes to another cell than the one its own goes on in'),
  disconnected: z.int().describe('Cells whose buildings are not beside each other; 0 unless given by hand'),
})
export type RedrawAlternative = z.infer<typeof alternative>

/** Figures of the alternatives; shapes are in the parts `cell`, `piece`, `building` and `cut`. */
export const redrawResultSchema = z.object({
  target: cellRef,
  units: z.array(cellRef).describe('What was shared out, each for itself'),
  replaces: z.array(cellRef).describe('Micro-grids that publishing replaces'),
  stamp: z.string().describe('Of the cells and buildings as they were read'),
  weight: z.enum(REDRAW_WEIGHTS),
  band: z.object({ min: z.number(), max: z.number() }),
  total: z.number(),
  buildings: z.int(),
  pieces: z.int(),
  alternatives: z.array(alternative),
})
export type RedrawResult = z.infer<typeof redrawResultSchema>
