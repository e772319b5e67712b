import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import type { Database } from '../platform/database.ts'
import { importFile } from './import-file.ts'
import { readFile } from './read-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'gridward-import-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

test('imports at the same time take one connection after the other, and one that fails lets the next begin', async () => {
  const path = file('a.geojson', '{"type":"Point","coordinates":[0,0]}')
  let [open, most, begun] = [0, 0, 0]
  const begin = async () => {
    begun++
    most = Math.max(most, ++open)
    await wait(20)
    open--
    if (begun === 2) throw new Error('the second fails')
  }
  const database = { sql: { begin } } as unknown as Database
  const one = () => importFile(database, { path, fileName: 'a.geojson', layer: 'facilities' })
  const results = await Promise.allSettled([one(), one(), one()])
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect([begun, most]).toEqual([3, 1])
})

test('an import whose sender left while it waited is not begun', async () => {
  const path = file('b.geojson', '{"type":"Point","coordinates":[0,0]}')
  const database = { sql: { begin: () => expect.unreachable() } } as unknown as Database
  const signal = AbortSignal.abort()
  await expect(
    importFile(database, { path, fileName: 'b.geojson', layer: 'facilities', signal }),
  ).rejects.toMatchObject({ code: 'bad-request' })
})

/** Linux lists a process's open files; elsewhere there is nothing to look at. */
test.skipIf(process.platform !== 'linux')('a refused file does not stay open', async () => {
  const long = `{"type":"FeatureCollection","features":[${' '.repeat(700_000)}]}`
  const noise = Array.from({ length: 700_000 }, () => String.fromCharCode(32 + Math.random() * 90)).join('')
  const refused = [
    file('a.zip', `PK${long}`),
    file('no-layer.geojson', long),
    file('no-layer.geojson.gz', gzipSync(`{"type":"${noise}`)),
    file('bad.geojson', `{"type":"FeatureCollection","features":[{]${' '.repeat(700_000)}`),
    file('zip.gz', gzipSync(`PK${noise}`)),
  ]
  for (const path of refused) {
    const layer = path.includes('no-layer') ? undefined : ('roads' as const)
    await expect(readFile({ path, layer, source: 'x' }, () => {}).next()).rejects.toHaveProperty('code')
  }
  await wait(50)
  const open = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`)
    } catch {
      return ''
    }
  })
  expect(open.filter((path) => path.startsWith(folder))).toEqual([])
})
