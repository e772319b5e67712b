import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { numberOf, wordsByLine } from './read-instances.ts'
import { type PmedProblem, readPmed } from './read-pmed.ts'
import { readSpopt, type SpoptProblem } from './read-spopt.ts'

export interface LocationFolder {
  pmed: { name: string; problem: PmedProblem; median: number | undefined; centre: number | undefined }[]
  spopt: { name: string; problem: SpoptProblem }[]
  /** What could not be read, by file, and why. */
  faults: string[]
}

const TABLES = { median: 'pmedopt.txt', centre: 'kcenteropt.txt' }
const IS_WORDS = /^(readme|licen[cs]e)|\.md$/i

/**
 * A folder of problems of the OR-Library (pmed*.txt, with tables of optima) and folders of spopt's (with expected.json). What
 * is neither, or cannot be read, is told; the rest is read all the same.
 */
export async function readLocation(folder: string | undefined): Promise<LocationFolder> {
  if (folder === undefined) throw new Error('Name a folder of pmed*.txt files and spopt folders.')
  const found: LocationFolder = { pmed: [], spopt: [], faults: [] }
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) =>
    a.name.localeCompare(b.name, 'en', { numeric: true }),
  )
  const attempt = async (name: string, read: () => Promise<void>) => {
    try {
      await read()
    } catch (error) {
      found.faults.push(`${name} cannot be read: ${error instanceof Error ? error.message : error}`)
    }
  }
  const optima: Record<keyof typeof TABLES, Map<string, number>> = { median: new Map(), centre: new Map() }
  for (const [kind, file] of Object.entries(TABLES) as [keyof typeof TABLES, string][])
    if (entries.some(({ name }) => name === file))
      await attempt(file, async () => {
        optima[kind] = readOptima(await readFile(join(folder, file), 'utf8'))
      })
  // The folder itself may be one of spopt's.
  if (entries.some(({ name }) => name === 'expected.json')) {
    await attempt(folder, async () => {
      const files = entries.map(({ name }) => name)
      found.spopt.push({ name: basename(folder), problem: await readSpopt(folder, files) })
    })
    return found
  }
  for (const entry of entries) {
    const { name } = entry
    if (Object.values(TABLES).includes(name) || IS_WORDS.test(name)) continue
    await attempt(name, async () => {
      if (entry.isDirectory()) {
        const files = await readdir(join(folder, name))
        if (!files.includes('expected.json')) throw new Error('it is a folder without an expected.json')
        found.spopt.push({ name, problem: await readSpopt(join(folder, name), files) })
      } else if (name.endsWith('.txt')) {
        const problem = readPmed(await readFile(join(folder, name), 'utf8'))
        const id = name.slice(0, -'.txt'.length)
        found.pmed.push({ name: id, problem, median: optima.median.get(id), centre: optima.centre.get(id) })
      } else throw new Error('a pmed*.txt file or a folder with an expected.json was expected')
    })
  }
  if (found.pmed.length + found.spopt.length === 0 && found.faults.length === 0)
    throw new Error(`${folder} holds no pmed*.txt file and no folder with an expected.json.`)
  return found
}

/** Lines of a name and a value; a line of words above them is skipped. */
const readOptima = (text: string): Map<string, number> =>
  new Map(
    wordsByLine(text)
      .filter((words, at) => at > 0 || !Number.isNaN(Number(words[1])))
      .map(([name, value], at) => [name!, numberOf(value, `the value of entry ${at + 1}`)]),
  )
