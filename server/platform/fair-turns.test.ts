import { expect, test } from 'vitest'
import { fairTurns } from './fair-turns.ts'

const NEVER = new AbortController().signal
const settled = () => new Promise((resolve) => setImmediate(resolve))

/** Jobs that last until they are told to end. */
function world(atOnce: number) {
  const turns = fairTurns(atOnce)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  return {
    begun,
    ask: (job: string, signal = NEVER) =>
      turns(
        job[0]!,
        signal,
        () =>
          new Promise<void>((resolve) => {
            begun.push(job)
            ends.set(job, resolve)
          }),
      ),
    async end(job: string) {
      ends.get(job)!()
      await settled()
    },
  }
}

test('ten jobs of three people: nobody waits for all those of somebody who came first', async () => {
  const { ask, begun, end } = world(2)
  for (const job of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'b1', 'b2', 'c1', 'c2']) void ask(job)
  expect(begun).toEqual(['a1', 'a2'])
  for (let at = 0; at < 10; at++) await end(begun[at]!)
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'c2', 'a4', 'a5', 'a6'])
})

test('one that is given up while it waits takes no turn, and the next still gets its own', async () => {
  const { ask, begun, end } = world(1)
  const gone = new AbortController()
  void ask('a1')
  void ask('b1', gone.signal)
  void ask('c1')
  gone.abort()
  await settled()
  expect(begun).toEqual(['a1', 'b1'])
  await end('b1')
  expect(begun).toEqual(['a1', 'b1'])
  await end('a1')
  expect(begun).toEqual(['a1', 'b1', 'c1'])
})

test('a job that throws hands its turn on', async () => {
  const turns = fairTurns(1)
  const failing = turns('a', NEVER, () => Promise.reject(new Error('no')))
  const order: string[] = []
  const next = turns('b', NEVER, async () => void order.push('b'))
  await expect(failing).rejects.toThrow('no')
  await next
  expect(order).toEqual(['b'])
})
