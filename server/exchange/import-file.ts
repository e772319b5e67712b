import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ImportReport } from '../../geodata/exchange/import-report.schema.ts'
import { divisionPrefix } from '../../geodata/exchange/number-communities.ts'
import { cleanText } from '../../geodata/shared/clean-text.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import type { Database, Progress } from '../platform/database.ts'
import { ImportRun } from './import-run.ts'
import { readOutOfTheWay } from './read-in-worker.ts'
import { inTurn } from './run-in-turn.ts'

export interface ImportOptions {
  path: string
  /** As the person knows the file; never used to find it. */
  fileName: string
  /** For GeoJSON */
  layer?: LayerId | undefined
  /** Division code of 6 or 9 digits under which named residential areas of OSM data become communities. */
  division?: string | undefined
  /** Prefix of source ids made from GeoJSON ids; default: the file's base name. */
  source?: string | undefined
  attribution?: string | undefined
  licence?: string | undefined
  dryRun?: boolean
  /** Default: the import itself. */
  actor?: Actor
  progress?: Progress
  signal?: AbortSignal
}

/** Imports that wait hold neither a connection nor memory. Those of other processes wait in the database. */
const turn = inTurn()

/**
 * Imports an OSM or GeoJSON file in one transaction and reports what was read, kept and skipped. The same file again
 * changes nothing and leaves no batch. A process imports one file at a time. A dry run does everything and takes it back. Throws Problem for a file that
 * cannot be read or options that do not fit; then nothing was written.
 */
export async function importFile(database: Database, given: ImportOptions): Promise<ImportReport> {
  if (given.division !== undefined) divisionPrefix(given.division)
  const options = {
    ...given,
    fileName: cleanText(given.fileName),
    attribution: cleanText(given.attribution ?? '').trim() || undefined,
    licence: cleanText(given.licence ?? '').trim() || undefined,
  }
  const source = cleanSource(
    given.source ?? basename(given.fileName).replace(/\.(osm|geo)?json(l|seq)?(\.gz)?$/i, ''),
  )
  return turn(() => importNow(database, options, source))
}

async function importNow(database: Database, options: ImportOptions, source: string): Promise<ImportReport> {
  const { path, progress = () => {}, signal } = options
  if (signal?.aborted) throw new Problem('bad-request', 'The import was stopped. Nothing was changed.')
  const fileSha256 = await sha256(path)
  const reader = readOutOfTheWay({ path, layer: options.layer, source }, progress, signal)
  try {
    // The file is opened, and OSM data wholly read, before the transaction holds anything up.
    const first = await reader.next()
    let report: ImportReport | undefined
    await database.sql
      .begin(async (tx) => {
        await tx`SET LOCAL statement_timeout = 0`
        const run = new ImportRun(tx, options, source, fileSha256)
        report = await run.run(first, reader)
        if (options.dryRun || !report.changed) throw new TakeBack()
      })
      .catch((error) => {
        if (error instanceof TakeBack) return
        throw error.code === DEADLOCK ? crossed() : error
      })
    return report!
  } finally {
    await reader.return(undefined as never)
  }
}

const DEADLOCK = '40P01'
const crossed = () =>
  new Problem('unavailable', 'An edit and the import waited for each other. Nothing was imported; try again.')

/** Ends a transaction without keeping anything. */
class TakeBack extends Error {}

function cleanSource(source: string): string {
  const clean = cleanText(source.replace(/[^\p{L}\p{N}._-]+/gu, '-'), 80)
  if (clean) return clean
  throw new Problem('invalid-parameter', `source=${cleanText(source, 40)} holds no letter or digit.`)
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
