import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { Busboy, type BusboyFileStream } from '@fastify/busboy'
import { cleanText } from '../../geodata/shared/clean-text.ts'
import { Problem } from '../../geodata/shared/problem.ts'

export interface Upload {
  path: string
  fileName: string
  fields: Record<string, string>
  /** Removes the temporary file. */
  remove(): Promise<void>
}

/**
 * Streams the part `file` of a multipart body to a temporary file; memory stays flat. Throws `unsupported-format` for
 * another content type, `bad-request` for a broken body, `invalid-parameter` for unknown or doubled fields and
 * `too-large` above `maxBytes`, `unavailable` when the disk is full; then no file is left behind.
 */
export async function receiveUpload(
  request: Request,
  { fieldNames, maxBytes }: { fieldNames: readonly string[]; maxBytes: number },
): Promise<Upload> {
  const contentType = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(contentType))
    throw new Problem(
      'unsupported-format',
      `The body is ${contentType.slice(0, 80) || 'of no stated type'}, expected multipart/form-data with a part named file.`,
    )
  // The rest of a body that is refused is still read, so that the client sees the answer; not so for one this large.
  if (Number(request.headers.get('content-length')) > maxBytes + FORM_BYTES) throw tooLarge(maxBytes)
  if (!request.body) throw new Problem('bad-request', NO_FILE)
  const folder = await mkdtemp(join(tmpdir(), 'gridward-import-')).catch((error) => {
    throw isFull(error) ? noRoom() : error
  })
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    return { ...(await readParts(request.body, contentType, folder, fieldNames, maxBytes)), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

const FORM_BYTES = 100_000
const NO_FILE =
  'The body holds no file: send multipart/form-data with a part named file that has a file name.'

async function readParts(
  body: ReadableStream<Uint8Array>,
  contentType: string,
  folder: string,
  fieldNames: readonly string[],
  maxBytes: number,
): Promise<Omit<Upload, 'remove'>> {
  const path = join(folder, 'upload')
  const fields: Record<string, string> = {}
  let fileName: string | undefined
  let written: Promise<void> | undefined
  let problem: Problem | undefined
  const parser = startParser(contentType)
  const stop = new AbortController()
  const refuse = (refused: Problem) => {
    problem ??= refused
  }
  parser.on('file', (name: string, stream: BusboyFileStream, given: string) => {
    // A body that breaks off in a part that nobody reads would end the process; the parser itself reports it too.
    stream.on('error', () => {})
    stream.on('limit', () => {
      refuse(tooLarge(maxBytes))
      stop.abort()
    })
    if (name !== 'file' || written || problem) {
      stream.resume()
      refuse(unknownPart(name, fieldNames))
      return
    }
    fileName = cleanName(given)
    written = pipeline(stream, createWriteStream(path), { signal: stop.signal })
    // Awaited below; until then a broken body must not count as unhandled.
    written.catch((error) => {
      if (!isFull(error)) return
      refuse(noRoom())
      stop.abort()
    })
  })
  parser.on('field', (name: string, value: string, _: boolean, cut: boolean) => {
    if (!fieldNames.includes(name) || name in fields) refuse(unknownPart(name, fieldNames))
    else if (cut) refuse(new Problem('invalid-parameter', `The field ${name} is longer than 2000 bytes.`))
    else if (value.trim()) fields[name] = value.trim()
  })
  for (const limit of ['partsLimit', 'fieldsLimit', 'filesLimit'] as const)
    parser.on(limit, () =>
      refuse(new Problem('bad-request', 'The body has more parts than an import takes.')),
    )
  try {
    await pipeline(Readable.fromWeb(body as NodeReadableStream), parser, { signal: stop.signal })
    await written
  } catch (error) {
    // A part whose body broke off does not end by itself.
    stop.abort()
    await written?.catch(() => {})
    throw problem ?? new Problem('bad-request', `The multipart body is broken: ${(error as Error).message}`)
  }
  if (problem) throw problem
  if (fileName === undefined) throw new Problem('bad-request', NO_FILE)
  return { path, fileName, fields }

  function startParser(type: string) {
    try {
      const limits = {
        fileSize: maxBytes,
        files: 2,
        fields: 20,
        fieldSize: 2000,
        fieldNameSize: 100,
        parts: 24,
      }
      return new Busboy({ headers: { 'content-type': type }, limits })
    } catch (error) {
      throw new Problem('bad-request', `The multipart body cannot be read: ${(error as Error).message}`)
    }
  }
}

/** Browsers of old send whole paths. */
const cleanName = (given: string | undefined): string =>
  cleanText(basename((given ?? '').replaceAll('\\', '/')).replace(/\p{Cc}/gu, ''), 200) || 'upload'

const unknownPart = (name: string, fieldNames: readonly string[]) =>
  new Problem(
    'invalid-parameter',
    `The part “${String(name).slice(0, 40)}” is not known here or stands twice; known are file, ${fieldNames.join(', ')}.`,
  )

const isFull = (error: NodeJS.ErrnoException) => error.code === 'ENOSPC' || error.code === 'EDQUOT'
const noRoom = () =>
  new Problem(
    'unavailable',
    'There is no room for the file: the disk that holds temporary files is full. Make room, or set TMPDIR to another.',
  )

const tooLarge = (maxBytes: number) =>
  new Problem(
    'too-large',
    `The file is larger than ${Math.round(maxBytes / 1024 / 1024)} MB. Cut it, or import it with npx gridward import.`,
  )
