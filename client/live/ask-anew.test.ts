import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, onTestFinished, test } from 'vitest'
import { askAnew } from './ask-anew.ts'

/** A query on which every answer is given by hand. */
function watched(queries: QueryClient, key: string) {
  const asked: { answer(value: string): void; fail(error: Error): void }[] = []
  const observer = new QueryObserver(queries, {
    queryKey: [key],
    retry: false,
    staleTime: 60_000,
    queryFn: () =>
      new Promise<string>((answer, fail) => {
        asked.push({ answer, fail })
      }),
  })
  onTestFinished(observer.subscribe(() => {}))
  return { asked, data: () => observer.getCurrentResult().data }
}
const turn = () => new Promise((done) => setTimeout(done))

test('a change during the very first request is not lost: its answer is followed by another question', async () => {
  const queries = new QueryClient()
  const list = watched(queries, 'list')
  askAnew(queries)
  askAnew(queries)
  await turn()
  expect(list.asked).toHaveLength(1)
  list.asked[0]!.answer('before the change')
  await turn()
  expect(list.asked).toHaveLength(2)
  list.asked[1]!.answer('after the change')
  await turn()
  expect(list.data()).toBe('after the change')
  expect(list.asked).toHaveLength(2)
})

test('a first request that fails is asked again too', async () => {
  const queries = new QueryClient()
  const list = watched(queries, 'list')
  askAnew(queries)
  list.asked[0]!.fail(new Error('gone'))
  await turn()
  expect(list.asked).toHaveLength(2)
})

test('what has been answered asks again at once, and only what the filters name', async () => {
  const queries = new QueryClient()
  const [list, notes] = [watched(queries, 'list'), watched(queries, 'notes')]
  list.asked[0]!.answer('old')
  notes.asked[0]!.answer('old')
  await turn()
  askAnew(queries, { queryKey: ['notes'] })
  await turn()
  expect([list.asked.length, notes.asked.length]).toEqual([1, 2])
})
