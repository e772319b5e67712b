import { z } from 'zod'
import { FACILITY_KINDS, FACILITY_STATUSES, type FacilityKind } from '../facilities/facility.schema.ts'
import { text } from '../shared/fields.ts'
import {
  CANDIDATE_ORIGINS,
  MOST_DRAWN,
  MOST_NEW_SITES,
  SITING_AIMS,
  SITING_WEIGHTS,
} from './siting-choices.ts'

const MOST_PRICE = 1_000_000_000

const KINDS = Object.keys(FACILITY_KINDS) as [FacilityKind, ...FacilityKind[]]
const unique = <T>(values: T[]): T[] => [...new Set(values)]
const kinds = () => z.array(z.enum(KINDS)).max(KINDS.length).transform(unique)
const price = () => z.number().min(0.01).max(MOST_PRICE)
const degrees = (most: number) => z.number().min(-most).max(most)

export const sitingParamsSchema = z
  .strictObject({
    aim: z
      .enum(SITING_AIMS)
      .describe('Fewest sites for everyone, most within the walk, least mean walk, least worst walk'),
    kinds: kinds()
      .refine((list) => list.length > 0, 'needs a kind')
      .describe('What is to be sited'),
    statuses: z.array(z.enum(FACILITY_STATUSES)).max(4).transform(unique).default(['in-service']),
    walkMetres: z.number().min(20).max(5000),
    accessMetres: z.number().min(5).max(500).default(100).describe('How far from a street a place may be'),
    weights: z.enum(SITING_WEIGHTS).default('households'),
    existing: z
      .enum(['keep', 'move', 'ignore'])
      .default('keep')
      .describe('Whether what stands stays, may be given up for a better place, or is left out of account'),
    sites: z
      .int()
      .min(0)
      .max(MOST_NEW_SITES)
      .nullable()
      .default(null)
      .describe('How many more sites; null: as many as it takes, or as the budget pays for'),
    budget: z.number().min(0).max(MOST_PRICE).nullable().default(null).describe('In the unit of the prices'),
    price: price().default(1).describe('Of a site that has no price of its own'),
    candidates: z.strictObject({
      drawn: z
        .array(
          z.strictObject({
            lngLat: z.tuple([degrees(180), degrees(90)]),
            name: text(120).optional(),
            price: price().optional(),
          }),
        )
        .max(MOST_DRAWN)
        .default([]),
      facilityKinds: kinds().default([]).describe('At facilities of these kinds'),
      checkpoints: z.boolean().default(false),
      grounds: z.boolean().default(false).describe('On greens, squares and sports grounds'),
      crossings: z.boolean().default(false).describe('Where streets meet'),
      streetMetres: z
        .number()
        .min(20)
        .max(1000)
        .nullable()
        .default(null)
        .describe('Along streets, every so many metres'),
      spacingMetres: z
        .number()
        .min(0)
        .max(1000)
        .default(40)
        .describe('No two closer than this; drawn ones may be'),
    }),
    seconds: z.number().min(1).max(60).default(15).describe('Time for the search and its proof'),
  })
  .superRefine(({ aim, sites, budget, existing }, context) => {
    const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (sites !== null && budget !== null)
      say('budget', 'stands beside a number of sites: give one of the two')
    if (aim !== 'cover-all' && sites === null && budget === null) say('sites', 'is needed, or a budget')
    if (existing === 'move' && sites === null) say('existing', 'can be moved for a number of sites only')
  })
export type SitingParams = z.infer<typeof sitingParamsSchema>

const known = () => z.number().nullable()
const measures = z.object({
  covered: z.number().describe('Weight within the walk'),
  unreached: z.number().describe('Weight that no site is connected to'),
  meanMetres: known().describe('Over the weight that is reached'),
  worstMetres: known(),
})
export type SitingMeasures = z.infer<typeof measures>

const stepSite = z.object({
  number: z.int().describe('Of the part `candidate`'),
  lngLat: z.tuple([z.number(), z.number()]),
})
export const sitingResultSchema = z.object({
  aim: z.enum(SITING_AIMS),
  walkMetres: z.number(),
  weights: z.enum(SITING_WEIGHTS),
  demand: z.object({
    buildings: z.int(),
    weight: z.number(),
    unknown: z.int().describe('Buildings without a figure: they weigh nothing'),
    offStreets: z.int().describe('Buildings without a street near'),
    beyond: z.object({ buildings: z.int(), weight: z.number() }).describe('What no choice of sites helps'),
  }),
  existing: z.int().describe('Sites that stand'),
  unit: z.enum(['sites', 'money']).describe('Of limits and of what is needed'),
  candidates: z.partialRecord(z.enum(CANDIDATE_ORIGINS), z.int()),
  before: measures.nullable().describe('With what stands; null: nothing does'),
  steps: z.array(
    z.object({
      limit: z.number().describe('New sites, or money'),
      newSites: z.int(),
      closed: z.int().describe('Sites that stood and are given up'),
      price: z.number(),
      isProven: z.boolean(),
      gap: z.number().describe('At most so much better is possible, as a share'),
      measures,
      sites: z.array(stepSite),
    }),
  ),
  chosen: z.int().describe('Which step answers the question; -1: none can'),
  needed: z
    .object({ price: z.number(), bound: z.number() })
    .nullable()
    .describe('What it takes to cover all that can be covered, and what it takes at least'),
  sites: z.array(
    z.object({
      number: z.int(),
      origin: z.enum(CANDIDATE_ORIGINS),
      name: z.string().nullable(),
      lngLat: z.tuple([z.number(), z.number()]),
      price: z.number(),
      serves: z.number().describe('Weight that is nearest to it'),
      worth: measures.describe('What would be left without it'),
    }),
  ),
  beyond: z
    .array(
      z.object({
        id: z.int(),
        name: z.string().nullable(),
        code: z.string().nullable(),
        weight: z.number(),
        lngLat: z.tuple([z.number(), z.number()]),
      }),
    )
    .describe('The heaviest of what cannot be helped'),
})
export type SitingResult = z.infer<typeof sitingResultSchema>
