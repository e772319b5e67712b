import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { examinePhotos } from './examine-photos.ts'
import { openFolderStore } from './folder-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'gridward-examine-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const env = (name: string) => ({ photos: undefined, dataFolder: join(folder, name) })
const files = (at: string) =>
  readdirSync(at, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())

test('a store that works is found by its place, and no file stays in it', async () => {
  expect(await examinePhotos(env('good'))).toEqual({ place: join(folder, 'good', 'photos') })
  expect(files(join(folder, 'good'))).toEqual([])
})

test('a folder that cannot be made is named, with what to do', async () => {
  writeFileSync(join(folder, 'a file'), '')
  const { problem } = await examinePhotos(env('a file'))
  expect(problem).toContain(join(folder, 'a file', 'photos'))
  expect(problem).toContain('GRIDWARD_PHOTOS')
})

test('a store that takes files and does not have them is no store', async () => {
  const store = openFolderStore(join(folder, 'leaky'))
  const { problem } = await examinePhotos(env('leaky'), { ...store, get: async () => undefined })
  expect(problem).toContain('does not give back')
  expect(files(join(folder, 'leaky'))).toEqual([])
})

test('a bucket that does not answer is said, not thrown', async () => {
  const photos = {
    kind: 's3' as const,
    endpoint: 'http://127.0.0.1:9',
    bucket: 'photos',
    prefix: '',
    region: 'us-east-1',
    accessKeyId: 'key',
    secretAccessKey: 'secret',
    sessionToken: undefined,
  }
  const found = await examinePhotos({ photos, dataFolder: folder })
  expect(found.place).toBe('bucket photos at http://127.0.0.1:9')
  expect(found.problem).toMatch(/photos/)
  expect(found.problem).not.toContain('secret')
})
