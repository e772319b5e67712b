import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../../../geodata/shared/problem.ts'

/** Layout of the folder: pgdata/, lock/, photos/, gridward.json once complete, gridward.creating.json until then. */
export const FOLDER_FORMAT = 1
/** What this PGlite is built from, and so what its data folders are. */
export const POSTGRES_MAJOR = 18

const MARKER = 'gridward.json'
const CREATING = 'gridward.creating.json'
const OURS = new Set([MARKER, CREATING, 'lock', 'pgdata', 'photos', `${MARKER}.part`])

export const pgdataOf = (folder: string): string => join(folder, 'pgdata')

/**
 * Says whether the folder holds a database of ours or is free for one, touching nothing. Throws `unavailable` when it
 * is of another version, damaged, or something else altogether.
 */
export function inspectFolder(folder: string): 'complete' | 'interrupted' | 'empty' {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return 'empty'
    throw refusal(folder, code === 'ENOTDIR' ? 'is a file' : `cannot be read (${code})`, elsewhere)
  }
  if (names.includes(MARKER)) {
    checkMarker(folder)
    return 'complete'
  }
  if (names.includes(CREATING)) return 'interrupted'
  const foreign = names.filter((name) => !OURS.has(name) || name === 'pgdata')
  if (foreign.length === 0) return 'empty'
  const some = foreign.slice(0, 3).join(', ') + (foreign.length > 3 ? ', …' : '')
  throw refusal(folder, `holds something that Gridward did not make (${some})`, elsewhere)
}

const elsewhere = 'Choose an empty or a new folder with GRIDWARD_DATA.'

function checkMarker(folder: string): void {
  const marker = readJson(join(folder, MARKER)) as { format?: unknown } | undefined
  if (typeof marker?.format !== 'number') {
    throw refusal(
      folder,
      `has a ${MARKER} that cannot be read`,
      'Restore that file from a copy of the folder.',
    )
  }
  if (marker.format > FOLDER_FORMAT) {
    throw refusal(
      folder,
      `was written by a newer Gridward (format ${marker.format}; this version knows ${FOLDER_FORMAT})`,
      `Install the newer version. ${elsewhere}`,
    )
  }
  let major: string
  try {
    major = readFileSync(join(pgdataOf(folder), 'PG_VERSION'), 'utf8').trim()
  } catch {
    throw refusal(folder, 'lost its pgdata/PG_VERSION', 'Restore pgdata from a copy of the folder.')
  }
  if (major !== String(POSTGRES_MAJOR)) {
    throw refusal(
      folder,
      `holds a database of PostgreSQL ${major.slice(0, 20)}; this version has PostgreSQL ${POSTGRES_MAJOR}`,
      `Use the Gridward that made it, export there and import here. ${elsewhere}`,
    )
  }
}

/** Before the first file of the database is written: whoever finds this marker alone starts over. */
export function beginCreation(folder: string): void {
  writeFileSync(join(folder, CREATING), JSON.stringify({ format: FOLDER_FORMAT }))
  rmSync(pgdataOf(folder), { recursive: true, force: true })
}

export function endCreation(folder: string, versions: Record<string, string>): void {
  const marker = join(folder, MARKER)
  const content = { format: FOLDER_FORMAT, createdAt: new Date().toISOString(), ...versions }
  writeFileSync(`${marker}.part`, `${JSON.stringify(content, null, 2)}\n`)
  renameSync(`${marker}.part`, marker)
  rmSync(join(folder, CREATING), { force: true })
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const refusal = (folder: string, found: string, todo: string) =>
  new Problem('unavailable', `The data folder ${folder} ${found}. Nothing in it was touched. ${todo}`)
