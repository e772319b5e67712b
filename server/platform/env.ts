import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { Problem } from '../../geodata/shared/problem.ts'
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

const schema = z.object({
  PORT: z.preprocess((text) => text || undefined, z.coerce.number().int().min(0).max(65_535).default(8787)),
  HOST: optional.transform((host) => host ?? '127.0.0.1'),
  DATABASE_URL: optional,
  DATABASE_READ_URL: optional,
  GRIDWARD_DATA: optional,
  GRIDWARD_BASEMAP: optional,
  GRIDWARD_REVIEW_NUMBER: optional,
  GRIDWARD_EMBED_ORIGINS: frameSources,
  GRIDWARD_DEMO: z.enum(['', '0', '1', 'true', 'false']).optional(),
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
    basemap: GRIDWARD_BASEMAP,
    reviewNumber: GRIDWARD_REVIEW_NUMBER,
    embedOrigins: GRIDWARD_EMBED_ORIGINS,
    demo: GRIDWARD_DEMO ? GRIDWARD_DEMO === '1' || GRIDWARD_DEMO === 'true' : undefined,
  }
}
