import { z } from 'zod'

const place = z.object({
  roundId: z.uuid(),
  teamId: z.string(),
  position: z.int().describe('From 1, among all stops of the round'),
})
const stop = { stopId: z.uuid(), checkpointId: z.int().nullable() }

/** What changed from one version of a plan to another. */
export const planDifferencesSchema = z.object({
  from: z.int(),
  to: z.int(),
  fields: z.array(z.enum(['name', 'from', 'to', 'area', 'note'])),
  teams: z.array(
    z.object({
      teamId: z.string(),
      name: z.string(),
      change: z.enum(['added', 'removed', 'changed']),
      fields: z.array(z.string()).describe('Of a changed team, what of it'),
    }),
  ),
  stops: z.object({
    added: z.array(z.object({ ...stop, to: place })),
    removed: z.array(z.object({ ...stop, from: place })),
    moved: z
      .array(z.object({ ...stop, from: place, to: place }))
      .describe('To another round or team, or within a round past others that stay in order'),
    changed: z.array(
      z.object({ ...stop, to: place, fields: z.array(z.enum(['dwellMinutes', 'lngLat', 'locked'])) }),
    ),
  }),
  rounds: z.array(
    z.object({
      roundId: z.uuid(),
      change: z.enum(['team', 'hours']),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ),
})
export type PlanDifferences = z.infer<typeof planDifferencesSchema>
