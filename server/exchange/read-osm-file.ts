import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { OsmData } from '../../geodata/exchange/osm/osm-data.ts'
import {
  type Blob,
  checkHeaderBlock,
  MAX_BLOB,
  readBlob,
  readBlobHeader,
  readHeaderLength,
  readPrimitiveBlock,
} from '../../geodata/exchange/osm/read-osm-pbf.ts'
import { osmXmlReader } from '../../geodata/exchange/osm/read-osm-xml.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { OpenedFile } from './open-file.ts'

const inflateAsync = promisify(inflate)

/** Reads OSM XML or PBF into memory: nodes as typed arrays, ways and relations, tags that the import looks at. */
export async function readOsmFile(file: OpenedFile, progress: (bytes: number) => void): Promise<OsmData> {
  const data = new OsmData()
  await (file.format === 'osm-pbf' ? readPbf : readXml)(file.chunks, data, progress)
  const { nodes, ways, relations } = data.counts
  if (nodes + ways + relations === 0)
    throw new Problem('unreadable-file', 'The OSM file holds no nodes, ways or relations.')
  return data
}

type Read = (
  chunks: AsyncIterable<Uint8Array>,
  data: OsmData,
  progress: (bytes: number) => void,
) => Promise<void>

const readXml: Read = async (chunks, data, progress) => {
  const decode = utf8Decoder()
  const reader = osmXmlReader(data)
  let bytes = 0
  for await (const chunk of chunks) {
    reader.write(decode(chunk))
    bytes += chunk.length
    progress(bytes)
  }
  reader.write(decode())
  reader.end()
}

const readPbf: Read = async (chunks, data, progress) => {
  const source = new ByteSource(chunks)
  let blocks = 0
  for (;;) {
    const prefix = await source.take(4)
    if (!prefix) break
    const header = readBlobHeader(await expect(source, readHeaderLength(prefix)))
    const blob = readBlob(await expect(source, header.size))
    if (blocks++ === 0 && header.type !== 'OSMHeader')
      throw new Problem('unreadable-file', 'The .osm.pbf does not start with an OSMHeader block.')
    if (header.type === 'OSMHeader') checkHeaderBlock(await decompress(blob))
    else if (header.type === 'OSMData') readPrimitiveBlock(await decompress(blob), data)
    progress(source.taken)
  }
}

async function expect(source: ByteSource, length: number): Promise<Uint8Array> {
  const bytes = length === 0 ? new Uint8Array(0) : await source.take(length)
  if (bytes?.length !== length) throw new Problem('unreadable-file', CUT_SHORT)
  return bytes
}
const CUT_SHORT = 'The .osm.pbf is cut short: it ends inside a block. Fetch the file again.'

async function decompress(blob: Blob): Promise<Uint8Array> {
  if ('raw' in blob) return blob.raw
  try {
    const bytes = await inflateAsync(blob.zlib, { maxOutputLength: Math.min(blob.rawSize, MAX_BLOB) || 1 })
    if (bytes.length === blob.rawSize) return bytes
  } catch {
    // Told below, together with a size that does not fit.
  }
  throw new Problem(
    'unreadable-file',
    'The .osm.pbf is damaged: a block does not decompress to the size that it states. Fetch the file again.',
  )
}

class ByteSource {
  taken = 0
  readonly #iterator: AsyncIterator<Uint8Array>
  #rest: Uint8Array = new Uint8Array(0)

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#iterator = chunks[Symbol.asyncIterator]()
  }

  /** Exactly `length` bytes; undefined at the end of the file; throws when the file ends in between. */
  async take(length: number): Promise<Uint8Array | undefined> {
    const parts = [this.#rest]
    let held = this.#rest.length
    while (held < length) {
      const { value, done } = await this.#iterator.next()
      if (done) {
        if (held === 0) return undefined
        throw new Problem('unreadable-file', CUT_SHORT)
      }
      parts.push(value)
      held += value.length
    }
    const whole = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
    this.#rest = whole.subarray(length)
    this.taken += length
    return whole.subarray(0, length)
  }
}

/** Text of the next bytes; without bytes, the end. Throws `unreadable-file` when it is not UTF-8. */
export function utf8Decoder(): (bytes?: Uint8Array) => string {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return (bytes) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new Problem('unreadable-file', 'The file is not UTF-8 text. Save it as UTF-8 and try again.')
    }
  }
}
