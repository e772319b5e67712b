import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { Problem } from '../../geodata/shared/problem.ts'
import { type AccessEnv, readAccessEnv } from '../access/access-env.ts'
import { LOG_LEVELS, type LogLevel } from './log.ts'
import { type PhotoPlace, readPhotoPlace } from './photo-env.ts'

export interface Env {
  port: number
  host: string
  /** undefined: the embedded database in dataFolder */
  databaseUrl: string | undefined
  databaseReadUrl: string | undefined
  dataFolder: string
  /** undefined: the folder `photos` in dataFolder */
  photos: PhotoPlace | undefined
  /** A PMTiles file or a style URL. */
  basemap: string | undefined
  /** Review number (审图号) that a map shown to the public must carry. */
  reviewNumber: string | undefined
  /** Whose pages may show the read-only map in a frame, as sources of the CSP directive frame-ancestors. */
  embedOrigins: string[]
  /** undefined: decided by what the database holds */
  demo: boolean | undefined
  /** The origin under which people reach this server, e.g. https://grid.example.cn; undefined: only from this machine. */
  publicUrl: string | undefined
  /** How many proxies stand before this server whose X-Forwarded-For and X-Request-Id are believed. */
  trustProxies: number
  access: AccessEnv
  logLevel: LogLevel
  limits: Limits
}

/** Of one person, token or, without either, address. */
export interface Limits {
  /** 0: as many as they like. Tiles without a filter and the page itself are not counted. */
  requestsPerSecond: number
  /** Exports, imports and other long work at once; more wait their turn. */
  heavyJobs: number
  /** A request that takes longer is given up, unless its route says otherwise. */
  requestSeconds: number
}

const optional = z
  .string()
  .trim()
  .optional()
  .transform((text) => text || undefined)

/** An origin, one whose host begins with a wildcard, or the keywords; nothing that could end the directive. */
const FRAME_SOURCE = /^(?:'self'|'none'|\*|https?:\/\/(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?)$/i

const frameSources = optional.transform((text, context) => {
  const sources = (text ?? "'self'")
    .split(/[\s,]+/)
    .map((word) => (/^(self|none)$/.test(word) ? `'${word}'` : word))
  const wrong = sources.find((source) => !FRAME_SOURCE.test(source))
  if (wrong !== undefined)
    context.addIssue(
      `“${wrong}” is no origin; expected origins separated by spaces, e.g. self https://www.example.org, or none`,
    )
  else if (sources.includes("'none'") && sources.length > 1)
    context.addIssue('none stands alone; leave it out to name origins')
  return sources
})

const wholeNumber = (min: number, max: number, standard: number) =>
  z.preprocess((text) => text || undefined, z.coerce.number().int().min(min).max(max).default(standard))

const origin = optional.transform((text, context) => {
  if (text === undefined) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && /^[^/]+:\/\/[^/@?#]+\/?$/.test(text)) return url.origin
  context.addIssue(
    'expected the address at which people reach this server, without a path, e.g. https://grid.example.cn',
  )
  return z.NEVER
})

const schema = z.object({
  PORT: wholeNumber(0, 65_535, 8787),
  HOST: optional.transform((host) => host ?? '127.0.0.1'),
  DATABASE_URL: optional,
  DATABASE_READ_URL: optional,
  GRIDWARD_DATA: optional,
  GRIDWARD_BASEMAP: optional,
  GRIDWARD_REVIEW_NUMBER: optional,
  GRIDWARD_EMBED_ORIGINS: frameSources,
  GRIDWARD_DEMO: z.enum(['', '0', '1', 'true', 'false']).optional(),
  GRIDWARD_URL: origin,
  GRIDWARD_TRUST_PROXY: wholeNumber(0, 10, 0),
  GRIDWARD_LOG: z.preprocess((text) => text || undefined, z.enum(LOG_LEVELS).default('warn')),
  GRIDWARD_REQUESTS_PER_SECOND: wholeNumber(0, 100_000, 200),
  GRIDWARD_HEAVY_JOBS: wholeNumber(1, 100, 3),
  GRIDWARD_REQUEST_SECONDS: wholeNumber(1, 3600, 30),
})

/** Reads the environment once. Throws a Problem naming the variable, what it held and what it may hold. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const parsed = schema.safeParse(source)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => {
      const variable = String(issue.path[0])
      return `${variable}=${source[variable]}: ${issue.message}`
    })
    throw new Problem(
      'invalid-parameter',
      `The environment has a value that cannot be used. ${lines.join('; ')}`,
    )
  }
  const {
    PORT,
    HOST,
    DATABASE_URL,
    DATABASE_READ_URL,
    GRIDWARD_DATA,
    GRIDWARD_BASEMAP,
    GRIDWARD_REVIEW_NUMBER,
    GRIDWARD_EMBED_ORIGINS,
    GRIDWARD_DEMO,
    GRIDWARD_URL,
    GRIDWARD_TRUST_PROXY,
    GRIDWARD_LOG,
    GRIDWARD_REQUESTS_PER_SECOND,
    GRIDWARD_HEAVY_JOBS,
    GRIDWARD_REQUEST_SECONDS,
  } = parsed.data
  return {
    port: PORT,
    host: HOST,
    databaseUrl: DATABASE_URL,
    databaseReadUrl: DATABASE_READ_URL,
    dataFolder: GRIDWARD_DATA
      ? resolve(GRIDWARD_DATA.replace(/^~(?=\/)/, homedir()))
      : join(process.cwd(), '.gridward'),
    photos: readPhotoPlace(source),
    access: readAccessEnv(source),
    basemap: GRIDWARD_BASEMAP,
    reviewNumber: GRIDWARD_REVIEW_NUMBER,
    embedOrigins: GRIDWARD_EMBED_ORIGINS,
    demo: GRIDWARD_DEMO ? GRIDWARD_DEMO === '1' || GRIDWARD_DEMO === 'true' : undefined,
    publicUrl: GRIDWARD_URL,
    trustProxies: GRIDWARD_TRUST_PROXY,
    logLevel: GRIDWARD_LOG,
    limits: {
      requestsPerSecond: GRIDWARD_REQUESTS_PER_SECOND,
      heavyJobs: GRIDWARD_HEAVY_JOBS,
      requestSeconds: GRIDWARD_REQUEST_SECONDS,
    },
  }
}
