import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { askAnew } from './ask-anew.ts'
import { askInTurn, IN_TURN } from './ask-in-turn.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A figure on which every answer is given by hand. */
function figure(queries: QueryClient) {
  const asked: { answer(value: string): void; signal: AbortSignal }[] = []
  const observer = new QueryObserver(queries, {
    ...IN_TURN,
    queryKey: ['figure'],
    retry: false,
    queryFn: ({ signal }) =>
      new Promise<string>((answer) => {
        asked.push({ answer, signal })
      }),
  })
  return { asked, show: () => observer.subscribe(() => {}), data: () => observer.getCurrentResult().data }
}
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)

test('changes that never pause neither cancel the question under way nor ask a second one beside it', async () => {
  const queries = new QueryClient()
  const { asked, show, data } = figure(queries)
  const leave = show()
  const pour = async (count: number) => {
    for (let change = 0; change < count; change++) {
      askInTurn(queries)
      askAnew(queries)
      await pass(50)
    }
  }
  await pour(100)
  expect(asked).toHaveLength(1)
  asked[0]!.answer('first')
  await pour(30)
  expect(asked).toHaveLength(1)
  await pour(30)
  expect(asked).toHaveLength(2)
  expect(asked.some(({ signal }) => signal.aborted)).toBe(false)
  asked[1]!.answer('second')
  await pass(0)
  expect(data()).toBe('second')
  // Those of the last moments are not lost, and then there is peace.
  await pass(2000)
  expect(asked).toHaveLength(3)
  asked[2]!.answer('third')
  await pass(60_000)
  expect([data(), asked.length]).toEqual(['third', 3])
  leave()
})

test('a figure that is not shown asks when it is shown again, and only if something changed', async () => {
  const queries = new QueryClient()
  const { asked, show } = figure(queries)
  const leave = show()
  asked[0]!.answer('first')
  await pass(0)
  leave()
  show()()
  await pass(10_000)
  expect(asked).toHaveLength(1)
  askInTurn(queries)
  await pass(10_000)
  expect(asked).toHaveLength(1)
  const again = show()
  await pass(0)
  expect(asked).toHaveLength(2)
  // Left before its turn: the change is still to be asked about.
  askInTurn(queries)
  asked[1]!.answer('second')
  await pass(0)
  again()
  await pass(10_000)
  expect(asked).toHaveLength(2)
  const last = show()
  await pass(0)
  expect(asked).toHaveLength(3)
  last()
})
