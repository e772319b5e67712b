import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Tile } from './make-tile.ts'
import type { ContentEncoding } from './negotiate-encoding.ts'

/** A tile as it is sent: compressed forms are made when first asked for, and shared from then on. */
export interface TileBody {
  degraded: Tile['degraded']
  raw: Uint8Array
  /** Digest of the raw bytes; the ETags are made from it. */
  digest: string
  compressed: Partial<Record<ContentEncoding, Promise<Uint8Array>>>
  compressedBytes: number
}

/** Smaller tiles are sent as they are: compressing would save less than a packet. */
const COMPRESS_FROM_BYTES = 256

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

export const tileBody = ({ bytes, degraded }: Tile): TileBody => ({
  degraded,
  raw: bytes,
  digest: createHash('sha1').update(bytes).digest('base64url').slice(0, 20),
  compressed: {},
  compressedBytes: 0,
})

export const bodyBytes = (body: TileBody): number => body.raw.length + body.compressedBytes

export const isWorthCompressing = (body: TileBody): boolean => body.raw.length >= COMPRESS_FROM_BYTES

/** Strong, and different for each encoding, because the bytes differ. */
export const etagOf = (body: TileBody, encoding: ContentEncoding): string =>
  encoding === 'identity' ? `"${body.digest}"` : `"${body.digest}-${encoding}"`

/** Bytes in an encoding; `grown` is called once the body has become larger. Brotli 4 and gzip 6 were measured best. */
export function encodedBytes(
  body: TileBody,
  encoding: ContentEncoding,
  grown: () => void,
): Uint8Array | Promise<Uint8Array> {
  if (encoding === 'identity') return body.raw
  body.compressed[encoding] ??= compress(body, encoding, grown)
  return body.compressed[encoding]
}

async function compress(body: TileBody, encoding: 'br' | 'gzip', grown: () => void): Promise<Uint8Array> {
  // One piece: with the default of 16 kB every piece is a round trip to the thread pool.
  const chunkSize = Math.max(1024, body.raw.length)
  const bytes =
    encoding === 'br'
      ? await brotli(body.raw, {
          chunkSize,
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 4,
            [constants.BROTLI_PARAM_SIZE_HINT]: body.raw.length,
            // The default window of 4 MB is allocated for each tile, and keeps the garbage collector busy.
            [constants.BROTLI_PARAM_LGWIN]: Math.min(22, Math.max(16, Math.ceil(Math.log2(body.raw.length)))),
          },
        })
      : await zip(body.raw, { level: 6, chunkSize })
  body.compressedBytes += bytes.length
  grown()
  // Copied, or the kept bytes would hold on to the whole piece.
  return Uint8Array.from(bytes)
}
