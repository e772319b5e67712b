import { z } from 'zod'
import { CELL_LAYERS } from '../shared/codes.ts'

/** How many cells an area may be made of: more are better said as the cell that holds them. */
export const MAX_AREA_CELLS = 500

/** Codes of communities (12 digits), grids (15) and micro-grids (17), as they are sent. */
export const areaCodesSchema = z
  .array(z.string().regex(/^(\d{12}|\d{15}|\d{17})$/, 'is not a code of 12, 15 or 17 digits'))
  .max(MAX_AREA_CELLS)
  .describe('Codes of communities, grids and micro-grids')

export const areaCellSchema = z.object({
  layer: z.enum(CELL_LAYERS),
  id: z.int(),
  code: z.string(),
  name: z.string(),
})
export type AreaCell = z.infer<typeof areaCellSchema>

/** What someone may reach: everything, or cells. A cell that is deleted is left out until it comes back. */
export const areaSchema = z.union([z.literal('everywhere'), z.array(areaCellSchema)])
export type Area = z.infer<typeof areaSchema>
