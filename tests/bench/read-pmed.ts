import { numberOf, wordsByLine } from './read-instances.ts'

export interface PmedProblem {
  n: number
  p: number
  /** n × n, row-major. */
  metres: Float64Array
}

/**
 * A p-median problem of the OR-Library: vertices, edges and p, then an edge a line; of an edge that is told twice the last
 * counts. Costs are those of the shortest ways (Floyd, 1962).
 */
export function readPmed(text: string): PmedProblem {
  const [head, ...lines] = wordsByLine(text)
  const n = wholeOf(head?.[0], 'the number of vertices', 1, 5000)
  const edges = wholeOf(head?.[1], 'the number of edges', 0, 10_000_000)
  const p = wholeOf(head?.[2], 'p', 1, n)
  if (lines.length !== edges) throw new Error(`it tells ${edges} edges and holds ${lines.length}`)
  const metres = new Float64Array(n * n).fill(Number.POSITIVE_INFINITY)
  for (const [at, words] of lines.entries()) {
    const line = `in line ${at + 2}`
    const from = wholeOf(words[0], `a vertex ${line}`, 1, n) - 1
    const to = wholeOf(words[1], `a vertex ${line}`, 1, n) - 1
    const length = numberOf(words[2], `a length ${line}`)
    if (!(length >= 0)) throw new Error(`a length ${line} is ${length}, at least 0 was expected`)
    metres[from * n + to] = length
    metres[to * n + from] = length
  }
  for (let at = 0; at < n; at++) metres[at * n + at] = 0
  for (let over = 0; over < n; over++)
    for (let from = 0; from < n; from++) {
      const first = metres[from * n + over]!
      if (first === Number.POSITIVE_INFINITY) continue
      for (let to = 0; to < n; to++) {
        const length = first + metres[over * n + to]!
        if (length < metres[from * n + to]!) metres[from * n + to] = length
      }
    }
  if (metres.includes(Number.POSITIVE_INFINITY)) throw new Error('its graph is not connected')
  return { n, p, metres }
}

function wholeOf(word: string | undefined, what: string, least: number, most: number): number {
  const value = numberOf(word, what)
  if (!Number.isInteger(value) || value < least || value > most)
    throw new Error(`${what} is ${value}, a whole number from ${least} to ${most} was expected`)
  return value
}
