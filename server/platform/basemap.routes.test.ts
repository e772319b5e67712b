import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { asAdministrator } from '../../tests/support/as-identity.ts'
import { basemapOf, basemapRoutes } from './basemap.routes.ts'
import type { Deps } from './deps.ts'
import { readEnv } from './env.ts'

const folder = mkdtempSync(join(tmpdir(), 'gridward-basemap-'))
const file = join(folder, 'town.pmtiles')
writeFileSync(file, Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 256)))
afterAll(() => rmSync(folder, { recursive: true }))

const routes = () => asAdministrator(basemapRoutes({ env: { ...readEnv({}), basemap: file } } as Deps))
const ask = (range?: string) =>
  routes().request('/basemap.pmtiles', {
    headers: range ? { range } : {},
  })

test.each([
  ['bytes=0-99', 206, 'bytes 0-99/1000', 100],
  ['bytes=990-5000', 206, 'bytes 990-999/1000', 10],
  ['bytes=-10', 206, 'bytes 990-999/1000', 10],
  ['bytes=1000-', 416, 'bytes */1000', 0],
  ['bytes=5-2', 416, 'bytes */1000', 0],
  ['pages=1-2', 200, null, 1000],
])('the range %s answers %i with the right bytes', async (range, status, contentRange, length) => {
  const response = await ask(range)
  expect(response.status).toBe(status)
  expect(response.headers.get('content-range')).toBe(contentRange)
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect(bytes).toHaveLength(length)
  if (status === 206) expect(bytes[0]).toBe(Number(/bytes (\d+)/.exec(contentRange!)![1]) % 256)
})

test.runIf(existsSync('/proc/self/fd'))('HEAD tells the size and leaves no file open', async () => {
  const response = await routes().request('/basemap.pmtiles', { method: 'HEAD' })
  expect(response.headers.get('content-length')).toBe('1000')
  await new Promise((resolve) => setTimeout(resolve, 50))
  const open = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return ''
    }
  })
  expect(open).not.toContain(file)
})

test('an empty PORT means the default', () => {
  expect(readEnv({ PORT: '', HOST: '' })).toMatchObject({ port: 8787, host: '127.0.0.1' })
})

test('a path on this machine is never told to the page; a URL is', () => {
  expect(basemapOf('/srv/maps/town.pmtiles')).toEqual({ kind: 'pmtiles', url: '/basemap.pmtiles' })
  expect(basemapOf('https://maps.example/style.json')).toEqual({
    kind: 'style',
    url: 'https://maps.example/style.json',
  })
})
