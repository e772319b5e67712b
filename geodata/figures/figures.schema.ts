import { z } from 'zod'

const cellName = { id: z.int(), code: z.string(), name: z.string() }

const hazardCounts = z.object({
  open: z.int(),
  overdue: z.int().describe('Open and past the deadline'),
  dueSoon: z.int().describe('Open and due within two hours'),
  noDeadline: z.int().describe('Open and without a deadline'),
})
export type HazardCounts = z.infer<typeof hazardCounts>

/** Open hazards against their deadlines. */
export const hazardFiguresSchema = z.object({
  at: z.string().describe('Instant that overdue is measured against'),
  total: z.int(),
  ...hazardCounts.shape,
  outside: hazardCounts,
  cells: z
    .array(z.object({ ...cellName, ...hazardCounts.shape }))
    .describe('Worst first; cells without an open hazard are left out'),
})
export type HazardFigures = z.infer<typeof hazardFiguresSchema>

const patrolCounts = z.object({
  checkpoints: z.int(),
  visitsPerDay: z.number().describe('Sum over the checkpoints; see the formula of the norms'),
  serviceMinutesPerDay: z.number().describe('Minutes on site; the ways between sites are not in it'),
})
export type PatrolCounts = z.infer<typeof patrolCounts>

/** What the norms of the checkpoints ask for in a day. */
export const patrolFiguresSchema = z.object({
  ...patrolCounts.shape,
  byRisk: z.array(z.object({ risk: z.string(), ...patrolCounts.shape })),
  outside: patrolCounts,
  cells: z
    .array(z.object({ ...cellName, ...patrolCounts.shape }))
    .describe('Most visits first; cells without a checkpoint are left out'),
})
export type PatrolFigures = z.infer<typeof patrolFiguresSchema>

/** Facilities of a kind in a cell, beside its households. */
export const coverageRowSchema = z.object({
  ...cellName,
  buildings: z.int(),
  households: z.int().nullable().describe('null: there are buildings, none has a figure'),
  householdsUnknown: z.int().describe('Buildings without a figure'),
  facilities: z.int().describe('In service'),
  notInService: z.int().describe('Planned, out of service or of unknown status'),
})
export type CoverageRow = z.infer<typeof coverageRowSchema>
