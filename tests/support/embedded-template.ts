import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { cp, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../../server/platform/database.ts'
import { testEnv } from './test-env.ts'

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/gridward-test/', import.meta.url))
const MIGRATIONS = new URL('../../migrations/', import.meta.url)

/** A migrated, empty embedded database to copy: made once for each set of migrations and engine version. */
export async function embeddedTemplate(): Promise<string> {
  const folder = join(CACHE, await templateHash())
  if (await exists(folder)) return folder
  await mkdir(CACHE, { recursive: true })
  await removeOld()
  const unfinished = `${folder}.${process.pid}`
  const database = await openDatabase(testEnv({ dataFolder: unfinished }), 'command')
  await database.close()
  await rename(unfinished, folder).catch(async (error) => {
    // Another test run made the same template meanwhile.
    if (!(await exists(folder))) throw error
    await rm(unfinished, { recursive: true, force: true })
  })
  return folder
}

/** What another run may still be making stays: one with a process id in its name, for an hour. */
async function removeOld(): Promise<void> {
  for (const name of await readdir(CACHE)) {
    const path = join(CACHE, name)
    const isMade = !name.includes('.')
    const madeMs = (await stat(path).catch(() => undefined))?.mtimeMs ?? 0
    if (isMade || Date.now() - madeMs > 3_600_000) await rm(path, { recursive: true, force: true })
  }
}

export const copyTemplate = (template: string, to: string): Promise<void> =>
  cp(template, to, { recursive: true, mode: constants.COPYFILE_FICLONE })

async function templateHash(): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(MIGRATIONS)).sort()) {
    hash.update(name).update(await readFile(new URL(name, MIGRATIONS)))
  }
  const require = createRequire(import.meta.url)
  for (const name of ['@electric-sql/pglite', '@electric-sql/pglite-postgis']) {
    hash.update(await readFile(join(require.resolve(name), '../../package.json')))
  }
  return hash.digest('hex').slice(0, 16)
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
