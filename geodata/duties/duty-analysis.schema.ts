import { z } from 'zod'
import { type DutyRole, dutyRoleSchema, holderName } from './duty.schema.ts'

/** Roles that everything has somebody for, so that gaps can be told. Fire watches are made by grouping shops. */
export const CHECKED_ROLES = [
  'grid-head',
  'micro-grid-head',
  'area-staff',
  'building-leader',
  'second-leader',
  'post-keeper',
] as const satisfies readonly DutyRole[]
export type CheckedRole = (typeof CHECKED_ROLES)[number]
const checkedRole = dutyRoleSchema.extract(CHECKED_ROLES)

/** What a role is to look after, each of it by somebody. */
export const CHECKED_LAYER = {
  'grid-head': 'grids',
  'micro-grid-head': 'micro-grids',
  // Held for a community or a grid it holds for the micro-grids in it.
  'area-staff': 'micro-grids',
  'building-leader': 'buildings',
  'second-leader': 'buildings',
  'post-keeper': 'checkpoints',
} as const satisfies Record<CheckedRole, string>

/** So many can be handed out at once, to so many people. */
export const MAX_ASSIGNED = 3000
export const MAX_HOLDERS = 300

/** To begin with; no rule of any authority. */
export const EXAMPLE_LIMITS = {
  'grid-head': { targets: 1, households: null },
  'micro-grid-head': { targets: 1, households: null },
  'area-staff': { targets: 8, households: 1500 },
  'building-leader': { targets: 2, households: 120 },
  'second-leader': { targets: 3, households: 240 },
  'post-keeper': { targets: 10, households: null },
} as const satisfies Record<CheckedRole, { targets: number; households: number | null }>

export const dutyParamsSchema = z.strictObject({
  roles: z
    .array(checkedRole)
    .min(1)
    .max(CHECKED_ROLES.length)
    .default([...CHECKED_ROLES]),
  buildings: z
    .enum(['inhabited', 'all'])
    .default('inhabited')
    .describe('Which buildings need a leader; inhabited: with households, or of a use in which people live'),
  assign: z
    .strictObject({
      role: checkedRole,
      /** gaps: only what nobody has. all: everything anew. */
      what: z.enum(['gaps', 'all']).default('gaps'),
      maxTargets: z.int().min(1).max(500),
      maxHouseholds: z.int().min(1).max(100_000).nullable().default(null),
      prefer: z
        .enum(['near', 'even'])
        .default('near')
        .describe('near: short ways first; even: loads as equal as can be first'),
      changeMetres: z
        .int()
        .min(0)
        .max(20_000)
        .default(500)
        .describe('A change of hands is worth as much as so many metres of walking'),
      people: z
        .array(holderName())
        .max(MAX_HOLDERS)
        .default([])
        .describe('Further people who have no such duty yet'),
    })
    .nullable()
    .default(null),
})
export type DutyParams = z.infer<typeof dutyParamsSchema>

const load = z.object({
  holder: z.string(),
  targets: z.int(),
  households: z.int(),
  buildings: z.int(),
  squareMetres: z.number(),
  spreadMetres: z
    .number()
    .nullable()
    .describe('On foot from the one in the middle to the farthest; null: one only, or no way'),
  isOver: z.boolean().describe('More than the limit of its role'),
})
export type DutyLoad = z.infer<typeof load>

const coverage = z.object({
  role: checkedRole,
  layer: z.string(),
  targets: z.int(),
  covered: z.int(),
  gaps: z.int(),
  several: z.int().describe('With more than one holder'),
  households: z.int(),
  householdsUncovered: z.int(),
  holders: z.int(),
  meanTargets: z.number().nullable(),
  maxTargets: z.int(),
  meanHouseholds: z.number().nullable(),
  maxHouseholds: z.int(),
  imbalance: z.number().nullable().describe('Most ÷ mean, by households where there are any; null: nobody'),
  loads: z.array(load).describe('The heaviest first, at most 100'),
})
export type DutyCoverage = z.infer<typeof coverage>

const proposal = z.object({
  role: checkedRole,
  asked: z.int(),
  assigned: z.int(),
  unassigned: z.int(),
  changed: z.int().describe('Given to somebody other than who has it'),
  tooLarge: z.int().describe('Each alone over the limit of households: nobody may have it'),
  peopleMissing: z
    .object({ atLeast: z.int(), enough: z.int() })
    .nullable()
    .describe('Beside those there are; null: none'),
  proven: z.boolean().describe('No other assignment is better by what was asked'),
  metres: z.number().describe('On foot from the middle of each holder’s own to each, in all'),
  imbalanceBefore: z.number().nullable(),
  imbalanceAfter: z.number().nullable(),
  loads: z.array(load),
})
export type DutyProposal = z.infer<typeof proposal>

export const dutyResultSchema = z.object({ coverage: z.array(coverage), proposal: proposal.nullable() })
export type DutyResult = z.infer<typeof dutyResultSchema>
