import { afterAll, expect, test, vi } from 'vitest'

/** Linux has a device that is always full. */
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return { ...fs, createWriteStream: () => fs.createWriteStream('/dev/full') }
})
// Files of one worker share their modules.
afterAll(() => {
  vi.doUnmock('node:fs')
  vi.resetModules()
})

test.skipIf(process.platform !== 'linux')('a full disk is not called a broken body', async () => {
  vi.resetModules()
  const { receiveUpload } = await import('./receive-upload.ts')
  const form = new FormData()
  form.set('file', new File(['x'.repeat(500_000)], 'a.osm'))
  const request = new Request('http://localhost/', { method: 'POST', body: form })
  await expect(receiveUpload(request, { fieldNames: [], maxBytes: 1e6 })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringMatching(/disk .* is full/),
  })
})
