import { Problem } from '../../geodata/shared/problem.ts'

/** Takes a turn for `key`; resolves with what ends it, which may be called more than once. */
export type Turns = (key: string, signal: AbortSignal) => Promise<() => void>

interface Line {
  running: number
  queue: (() => void)[]
}

/** At most `atOnce` turns for each key, in the order asked; `waiting` more wait, and beyond that too-many-requests. */
export function createTurns(atOnce: number, waiting: number): Turns {
  const lines = new Map<string, Line>()

  function end(key: string, line: Line): void {
    const next = line.queue.shift()
    if (next) next()
    else if (--line.running === 0) lines.delete(key)
  }

  async function wait({ queue }: Line, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    let give = () => {}
    const turn = new Promise<void>((resolve) => {
      give = resolve
      queue.push(give)
    })
    const gone = new Promise<'gone'>((resolve) =>
      signal.addEventListener('abort', () => resolve('gone'), { once: true }),
    )
    if ((await Promise.race([turn, gone])) !== 'gone') return
    const place = queue.indexOf(give)
    // No longer in the queue: the turn was given in the same moment, and the caller ends it.
    if (place < 0) return
    queue.splice(place, 1)
    throw new Problem('unavailable', 'The request was given up while it waited for its turn.')
  }

  return async (key, signal) => {
    const line = lines.get(key) ?? { running: 0, queue: [] }
    lines.set(key, line)
    if (line.running < atOnce) line.running++
    else if (line.queue.length < waiting) await wait(line, signal)
    else
      throw new Problem(
        'too-many-requests',
        `${atOnce} exports, imports or other long jobs of yours run and ${waiting} wait. Let some of them end first.`,
        { extra: { retryAfterSeconds: 5 } },
      )
    let ended = false
    return () => {
      if (!ended) end(key, line)
      ended = true
    }
  }
}
