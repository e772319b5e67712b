import { z } from 'zod'
import { generatedSchema, PLAN_KIND_NAMES, roundSchema, unservedSchema } from './plan.schema.ts'

export const JOB_STATES = ['waiting', 'running', 'done', 'cancelled', 'failed'] as const
export type JobState = (typeof JOB_STATES)[number]
export const isOver = (state: JobState): boolean => state !== 'waiting' && state !== 'running'

const position = z.tuple([z.number(), z.number()])

const borderFiguresSchema = z.object({
  metres: z.number().describe('Of one lap'),
  streetMetres: z.number().describe('Of a lap, along streets'),
  meanDistanceMetres: z.number().describe('Of the walk from the border'),
  worstIdleSeconds: z.number().describe('No place of the border waits longer for the next walker'),
  meanIdleSeconds: z.number().describe('Since somebody passed, mean over time while they walk'),
  walks: z.array(
    z.object({
      teamId: z.string(),
      laps: z.number(),
      from: z.string().describe('On the border, where the team takes over'),
      to: z.string().describe('and hands on'),
      start: position,
      end: position,
    }),
  ),
})
export type BorderFigures = z.infer<typeof borderFiguresSchema>

/** What generating found: members of a plan, to be shown and, if wanted, stored with PUT. */
export const proposalSchema = z.object({
  rounds: z.array(roundSchema),
  unserved: z.array(unservedSchema),
  generated: generatedSchema,
  metres: z.number().describe('Of all ways'),
  visits: z.int(),
  predictable: z
    .object({ metres: z.number(), visits: z.int() })
    .optional()
    .describe('With the dial for unpredictability at 0, searched a quarter as long: what it costs'),
  guessing: z
    .object({
      entropy: z
        .number()
        .describe('Of the half hours in which visits begin, over ln of their number; 0: always the same'),
      most: z.number().describe('What as many plans could reach'),
      plans: z.int().describe('That chance made of the same question, this one among them'),
    })
    .optional()
    .describe('With the dial for unpredictability above 0: how hard the times are to guess'),
  streets: z
    .object({
      deadHeadMetres: z.number().describe('Walked once more, or only to get there'),
      unreachedMetres: z.number().describe('Of streets that no way leads to'),
      longestMetres: z.number(),
      boundMetres: z.number().describe('The longest round cannot be shorter than this'),
      isExact: z.boolean().describe('It is the shortest there is'),
    })
    .optional()
    .describe('Where every street is walked'),
  border: borderFiguresSchema.optional().describe('Where a border is walked'),
})
export type Proposal = z.infer<typeof proposalSchema>

/** A search for rounds. The plan itself is changed by nobody but whoever stores the proposal. */
export const jobSchema = z
  .object({
    id: z.uuid(),
    planId: z.int(),
    planVersion: z.int().describe('Of the plan that it was started with'),
    kind: z.enum(PLAN_KIND_NAMES),
    state: z.enum(JOB_STATES),
    progress: z.number().describe('0 to 1, of the time it was given'),
    revision: z.int().describe('Grows with each better proposal'),
    proposal: proposalSchema.nullable().describe('The best so far; also after a cancel'),
    problem: z.object({ code: z.string(), detail: z.string() }).nullable().describe('Why it failed'),
    createdBy: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'PatrolJob' })
export type Job = z.infer<typeof jobSchema>
