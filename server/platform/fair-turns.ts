/** Runs a job when its turn has come; one whose signal is aborted while it waits runs at once, and takes nobody's turn. */
export type FairTurns = (person: string, signal: AbortSignal, job: () => Promise<void>) => Promise<void>

interface Person {
  running: number
  /** The number of its latest turn; 0: it had none. */
  served: number
  queue: (() => void)[]
}

/**
 * At most `atOnce` jobs at a time. A turn goes to whoever has the fewest running, of those to whoever was served longest ago;
 * the jobs of one person run in the order in which they came.
 */
export function fairTurns(atOnce: number): FairTurns {
  const people = new Map<string, Person>()
  let running = 0
  let turns = 0

  const begin = (person: Person) => {
    running++
    person.running++
    person.served = ++turns
  }

  function end(name: string, person: Person): void {
    running--
    person.running--
    if (person.running === 0 && person.queue.length === 0) people.delete(name)
    const [next] = [...people.values()]
      .filter(({ queue }) => queue.length > 0)
      .sort((a, b) => a.running - b.running || a.served - b.served)
    if (!next) return
    begin(next)
    next.queue.shift()!()
  }

  /** Whether its turn came before it was given up. */
  const wait = ({ queue }: Person, signal: AbortSignal) =>
    new Promise<boolean>((resolve) => {
      const give = () => resolve(true)
      queue.push(give)
      const leave = () => {
        const place = queue.indexOf(give)
        // No longer in the queue: the turn was given in the same moment.
        if (place < 0) return
        queue.splice(place, 1)
        resolve(false)
      }
      signal.addEventListener('abort', leave, { once: true })
      if (signal.aborted) leave()
    })

  return async (name, signal, job) => {
    const person = people.get(name) ?? { running: 0, served: 0, queue: [] }
    people.set(name, person)
    if (running < atOnce) begin(person)
    else if (!(await wait(person, signal))) {
      if (person.running === 0 && person.queue.length === 0) people.delete(name)
      return job()
    }
    try {
      await job()
    } finally {
      end(name, person)
    }
  }
}
