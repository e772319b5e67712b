import type { Context } from 'hono'
import { Problem } from '../../geodata/shared/problem.ts'
import { negotiateEncoding } from './negotiate-encoding.ts'
import { encodedBytes, etagOf, isWorthCompressing, type TileBody } from './tile-body.ts'

// Stored by browsers and asked for again each time: an edit shows at once, and an unchanged tile costs a 304. What one
// may see another may not, so nothing in between stores it, and a browser asks again for whoever signs in next.
export const TILE_HEADERS = {
  'cache-control': 'private, no-cache',
  vary: 'Cookie, Authorization, Accept-Encoding',
}

export const noTile = () => new Response(null, { status: 204, headers: TILE_HEADERS })

/** A tile as the request accepts it. `grown` is called once the body holds another compressed form. Throws not-acceptable. */
export async function sendTile(context: Context, body: TileBody, grown: () => void): Promise<Response> {
  if (body.raw.length === 0) return noTile()
  const accepts = context.req.header('accept-encoding')
  // A small tile goes as it is, unless just that is refused.
  const plain = isWorthCompressing(body) ? undefined : negotiateEncoding(accepts, ['identity'])
  const encoding = plain ?? negotiateEncoding(accepts)
  if (!encoding) {
    throw new Problem(
      'not-acceptable',
      'Accept-Encoding refuses every encoding that tiles have: br, gzip, identity.',
    )
  }
  const etag = etagOf(body, encoding)
  const headers: Record<string, string> = { ...TILE_HEADERS, etag }
  if (body.degraded !== 'nothing') headers['x-tile-truncated'] = body.degraded
  if (matches(context.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  const bytes = await encodedBytes(body, encoding, grown)
  headers['content-type'] = 'application/vnd.mapbox-vector-tile'
  headers['content-length'] = String(bytes.length)
  if (encoding !== 'identity') headers['content-encoding'] = encoding
  return new Response(bytes as Uint8Array<ArrayBuffer>, { headers })
}

const matches = (header: string | undefined, etag: string): boolean =>
  (header ?? '').split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === etag)
