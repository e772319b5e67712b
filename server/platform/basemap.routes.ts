import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { z } from '@hono/zod-openapi'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Deps } from './deps.ts'
import { route, router } from './route.ts'

const PATH = '/basemap.pmtiles'

/** The basemap as a page gets it: a style or PMTiles archive by URL; a file on this machine is lent under PATH. */
export function basemapOf(setting: string): { kind: 'style' | 'pmtiles'; url: string } {
  if (!/\.pmtiles(\?.*)?$/i.test(setting)) return { kind: 'style', url: setting }
  return { kind: 'pmtiles', url: isUrl(setting) ? setting : PATH }
}

const isUrl = (setting: string) => /^https?:/i.test(setting)

/** Lends the PMTiles file of GRIDWARD_BASEMAP by byte ranges, which is how its readers ask for it. */
export function basemapRoutes({ env: { basemap } }: Deps) {
  return router().openapi(
    route({
      method: 'get',
      path: PATH,
      permission: 'read',
      summary: 'The basemap archive, by byte ranges',
      request: { headers: z.object({ range: z.string().optional() }) },
      responses: { 200: { description: 'The archive' }, 206: { description: 'A range of it' } },
    }),
    async (context) => {
      if (!basemap || isUrl(basemap) || basemapOf(basemap).kind !== 'pmtiles')
        throw new Problem('not-found', 'This server lends no basemap file. GRIDWARD_BASEMAP names one.')
      const file = await stat(basemap).catch(() => undefined)
      if (!file?.isFile())
        throw new Problem(
          'not-found',
          'The file that GRIDWARD_BASEMAP names is not there. Correct it and start again.',
        )
      const etag = `"${file.size.toString(36)}-${file.mtimeMs.toString(36)}"`
      const common = {
        'accept-ranges': 'bytes',
        'content-type': 'application/vnd.pmtiles',
        'cache-control': 'no-cache',
        etag,
      }
      const range = readRange(context.req.valid('header').range, file.size)
      if (range === 'unsatisfiable')
        return new Response(null, {
          status: 416,
          headers: { ...common, 'content-range': `bytes */${file.size}` },
        })
      const [start, end] = range ?? [0, file.size - 1]
      // Not for HEAD: nobody would read the stream, and its file would stay open.
      const body =
        context.req.method === 'HEAD'
          ? null
          : (Readable.toWeb(createReadStream(basemap, { start, end })) as ReadableStream)
      return new Response(body, {
        status: range ? 206 : 200,
        headers: {
          ...common,
          'content-length': String(end - start + 1),
          ...(range ? { 'content-range': `bytes ${start}-${end}/${file.size}` } : {}),
        },
      })
    },
  )
}

/** One range of RFC 9110; a header that asks for several, or another unit, is ignored as the RFC allows. */
function readRange(header: string | undefined, size: number): [number, number] | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return undefined
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1])
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  return start > end || start >= size ? 'unsatisfiable' : [start, end]
}
