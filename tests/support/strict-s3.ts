import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface S3Credentials {
  accessKeyId: string
  secretAccessKey: string
  region: string
}

export interface SignedRequest {
  method: string
  /** Path and query as they stand on the request line. */
  target: string
  /** Names in small letters. */
  headers: Record<string, string>
}

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex')
const hmac = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text).digest()

/** AWS's UriEncode: everything but A–Z a–z 0–9 - . _ ~ as %XX in capitals. */
const uriEncode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * The signature that a request must have, by "Signature Calculations for the Authorization Header: Transferring Payload
 * in a Single Chunk (AWS Signature Version 4)" of the Amazon S3 API reference. Written from that page and not from a
 * library, so that both would have to be wrong in the same way.
 */
export function expectedSignature(
  request: SignedRequest,
  signedHeaders: string[],
  { secretAccessKey, region }: Pick<S3Credentials, 'secretAccessKey' | 'region'>,
): string {
  const [path, query = ''] = request.target.split('?') as [string, string?]
  const canonicalQuery = query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name, value = ''] = pair.split('=') as [string, string?]
      return `${uriEncode(decodeURIComponent(name))}=${uriEncode(decodeURIComponent(value))}`
    })
    .sort()
    .join('&')
  const canonical = [
    request.method,
    path
      .split('/')
      .map((step) => uriEncode(decodeURIComponent(step)))
      .join('/'),
    canonicalQuery,
    ...signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    request.headers['x-amz-content-sha256'],
  ].join('\n')
  const time = request.headers['x-amz-date']!
  const day = time.slice(0, 8)
  const toSign = ['AWS4-HMAC-SHA256', time, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n')
  const key = hmac(hmac(hmac(hmac(`AWS4${secretAccessKey}`, day), region), 's3'), 'aws4_request')
  return hmac(key, toSign).toString('hex')
}

/** What the next requests meet instead of an answer. */
export type Fault = 'silence' | 'hang up' | 'cut short' | 500 | 503 | 429

export interface StrictS3 {
  endpoint: string
  bucket: string
  objects: Map<string, { bytes: Buffer; type: string | undefined }>
  /** Taken from the front, one a request. */
  faults: Fault[]
  /** How many requests came. */
  requests: number
  close(): Promise<void>
}

/**
 * An S3 server for one bucket, addressed by path, that knows PUT, GET and DELETE of an object and refuses whatever is
 * not signed as published: key, scope, clock, every header that must be signed, the body's hash.
 */
export async function startStrictS3(credentials: S3Credentials, bucket: string): Promise<StrictS3> {
  const state: Pick<StrictS3, 'objects' | 'faults' | 'requests'> = {
    objects: new Map(),
    faults: [],
    requests: 0,
  }
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('error', () => {})
    request.on('end', () => {
      state.requests += 1
      const fault = state.faults.shift()
      if (fault === 'silence') return
      if (fault === 'hang up') return void request.socket.destroy()
      if (fault === 'cut short') {
        response.writeHead(200, { 'content-length': '1000' })
        response.write('half', () => request.socket.destroy())
        return
      }
      if (fault !== undefined) return refuse(response, fault, fault === 429 ? 'TooManyRequests' : 'SlowDown')
      answer(request, Buffer.concat(pieces), response)
    })
  })

  function answer(request: IncomingMessage, body: Buffer, response: ServerResponse) {
    const refused = check(request, body, credentials)
    if (refused) return refuse(response, ...refused)
    const [, name, ...steps] = decodeURIComponent(request.url!).split('/')
    if (name !== bucket) return refuse(response, 404, 'NoSuchBucket')
    const key = steps.join('/')
    if (request.method === 'PUT') {
      state.objects.set(key, { bytes: body, type: request.headers['content-type'] })
      response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end()
    } else if (request.method === 'GET') {
      const object = state.objects.get(key)
      if (!object) return refuse(response, 404, 'NoSuchKey')
      response.writeHead(200, { 'content-type': object.type ?? 'binary/octet-stream' }).end(object.bytes)
    } else if (request.method === 'DELETE') {
      state.objects.delete(key)
      response.writeHead(204).end()
    } else refuse(response, 405, 'MethodNotAllowed')
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return Object.assign(state, {
    endpoint: `http://127.0.0.1:${port}`,
    bucket,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

function check(
  request: IncomingMessage,
  body: Buffer,
  { accessKeyId, secretAccessKey, region }: S3Credentials,
): [status: number, code: string] | undefined {
  const headers = request.headers as Record<string, string>
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    )
  if (!match) return [403, 'AccessDenied']
  const [, keyId, day, signedRegion, names, signature] = match as unknown as string[]
  if (keyId !== accessKeyId) return [403, 'InvalidAccessKeyId']
  if (signedRegion !== region) return [400, 'AuthorizationHeaderMalformed']
  const time = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headers['x-amz-date'] ?? '')
  if (!time || !headers['x-amz-date']!.startsWith(day!)) return [403, 'AccessDenied']
  const [, year, month, date, hour, minute, second] = time.map(Number) as number[]
  const sentMs = Date.UTC(year!, month! - 1, date!, hour!, minute!, second!)
  if (Math.abs(Date.now() - sentMs) > 15 * 60_000) return [403, 'RequestTimeTooSkewed']
  const signed = names!.split(';')
  const due = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))]
  if (due.some((name) => !signed.includes(name)) || [...signed].sort().join(';') !== names)
    return [403, 'AccessDenied']
  if (headers['x-amz-content-sha256'] !== sha256(body)) return [400, 'XAmzContentSHA256Mismatch']
  const expected = expectedSignature({ method: request.method!, target: request.url!, headers }, signed, {
    secretAccessKey,
    region,
  })
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature!))) return [403, 'SignatureDoesNotMatch']
  return undefined
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>-</Message></Error>`)
}
