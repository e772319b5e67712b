import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { receiveUpload } from './receive-upload.ts'

const options = { fieldNames: ['layer'], maxBytes: 1000 }
const HEAD = '--x\r\ncontent-disposition: form-data; name="file"; filename="C:\\maps\\town.osm"\r\n\r\n'
/** Other imports may be running: this file looks at a temporary folder of its own. */
const folder = mkdtempSync(join(tmpdir(), 'gridward-upload-test-'))
vi.stubEnv('TMPDIR', folder)
afterAll(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})
const left = () => readdirSync(folder).length

/** A body without a stated length that gives its pieces one by one. */
function request(pieces: (string | Error)[]) {
  const waiting = [...pieces]
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = waiting.shift()
      if (piece === undefined) controller.close()
      else if (piece instanceof Error) controller.error(piece)
      else controller.enqueue(new TextEncoder().encode(piece))
    },
  })
  const init = {
    method: 'POST',
    body,
    duplex: 'half',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
  }
  return new Request('http://localhost/', init as RequestInit)
}

test('a file arrives whole, under its name without the path, and is removed', async () => {
  const before = left()
  const upload = await receiveUpload(request([HEAD, 'abc', '\r\n--x--\r\n']), options)
  expect(upload.fileName).toBe('town.osm')
  expect(readFileSync(upload.path, 'utf8')).toBe('abc')
  await upload.remove()
  expect(left()).toBe(before)
})

test('a body of unstated length that grows too large is refused at once and leaves no file', async () => {
  const before = left()
  const endless = Array.from({ length: 10_000 }, () => 'x'.repeat(1000))
  await expect(receiveUpload(request([HEAD, ...endless]), options)).rejects.toMatchObject({
    code: 'too-large',
  })
  expect(left()).toBe(before)
})

test('a client that goes away in the middle of the file leaves no file', async () => {
  const before = left()
  const broken = request([HEAD, 'abc', new Error('gone')])
  await expect(receiveUpload(broken, options)).rejects.toMatchObject({ code: 'bad-request' })
  await expect(receiveUpload(request([HEAD, 'abc']), options)).rejects.toMatchObject({ code: 'bad-request' })
  expect(left()).toBe(before)
})

test('a body that breaks off in a part that is not wanted is refused and does not end the process', async () => {
  const uncaught: unknown[] = []
  const catchIt = (error: unknown) => void uncaught.push(error)
  const others = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException').on('uncaughtException', catchIt)
  try {
    const before = left()
    for (const name of [
      'x',
      'file"; filename="a"\r\n\r\nabc\r\n--x\r\ncontent-disposition: form-data; name="file',
    ]) {
      const broken = request([HEAD.replace('"file"', `"${name}"`), 'abc'])
      await expect(receiveUpload(broken, options)).rejects.toMatchObject({ code: 'invalid-parameter' })
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(uncaught).toEqual([])
    expect(left()).toBe(before)
  } finally {
    process.removeAllListeners('uncaughtException')
    for (const other of others) process.on('uncaughtException', other)
  }
})
