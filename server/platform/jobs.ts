import { randomUUID } from 'node:crypto'
import type { JobState } from '../../geodata/patrols/generation.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { fairTurns } from './fair-turns.ts'
import type { Log } from './log.ts'

/** Jobs of this process at once, and that wait. Each takes a core. */
const AT_ONCE = 2
const MOST_WAITING = 20
/** How often a job is said to run, and whether it should end is asked. */
const SAY_MS = 500

/** What is written down of a job. */
export interface JobNews<Found extends object> {
  state: JobState
  progress: number
  /** A short code for what it does. */
  stage: string
  /** Grows with each better find. */
  revision: number
  /** undefined: as it was. */
  found: Found | undefined
  problem: { code: string; detail: string } | undefined
}

export interface Saying<Found extends object> {
  progress(share: number, stage?: string): void
  better(found: Found): void
}

export interface Job<Found extends object> {
  /** Whose turn it takes. */
  by: string
  /** Writes it down as waiting. */
  create(id: string): Promise<void>
  /** Writes down what it does. Returns whether somebody asked for its end, in whichever process. */
  save(id: string, news: JobNews<Found>): Promise<boolean>
  /** Aborted: it is to end. What it returns then is kept with `keepsBest`. */
  work(id: string, signal: AbortSignal, say: Saying<Found>): Promise<Found | undefined>
  /** A cancelled job is over once its work has returned; otherwise at once, though it keeps its turn until then. */
  keepsBest: boolean
}

/** Long work of this process, which is written down as it goes on. */
export interface JobRunner {
  /** Begins it, or lets it wait for its turn. Returns its id. Throws too-many-requests, and what `create` throws. */
  run<Found extends object>(job: Job<Found>): Promise<string>
  /** Ends it when it runs in this process. Whoever asks writes that down first, for other processes. */
  end(id: string): void
}

export function createJobs(log: Pick<Log, 'error'> | undefined): JobRunner {
  const ends = new Map<string, AbortController>()
  const inTurn = fairTurns(AT_ONCE)
  return {
    async run(job) {
      if (ends.size >= AT_ONCE + MOST_WAITING)
        throw new Problem(
          'too-many-requests',
          `Too much is being computed: ${AT_ONCE} jobs at once, and ${MOST_WAITING} wait. Try again shortly.`,
          { extra: { retryAfterSeconds: 10 } },
        )
      const id = randomUUID()
      const end = new AbortController()
      ends.set(id, end)
      try {
        await job.create(id)
      } catch (error) {
        ends.delete(id)
        throw error
      }
      const until = sayings(job, id, end)
      inTurn(job.by, end.signal, until)
        .catch((err) => log?.error({ err, job: id }, 'a job failed, or could not be kept'))
        .finally(() => ends.delete(id))
      return id
    },
    end: (id) => ends.get(id)?.abort(),
  }
}

/** Writes down what a job does, from now on, and ends it when somebody asked for that in another process. */
function sayings<Found extends object>(
  job: Job<Found>,
  id: string,
  end: AbortController,
): () => Promise<void> {
  const news: JobNews<Found> = {
    state: 'waiting',
    progress: 0,
    stage: '',
    revision: 0,
    found: undefined,
    problem: undefined,
  }
  let saying = Promise.resolve()
  let lost: unknown
  const say = () => {
    const told = { ...news }
    news.found = undefined
    saying = saying
      .then(async () => {
        if (await job.save(id, told)) end.abort()
      })
      .catch((error) => {
        lost = error
        end.abort()
      })
  }
  const timer = setInterval(say, SAY_MS)
  timer.unref()

  const close = async (state: JobState, problem?: JobNews<Found>['problem']) => {
    clearInterval(timer)
    Object.assign(news, { state, problem })
    say()
    await saying
    if (lost) throw lost
  }
  const better = (found: Found) => {
    news.found = found
    news.revision++
  }
  const said: Saying<Found> = {
    progress(share, stage) {
      news.progress = share
      if (stage !== undefined) news.stage = stage
    },
    better,
  }

  /** Throws what nobody expected, once it is written down. */
  async function finish(working: Promise<Found | undefined>): Promise<void> {
    try {
      const found = await working
      if (found) better(found)
      if (!end.signal.aborted) news.progress = 1
    } catch (error) {
      if (end.signal.aborted && !(error instanceof Problem)) return close('cancelled')
      if (!(error instanceof Problem)) {
        await close('failed', UNEXPECTED)
        throw error
      }
      return close('failed', { code: error.code, detail: error.message })
    }
    await close(end.signal.aborted ? 'cancelled' : 'done')
  }

  return async () => {
    if (end.signal.aborted) return close('cancelled')
    news.state = 'running'
    say()
    const working = job.work(id, end.signal, said)
    if (job.keepsBest) return finish(working)
    const isCancelled = await Promise.race([isAborted(end.signal), over(working)])
    if (!isCancelled) return finish(working)
    await close('cancelled')
    await over(working)
  }
}

const UNEXPECTED = {
  code: 'internal',
  detail:
    'The computation met an error that it did not expect, and ended. Others go on; an administrator finds it in the log.',
}

const over = (working: Promise<unknown>): Promise<false> =>
  working.then(
    () => false as const,
    () => false as const,
  )

const isAborted = (signal: AbortSignal) =>
  new Promise<true>((resolve) => {
    if (signal.aborted) resolve(true)
    else signal.addEventListener('abort', () => resolve(true), { once: true })
  })
