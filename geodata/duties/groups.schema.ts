import { z } from 'zod'
import { FACILITY_KINDS, type FacilityKind } from '../facilities/facility.schema.ts'
import { holderName } from './duty.schema.ts'

/** Facilities that are premises with a front on the street. */
export const PREMISES_KINDS = [
  'shop',
  'restaurant',
  'pharmacy',
  'bank',
  'market',
] as const satisfies FacilityKind[]

export const groupsParamsSchema = z
  .strictObject({
    /** Premises are buildings (used for trade, or for trade and homes), or facilities of some kinds. */
    premises: z.enum(['buildings', 'facilities']).default('buildings'),
    kinds: z
      .array(z.enum(Object.keys(FACILITY_KINDS) as [FacilityKind, ...FacilityKind[]]))
      .min(1)
      .max(Object.keys(FACILITY_KINDS).length)
      .default([...PREMISES_KINDS])
      .describe('Of facilities'),
    least: z.int().min(1).max(50).default(8),
    wanted: z.int().min(1).max(50).default(10),
    most: z.int().min(1).max(50).default(12),
    frontMetres: z
      .number()
      .min(1)
      .max(200)
      .default(40)
      .describe('Farther from every street, premises have no front on one'),
    gapMetres: z
      .number()
      .min(10)
      .max(2000)
      .default(120)
      .describe('Neighbours farther apart along the street are no neighbours'),
    label: holderName().max(50).default('十户联防组').describe('What groups are called, before their number'),
  })
  .refine(({ least, wanted, most }) => least <= wanted && wanted <= most, {
    path: ['wanted'],
    message: 'lies between “least” and “most”',
  })
export type GroupsParams = z.infer<typeof groupsParamsSchema>

const group = z.object({
  number: z.int(),
  street: z.string().nullable(),
  shops: z.int(),
  leader: z.string().nullable().describe('Name or address of the one in the middle'),
  metres: z.number().describe('From the first to the last, along the street'),
  isSmall: z.boolean().describe('Fewer than asked for'),
})
export type ShopGroup = z.infer<typeof group>

export const groupsResultSchema = z.object({
  premises: z.int(),
  grouped: z.int().describe('In groups that are large enough'),
  leftOver: z.int().describe('In groups that are too small'),
  offStreet: z.int().describe('Without a front on a street'),
  count: z.int().describe('Groups that are large enough'),
  meanSize: z.number().nullable(),
  meanMetres: z.number().nullable(),
  all: z.int().describe('Groups, those that are too small too'),
  groups: z.array(group).describe('At most 500'),
})
export type GroupsResult = z.infer<typeof groupsResultSchema>
