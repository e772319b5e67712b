import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { Hono } from 'hono'
import { Problem } from '../../geodata/shared/problem.ts'
import { type ContentEncoding, negotiateEncoding } from '../tiles/negotiate-encoding.ts'
import { contentSecurityPolicy } from './content-security-policy.ts'
import type { Env } from './env.ts'

export const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))

/** Addresses of pages. */
const PAGES: Record<string, string> = { '/': '/index.html', '/field': '/field.html', '/wall': '/wall.html' }

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}
const COMPRESSIBLE = new Set([
  '.html',
  '.js',
  '.mjs',
  '.css',
  '.json',
  '.webmanifest',
  '.svg',
  '.wasm',
  '.txt',
])

/** Quality 9 is within 3 % of 11 and twenty times as quick; each file is compressed once for each encoding. */
const compressors = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
}

/**
 * Serves the built client. The files are listed once at the start and a request only looks its path up in that list,
 * so no path can lead out of the folder. `/` is index.html; unknown paths fall through to the API's 404.
 */
export async function staticFiles(
  folder = DIST,
  { basemap, embedOrigins }: Partial<Pick<Env, 'basemap' | 'embedOrigins'>> = {},
): Promise<Hono> {
  const app = new Hono()
  const files = await listFiles(folder)
  const index = files.get('/index.html')
  if (!index) {
    app.get('/', (context) =>
      context.text(
        'The dashboard has not been built. Run “npm start”, or “npm run build” and reload.\n',
        503,
      ),
    )
    return app
  }
  const html = await readFile(index, 'utf8')
  const policy = contentSecurityPolicy(html, { basemap })
  const embedPolicy = contentSecurityPolicy(html, { basemap, frameAncestors: embedOrigins ?? ["'self'"] })
  /** Workers are held to the policy of their own script's answer. */
  const headersOf = (extension: string, embeds: boolean): Record<string, string> => {
    if (extension === '.js' || extension === '.mjs') return { 'content-security-policy': policy }
    if (extension !== '.html') return {}
    return embeds
      ? { 'content-security-policy': embedPolicy, 'cross-origin-resource-policy': 'cross-origin' }
      : { 'content-security-policy': policy }
  }
  const cache = new Map<string, Promise<{ body: Buffer; etag: string }>>()
  const load = (path: string, encoding: ContentEncoding) => {
    const key = `${encoding} ${path}`
    const loading = cache.get(key) ?? encode(path, encoding)
    cache.set(key, loading)
    loading.catch(() => cache.delete(key))
    return loading
  }

  app.get('*', async (context, next) => {
    const path = PAGES[context.req.path] ?? context.req.path
    const file = files.get(path)
    if (!file) return next()
    const extension = extname(file)
    const encoding = COMPRESSIBLE.has(extension)
      ? negotiateEncoding(context.req.header('accept-encoding'))
      : 'identity'
    if (!encoding)
      throw new Problem(
        'not-acceptable',
        'Accept-Encoding refuses every encoding that files have: br, gzip, identity.',
      )
    const loaded = await load(file, encoding).catch((error: NodeJS.ErrnoException) => {
      // Built anew since this server started: what an open page still asks for is gone.
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (!loaded) return next()
    const { body, etag } = loaded
    const headers: Record<string, string> = {
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-type': TYPES[extension] ?? 'application/octet-stream',
      etag,
      vary: 'accept-encoding',
      ...headersOf(extension, asksToEmbed(context.req.query('embed'))),
      ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    }
    if (matches(context.req.header('if-none-match'), etag)) {
      return new Response(null, { status: 304, headers })
    }
    return new Response(new Uint8Array(body), {
      headers: { ...headers, 'content-length': String(body.length) },
    })
  })
  return app
}

/** As the page itself decides (client/embedding): once it is loaded to be embedded it shows nothing that changes data. */
const asksToEmbed = (value: string | undefined) => value === '1' || value === ''

async function listFiles(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return new Map(
    entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && !entry.name.endsWith('.map'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]),
  )
}

async function encode(path: string, encoding: ContentEncoding) {
  const bytes = await readFile(path)
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 20)
  return {
    body: encoding === 'identity' ? bytes : await compressors[encoding](bytes),
    etag: `"${hash}${encoding === 'identity' ? '' : `-${encoding}`}"`,
  }
}

const matches = (header: string | undefined, etag: string): boolean =>
  header === '*' || (header ?? '').split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
