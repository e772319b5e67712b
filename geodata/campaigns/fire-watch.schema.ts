import { z } from 'zod'
import { holderName } from '../duties/duty.schema.ts'
import { isoDate, optionalText } from '../shared/fields.ts'

/** What a fire-watch group does together. Each has a norm of the same name. */
export const FIRE_WATCH_KINDS = ['meeting', 'drill', 'mutual-check'] as const
export type FireWatchKind = (typeof FIRE_WATCH_KINDS)[number]

/** `holder`: what the group is called in the duties of its members. */
export const fireWatchInputSchema = z
  .strictObject({
    id: z.uuid().transform((given) => given.toLowerCase()),
    holder: holderName(),
    kind: z.enum(FIRE_WATCH_KINDS),
    on: isoDate(),
    attended: z.int().min(0).max(1000).nullable().default(null).describe('How many came; no names'),
    note: optionalText(500),
  })
  .meta({ id: 'FireWatchInput' })
export type FireWatchInput = z.infer<typeof fireWatchInputSchema>

export const fireWatchEntrySchema = z
  .object({
    id: z.string(),
    kind: z.enum(FIRE_WATCH_KINDS),
    on: z.string(),
    attended: z.int().nullable(),
    note: z.string().nullable(),
    actor: z.string(),
    at: z.string(),
    withdrawnBy: z.string().nullable().describe('Recorded by mistake, said who; it counts no more'),
  })
  .meta({ id: 'FireWatchEntry' })
export type FireWatchEntry = z.infer<typeof fireWatchEntrySchema>

export const fireWatchGroupSchema = z
  .object({
    holder: z.string(),
    members: z.int().describe('In reach, the leader too'),
    leader: z.string().nullable().describe('The premises that lead; null: none'),
    last: z.record(z.enum(FIRE_WATCH_KINDS), z.string().nullable()),
    overdue: z.array(z.enum(FIRE_WATCH_KINDS)).describe('By the norms; also what never took place'),
  })
  .meta({ id: 'FireWatchGroup' })
export type FireWatchGroup = z.infer<typeof fireWatchGroupSchema>

export const fireWatchMemberSchema = z
  .object({
    layer: z.enum(['buildings', 'facilities']),
    feature: z.int(),
    code: z.string().nullable(),
    name: z.string().nullable(),
    leads: z.boolean(),
  })
  .meta({ id: 'FireWatchMember' })
export type FireWatchMember = z.infer<typeof fireWatchMemberSchema>
