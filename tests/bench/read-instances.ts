import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Instance<T> {
  name: string
  /** The best value known, from best-known.json beside the instances; undefined: none is told. */
  best: number | undefined
  problem: T
}

/** All instances of a folder, in the order of their names. A file that cannot be read ends the run by its name. */
export async function readInstances<T>(
  folder: string | undefined,
  ending: string,
  parse: (text: string) => T,
): Promise<Instance<T>[]> {
  if (folder === undefined) throw new Error(`Name a folder of *${ending} files.`)
  const names = (await readdir(folder)).filter((name) => name.toLowerCase().endsWith(ending)).sort()
  if (names.length === 0) throw new Error(`${folder} holds no *${ending} file.`)
  const best = await readBest(folder)
  return Promise.all(
    names.map(async (file) => {
      const name = file.slice(0, -ending.length)
      try {
        return { name, best: best[name], problem: parse(await readFile(join(folder, file), 'utf8')) }
      } catch (error) {
        throw new Error(`${file} cannot be read: ${error instanceof Error ? error.message : error}`)
      }
    }),
  )
}

async function readBest(folder: string): Promise<Record<string, number>> {
  try {
    return JSON.parse(await readFile(join(folder, 'best-known.json'), 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {}
    throw error
  }
}

/** The words of each line that holds any. */
export const wordsByLine = (text: string): string[][] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => line.split(/\s+/))

export function numberOf(word: string | undefined, what: string): number {
  const value = Number(word)
  if (word === undefined || Number.isNaN(value))
    throw new Error(`${what} is “${word ?? 'nothing'}”, a number was expected`)
  return value
}
