import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Problem } from '../../geodata/shared/problem.ts'

type FileFormat = 'osm-xml' | 'osm-pbf' | 'geojson'

export interface OpenedFile {
  format: FileFormat
  /** Decompressed bytes. */
  chunks: AsyncIterable<Uint8Array>
  /** Lets go of the file, however much of it was read. */
  close(): Promise<void>
}

const MAX_EXPANSION = 100
const ALWAYS_ALLOWED = 64 * 1024 * 1024
const HEAD = 4096

/**
 * Opens a file by what it holds; its name is not trusted. Throws `unsupported-format` for other known formats and
 * `too-large` from the stream when gzip expands to more than a hundred times the file.
 */
export async function openFile(path: string): Promise<OpenedFile> {
  const file = await open(path)
  const { size } = await file.stat()
  await file.close()
  if (size === 0) throw new Problem('unreadable-file', 'The file is empty.')
  const raw = createReadStream(path, { highWaterMark: 256 * 1024 })
  let expanded: AsyncGenerator<Uint8Array> | undefined
  const close = async () => {
    await expanded?.return(undefined)
    raw.destroy()
  }
  try {
    const [head, chunks] = await peek(raw)
    if (head[0] !== 0x1f || head[1] !== 0x8b) return { format: sniff(head), chunks, close }
    expanded = gunzip(chunks, size)
    const [inner, whole] = await peek(expanded)
    return { format: sniff(inner), chunks: whole, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The first bytes, and the whole again. */
async function peek(source: AsyncIterable<Uint8Array>): Promise<[Uint8Array, AsyncIterable<Uint8Array>]> {
  const iterator = source[Symbol.asyncIterator]()
  const read: Uint8Array[] = []
  let length = 0
  while (length < HEAD) {
    const { value, done } = await iterator.next()
    if (done) break
    read.push(value)
    length += value.length
  }
  async function* whole() {
    try {
      yield* read
      for (;;) {
        const { value, done } = await iterator.next()
        if (done) return
        yield value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return [Buffer.concat(read).subarray(0, HEAD), whole()]
}

async function* gunzip(chunks: AsyncIterable<Uint8Array>, compressed: number): AsyncGenerator<Uint8Array> {
  const limit = Math.max(compressed * MAX_EXPANSION, ALWAYS_ALLOWED)
  const expander = createGunzip({ chunkSize: 256 * 1024 })
  // Errors reach the loop below through the expander, and its end the source.
  pipeline(Readable.from(chunks), expander, () => {})
  let expanded = 0
  try {
    for await (const chunk of expander as AsyncIterable<Uint8Array>) {
      expanded += chunk.length
      if (expanded > limit)
        throw new Problem(
          'too-large',
          `The gzip file expands to more than ${MAX_EXPANSION} times its size, which no map data does. It was not read.`,
        )
      yield chunk
    }
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(
      'unreadable-file',
      `The gzip file is damaged or cut short (${(error as Error).message}). Fetch it again.`,
    )
  } finally {
    expander.destroy()
  }
}

const MAGIC: [starts: string, name: string, advice: string][] = [
  ['PK', 'a zip archive', 'Unpack it first and give the OSM or GeoJSON file inside.'],
  ['SQLite format 3', 'a GeoPackage or SQLite file', 'Convert it with ogr2ogr -f GeoJSON.'],
  ['\u0000\u0000\u0027\u000a', 'a Shapefile', 'Convert it with ogr2ogr -f GeoJSON.'],
  ['fgb', 'a FlatGeobuf file', 'Convert it with ogr2ogr -f GeoJSON.'],
  ['BZh', 'compressed with bzip2', 'Unpack it first with bunzip2.'],
  ['\u0028\u00b5\u002f\u00fd', 'compressed with zstd', 'Unpack it first.'],
  ['\u00fd7zXZ', 'compressed with xz', 'Unpack it first with unxz.'],
  ['%PDF', 'a PDF', 'Give an OSM or GeoJSON file.'],
  ['\u00ff\u00fe', 'text in UTF-16', 'Save it as UTF-8.'],
  ['\u00fe\u00ff', 'text in UTF-16', 'Save it as UTF-8.'],
]

function sniff(head: Uint8Array): FileFormat {
  const start = Buffer.from(head).toString('latin1')
  if (head[0] === 0 && head[1] === 0 && start.slice(4, 24).includes('OSMHeader')) return 'osm-pbf'
  const known = MAGIC.find(([starts]) => start.startsWith(starts))
  if (known)
    throw new Problem(
      'unsupported-format',
      `The file is ${known[1]}. Gridward imports .osm, .osm.gz, .osm.pbf and GeoJSON. ${known[2]}`,
    )
  const first = start.replace(/^\u00ef\u00bb\u00bf/, '').trimStart()[0]
  if (first === '<') return 'osm-xml'
  if (head.subarray(0, 512).some((byte) => byte === 0))
    throw new Problem(
      'unsupported-format',
      'The file is neither text nor OSM data. Gridward imports .osm, .osm.gz, .osm.pbf and GeoJSON.',
    )
  return 'geojson'
}
