import { Worker } from 'node:worker_threads'
import { Problem } from '../../geodata/shared/problem.ts'

/** What every solver is given beside its question. */
export interface Stop {
  /** Not 0: stop, and tell the best. */
  stop: Int32Array
}
export type FromWorker<News, Answer> = { news: News } | { answer: Answer } | { failure: string }

/**
 * On Linux each thread has a priority of its own: whoever waits for a tile comes before a search. Node 20 does not apply
 * `--import tsx` inside a thread, so the thread registers it itself.
 */
const START = `
try {
  const thread = require('node:fs').readlinkSync('/proc/thread-self').split('/').pop()
  require('node:os').setPriority(Number(thread), 10)
} catch {}
import('tsx/esm/api').then(({ register }) => {
  register()
  return import(require('node:worker_threads').workerData.module)
})`
const HEAP_MEGABYTES = 1024
/** A solver that was told to stop and does not is ended. */
const STOP_MS = 10_000

export interface WorkerOptions {
  /** Nobody wants the best so far: the thread is ended when the signal is aborted, and the signal's reason thrown. */
  endsAtOnce?: boolean
  /** What to do when it takes too much memory, as a sentence. */
  tooMuch?: string
}

/**
 * Solves in a thread of its own, so that the server answers meanwhile. `module`: of the worker. When the signal is aborted it
 * is told to stop, and the best so far is the answer. Throws too-large when it takes too much memory.
 */
export async function inWorker<News, Answer>(
  module: URL,
  question: object,
  signal: AbortSignal,
  tell: (news: News) => void,
  transfer: ArrayBuffer[] = [],
  { endsAtOnce = false, tooMuch = 'Plan a smaller area, or fewer teams at once.' }: WorkerOptions = {},
): Promise<Answer> {
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(START, {
    eval: true,
    workerData: { ...question, stop, module: module.href },
    transferList: transfer,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  })
  let impatience: NodeJS.Timeout | undefined
  const onAbort = () => {
    Atomics.store(stop, 0, 1)
    if (endsAtOnce) return void worker.terminate()
    impatience = setTimeout(() => void worker.terminate(), STOP_MS)
  }
  try {
    return await new Promise((resolve, reject) => {
      worker.on('message', (message: FromWorker<News, Answer>) => {
        if ('news' in message) tell(message.news)
        else if ('answer' in message) resolve(message.answer)
        else reject(new Error(`The solver failed: ${message.failure}`))
      })
      worker.on('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge(tooMuch) : error),
      )
      worker.on('exit', () =>
        reject(
          endsAtOnce && signal.aborted ? signal.reason : new Error('The solver ended without a result.'),
        ),
      )
      signal.addEventListener('abort', onAbort, { once: true })
      if (signal.aborted) onAbort()
    })
  } finally {
    clearTimeout(impatience)
    signal.removeEventListener('abort', onAbort)
    await worker.terminate()
  }
}

const tooLarge = (advice: string) =>
  new Problem('too-large', `This takes more than ${HEAP_MEGABYTES} MB of memory. ${advice}`)
