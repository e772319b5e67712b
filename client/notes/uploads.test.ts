import { expect, test } from 'vitest'
import { ApiError } from '../api/request.ts'
import { createUploads, refuseFile } from './uploads.ts'

const subject = { layer: 'facilities' as const, feature: 1 }
const file = (name: string, type = 'image/jpeg', bytes = 3) =>
  new File([new Uint8Array(bytes)], name, { type })
const tick = () => new Promise((resolve) => setTimeout(resolve, 0))

/** Uploads whose sending is settled by hand, in the order in which they were begun. */
function byHand() {
  const begun: {
    name: string
    finish(error?: unknown): void
    progress(share: number): void
    signal: AbortSignal
  }[] = []
  const done: string[] = []
  const uploads = createUploads(
    ({ file }, progress, signal) =>
      new Promise<void>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('cancelled', 'AbortError')))
        begun.push({
          name: file.name,
          finish: (error) => (error ? reject(error) : resolve()),
          progress,
          signal,
        })
      }),
    ({ file }) => done.push(file.name),
  )
  const states = () => uploads.list().map(({ file, state }) => `${file.name} ${state}`)
  return { begun, done, uploads, states }
}

test('two go at once, the rest in turn, and each that arrives is told once', async () => {
  const { begun, done, uploads, states } = byHand()
  uploads.add(subject, 7, [file('a'), file('b'), file('c')])
  expect(states()).toEqual(['a sending', 'b sending', 'c waiting'])
  begun[0]!.progress(0.5)
  expect(uploads.list()[0]).toMatchObject({ share: 0.5, note: 7 })
  begun[0]!.finish()
  await tick()
  expect(states()).toEqual(['b sending', 'c sending'])
  begun[1]!.finish()
  begun[2]!.finish()
  await tick()
  expect(uploads.list()).toEqual([])
  expect(done).toEqual(['a', 'b', 'c'])
})

test('one that is cancelled is stopped and gone, and makes room for the next', async () => {
  const { begun, done, uploads, states } = byHand()
  uploads.add(subject, undefined, [file('a'), file('b'), file('c')])
  uploads.cancel(uploads.list()[0]!.id)
  await tick()
  expect(begun[0]!.signal.aborted).toBe(true)
  expect(states()).toEqual(['b sending', 'c sending'])
  expect(done).toEqual([])
})

test('a failure keeps the file to be sent again; a refusal is not worth sending again', async () => {
  const { begun, done, uploads, states } = byHand()
  uploads.add(subject, undefined, [file('a'), file('b')])
  const refusal = new ApiError(422, 'unreadable-file', 'damaged')
  begun[0]!.finish(new ApiError(0, 'unreachable', 'unreachable'))
  begun[1]!.finish(refusal)
  await tick()
  expect(states()).toEqual(['a failed', 'b refused'])
  expect(uploads.list().map(({ why }) => why)).toEqual([{ key: 'notes.unreachable' }, { error: refusal }])
  uploads.retry(uploads.list()[0]!.id)
  begun[2]!.finish()
  await tick()
  expect(states()).toEqual(['b refused'])
  expect(done).toEqual(['a'])
})

test('files that cannot be photos are refused before a byte is sent', () => {
  const { begun, uploads, states } = byHand()
  uploads.add(subject, undefined, [
    file('a.heic', ''),
    file('b.pdf', 'application/pdf'),
    file('c.jpg', '', 0),
  ])
  expect(states()).toEqual(['a.heic refused', 'b.pdf refused', 'c.jpg refused'])
  expect(begun).toEqual([])
  expect(refuseFile({ name: 'x', type: 'image/heic', size: 5 })).toBe('notes.heic')
  expect(refuseFile({ name: 'x.jpg', type: '', size: 21 * 1024 * 1024 })).toBe('notes.tooLarge')
  expect(refuseFile({ name: 'no-type', type: '', size: 20 * 1024 * 1024 })).toBeUndefined()
})

test('what is shown changes by a new list, so that a view hears of it', () => {
  const { begun, uploads } = byHand()
  let heard = 0
  const leave = uploads.subscribe(() => (heard += 1))
  const empty = uploads.list()
  uploads.add(subject, undefined, [file('a')])
  const before = uploads.list()
  expect(before).not.toBe(empty)
  begun[0]!.progress(0.2)
  expect(uploads.list()).not.toBe(before)
  const times = heard
  leave()
  begun[0]!.progress(0.3)
  expect(heard).toBe(times)
})
