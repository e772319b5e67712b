import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Problem } from '../../geodata/shared/problem.ts'
import { type PhotoStore, requireKey } from './photo-store.ts'

/** Photos as files in a folder, which is made with the first of them. */
export function openFolderStore(folder: string): PhotoStore {
  const pathOf = (key: string) => {
    requireKey(key)
    return join(folder, key)
  }
  return {
    async put(key, bytes) {
      const path = pathOf(key)
      const part = `${path}.${randomBytes(6).toString('hex')}.part`
      try {
        await mkdir(dirname(path), { recursive: true })
        await writeDurably(part, bytes)
        await rename(part, path)
        await syncFolder(dirname(path))
      } catch (error) {
        await rm(part, { force: true }).catch(() => {})
        throw folderProblem(folder, error)
      }
    },
    async get(key) {
      try {
        return new Uint8Array(await readFile(pathOf(key)))
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return undefined
        throw folderProblem(folder, error)
      }
    },
    async delete(key) {
      try {
        await rm(pathOf(key), { force: true })
      } catch (error) {
        throw folderProblem(folder, error)
      }
    },
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The new name is kept through a power cut. Windows opens no folders and needs none of this. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

function folderProblem(folder: string, error: unknown): unknown {
  const code = codeOf(error)
  if (code === undefined) return error
  const todo =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? 'its disk is full. Make room'
      : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
        ? `Gridward may not write there (${code}). Allow it`
        : `it cannot be used (${code}). Make it usable`
  return new Problem(
    'unavailable',
    `The folder of photos, ${folder}: ${todo}, or name another with GRIDWARD_PHOTOS.`,
  )
}
