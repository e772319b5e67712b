import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Problem } from '../../geodata/shared/problem.ts'

/** Pieces of text into a file, which appears whole or not at all; without a file, on standard output. */
export async function writeOutput(
  pieces: Iterable<string> | AsyncIterable<string>,
  output: string | undefined,
): Promise<void> {
  const text = Readable.from(pieces)
  if (!output) return pipeline(text, process.stdout, { end: false })
  const part = join(dirname(output), `.${process.pid}.${Date.now()}.part`)
  try {
    await pipeline(text, createWriteStream(part, { flags: 'wx' }))
    await rename(part, output)
  } catch (error) {
    await rm(part, { force: true })
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Problem('not-found', `The folder ${dirname(output)} does not exist.`)
    throw error
  }
}
