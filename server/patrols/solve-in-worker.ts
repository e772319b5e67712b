import { Worker } from 'node:worker_threads'
import type { RoundsQuestion } from '../../geodata/patrols/pose-rounds.ts'
import type { SolvedRounds } from '../../geodata/patrols/solve-rounds.ts'
import { Problem } from '../../geodata/shared/problem.ts'

export interface ToSolver {
  question: RoundsQuestion
  metres: Float64Array
  /** Not 0: stop, and tell the best. */
  stop: Int32Array
}
export type FromSolver =
  | { progress: number }
  | { better: SolvedRounds }
  | { solved: SolvedRounds; seconds: number }
  | { failure: string }

/** Node 20 does not apply `--import tsx` inside a thread, so the thread registers it itself. */
const START = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(require('node:worker_threads').workerData.module)
})`
const HEAP_MEGABYTES = 1024
/** A solver that was told to stop and does not is ended. */
const STOP_MS = 10_000

/**
 * Solves in a thread of its own, so that the server answers meanwhile. When the signal is aborted, or the time of the settings
 * is over, it is told to stop and the best so far is the answer. Throws too-large when it takes too much memory.
 */
export async function solveInWorker(
  question: RoundsQuestion,
  metres: Float64Array,
  signal: AbortSignal,
  tell: { progress(share: number): void; better(proposal: SolvedRounds): void },
): Promise<{ solved: SolvedRounds; seconds: number }> {
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const message: ToSolver = { question, metres, stop }
  const worker = new Worker(START, {
    eval: true,
    workerData: { ...message, module: new URL('./solve.worker.ts', import.meta.url).href },
    transferList: [metres.buffer as ArrayBuffer],
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  })
  let impatience: NodeJS.Timeout | undefined
  const onAbort = () => {
    Atomics.store(stop, 0, 1)
    impatience = setTimeout(() => void worker.terminate(), STOP_MS)
  }
  try {
    return await new Promise((resolve, reject) => {
      worker.on('message', (news: FromSolver) => {
        if ('progress' in news) tell.progress(news.progress)
        else if ('better' in news) tell.better(news.better)
        else if ('solved' in news) resolve(news)
        else reject(new Error(`The solver failed: ${news.failure}`))
      })
      worker.on('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : error),
      )
      worker.on('exit', () => reject(new Error('The solver ended without a result.')))
      signal.addEventListener('abort', onAbort, { once: true })
      if (signal.aborted) onAbort()
    })
  } finally {
    clearTimeout(impatience)
    signal.removeEventListener('abort', onAbort)
    await worker.terminate()
  }
}

const tooMuch = () =>
  new Problem(
    'too-large',
    `Planning this takes more than ${HEAP_MEGABYTES} MB of memory. Plan a smaller area, or fewer teams at once.`,
  )
