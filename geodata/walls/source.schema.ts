import { z } from 'zod'
import { text } from '../shared/fields.ts'

/**
 * What a wall's picture is made of. `server`, `database` and `events` tell of themselves with every beat; the others are
 * looked up with the picture. `beatSeconds`: how often a sign of life is expected until somebody sets it otherwise; of
 * the server it is the beat that the wall asked for.
 */
export const SOURCES = {
  server: { zh: '服务器', en: 'Server', beatSeconds: 5 },
  database: { zh: '数据库', en: 'Database', beatSeconds: 2 },
  events: { zh: '变更推送', en: 'Live changes', beatSeconds: 2 },
  hazards: { zh: '隐患上报', en: 'Hazard reports', beatSeconds: 86_400 },
  positions: { zh: '巡查定位', en: 'Patrol positions', beatSeconds: 60 },
  hotline: { zh: '热线导入', en: 'Hotline import', beatSeconds: 86_400 },
} as const satisfies Record<string, { zh: string; en: string; beatSeconds: number }>
export type SourceId = keyof typeof SOURCES
export const SOURCE_IDS = Object.keys(SOURCES) as [SourceId, ...SourceId[]]
export const sourceIdSchema = z.enum(SOURCE_IDS)

/**
 * `grey`: twice its interval without a sign of life; `band`: five times; `idle`: none is expected now, as of positions
 * when nobody is on duty; `unknown`: it cannot be known, and nothing that depends on it may look fresh.
 */
export const FRESHNESS_STATES = ['fresh', 'grey', 'band', 'idle', 'unknown'] as const
export type FreshnessState = (typeof FRESHNESS_STATES)[number]

export const sourceSchema = z
  .object({
    id: sourceIdSchema,
    heartbeatAt: z.string().nullable().describe('Last sign of life, time of the server; null: none ever'),
    dataAt: z.string().nullable().describe('Of its newest data; null: it has none'),
    intervalSeconds: z.number().describe('How often a sign of life is expected'),
    knownAt: z.string().describe('When this was looked up'),
    isIdle: z.boolean().describe('No sign of life is expected now'),
    state: z.enum(FRESHNESS_STATES).describe('When it was sent; freshnessOf tells it for later'),
  })
  .meta({ id: 'WallSource' })
export type WallSource = z.infer<typeof sourceSchema>

/** The event `beat` of a wall's stream: sent at the interval that it asked for, also while the database is down. */
export const beatSchema = z
  .object({
    at: z.string().describe('Time of the server'),
    lastEventId: z.int().describe('The last event that this process handed out'),
    database: z.object({
      state: z.enum(['ok', 'down']),
      since: z.string().nullable().describe('When it answered last, if it is down'),
    }),
    sources: z.array(sourceSchema).describe('server, database and events'),
    build: z.string().nullable().describe('Of the pages on the server; another one: load the page again'),
  })
  .meta({ id: 'WallBeat' })
export type WallBeat = z.infer<typeof beatSchema>

/** Seconds between beats that a wall may ask for. */
export const BEAT_SECONDS = { least: 0.2, most: 60, standard: 5 } as const

/** The event `refused`, the last of a stream whose token or session is good no longer. The code is that of a problem. */
export const refusedSchema = z.object({ code: z.string(), detail: z.string() }).meta({ id: 'WallRefused' })
export type WallRefused = z.infer<typeof refusedSchema>

/** How often a sign of life is expected of a source; `isWatched` false: it is not shown. */
export const sourceRuleSchema = z
  .object({
    id: sourceIdSchema,
    intervalSeconds: z.int(),
    isWatched: z.boolean(),
    version: z.int(),
  })
  .meta({ id: 'WallSourceRule' })
export type WallSourceRule = z.infer<typeof sourceRuleSchema>

export const sourceRuleInputSchema = z.strictObject({
  intervalSeconds: z.int().min(1).max(2_678_400),
  isWatched: z.boolean(),
})
export type WallSourceRuleInput = z.infer<typeof sourceRuleInputSchema>

/** How a wall is called. */
export const wallName = () => text(40).min(1)
