import { open } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { Problem, type ProblemCode } from '../../geodata/shared/problem.ts'
import type { Progress } from '../platform/database.ts'
import {
  type FileChunk,
  type FileReading,
  type FileSummary,
  type ReadRequest,
  readFile,
} from './read-file.ts'

export type FromWorker =
  | FileChunk
  | { progress: string }
  | { summary: FileSummary }
  | { problem: { code: ProblemCode; detail: string } }
  | { failure: string }

/** Node 20 does not apply `--import tsx` inside a thread, so the thread registers it itself. */
const START = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(require('node:worker_threads').workerData.module)
})`

const SMALL_BYTES = 256 * 1024

/** Starting a thread takes longer than reading a small text; compressed data may be large inside. */
export async function* readOutOfTheWay(
  request: ReadRequest,
  progress: Progress,
  signal?: AbortSignal,
): FileReading {
  return yield* (await isSmallText(request.path))
    ? readFile(request, progress)
    : readInWorker(request, progress, signal)
}

async function isSmallText(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(1), position: 0 })
    return (
      bytesRead === 0 || ((await file.stat()).size < SMALL_BYTES && buffer[0] !== 0x1f && buffer[0] !== 0)
    )
  } finally {
    await file.close()
  }
}

/** Above this the file is refused instead of taking the server with it. */
const HEAP_MEGABYTES = 2048

/**
 * Reads a file in a thread of its own, so that the server answers meanwhile, and yields its features layer by layer in
 * chunks; the thread waits while a chunk is stored. Returns the summary. Ends the thread when the caller stops.
 */
async function* readInWorker(request: ReadRequest, progress: Progress, signal?: AbortSignal): FileReading {
  const worker = new Worker(START, {
    eval: true,
    workerData: { ...request, module: new URL('./read-file.worker.ts', import.meta.url).href },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  })
  const inbox: FromWorker[] = []
  let failed: unknown
  let ended = false
  let wake = () => {}
  worker.on('message', (message: FromWorker) => {
    if ('progress' in message) progress(message.progress)
    else inbox.push(message)
    wake()
  })
  worker.on('error', (error: NodeJS.ErrnoException) => {
    failed = error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch() : error
    wake()
  })
  worker.on('exit', () => {
    ended = true
    wake()
  })
  const stop = () => {
    failed = new Problem('bad-request', 'The import was stopped. Nothing was changed.')
    wake()
  }
  signal?.addEventListener('abort', stop)
  try {
    for (;;) {
      if (signal?.aborted) stop()
      if (failed) throw failed
      const message = inbox.shift()
      if (!message) {
        if (ended) throw new Error('The reader ended without a result.')
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      if ('problem' in message) throw new Problem(message.problem.code, message.problem.detail)
      if ('failure' in message) throw new Error(`The reader failed: ${message.failure}`)
      if ('summary' in message) return message.summary
      if ('progress' in message) continue
      yield message
      worker.postMessage('next')
    }
  } finally {
    signal?.removeEventListener('abort', stop)
    await worker.terminate()
  }
}

const tooMuch = () =>
  new Problem(
    'too-large',
    `Reading the file takes more than ${HEAP_MEGABYTES} MB of memory. Cut it into smaller extracts.`,
  )
