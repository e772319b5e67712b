import { z } from 'zod'
import { SEVERITIES } from './hazard.schema.ts'

/** More hazards than this are not replayed at once. */
export const MOST_REPLAYED_HAZARDS = 20_000
/** More changes than this are not replayed at once. */
export const MOST_REPLAYED_CHANGES = 60_000
/** A season and a bit. */
export const MOST_REPLAYED_DAYS = 124

const seconds = (what: string) => z.array(z.int()).describe(`${what}: seconds since \`from\``)
const deadlines = (what: string) =>
  z.array(z.int().nullable()).describe(`${what}: seconds since \`from\`; null: none`)
const stateIndexes = (what: string) =>
  z.array(z.int()).describe(`${what}: index in \`states\`; -1: not there`)

/**
 * What became of hazards between two moments, in columns: places once, then the changes in the order in which they happened. Hazards that had
 * ended before `from`, and of which nothing was told since, are left out. Deadlines that pass are no entries: they follow from `due`.
 */
export const hazardReplaySchema = z
  .object({
    from: z.string(),
    to: z.string().describe('Never later than `now`'),
    now: z.string().describe('The server’s time: nothing after it is known'),
    states: z.array(z.string()),
    severities: z.array(z.enum(SEVERITIES)),
    categories: z.array(z.object({ standard: z.string(), kind: z.string(), code: z.string() })),
    hazards: z.object({
      id: z.array(z.int()),
      lng: z.array(z.number()),
      lat: z.array(z.number()),
      category: z.array(z.int()).describe('Index in `categories`'),
      severity: z.array(z.int()).describe('Index in `severities`'),
      reported: seconds('When it was reported'),
      state: stateIndexes('State at `from`'),
      due: deadlines('Deadline at `from`'),
    }),
    changes: z.object({
      at: seconds('When, ascending'),
      hazard: z.array(z.int()).describe('Index in the columns of `hazards`'),
      state: stateIndexes('State since then'),
      due: deadlines('Deadline since then'),
    }),
  })
  .meta({ id: 'HazardReplay' })
export type HazardReplay = z.infer<typeof hazardReplaySchema>
