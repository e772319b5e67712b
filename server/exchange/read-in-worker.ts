import { Worker } from 'node:worker_threads'
import type { NetworkFigures } from '../../geodata/exchange/measure-network.ts'
import type { ReadNotes } from '../../geodata/exchange/read-notes.ts'
import type { IncomingFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem, type ProblemCode } from '../../geodata/shared/problem.ts'
import type { Progress } from '../platform/database.ts'

export interface ReadRequest {
  path: string
  /** For GeoJSON; OSM data finds its layers itself. */
  layer: LayerId | undefined
  /** Prefix of the source ids made from GeoJSON ids. */
  source: string
}

export interface FileSummary extends Pick<ReadNotes, 'skipped' | 'altered' | 'notes' | 'unknownProperties'> {
  kind: 'osm' | 'geojson'
  read: Record<string, number>
  network?: NetworkFigures
  wayIds?: Float64Array
  /** What a GeoJSON file says of its own rights, and whether it is invented. */
  told: { attribution?: string; licence?: string; demo?: boolean }
}

export interface FileChunk {
  layer: LayerId
  features: IncomingFeature[]
}

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

/** Above this the file is refused instead of taking the server with it. */
const HEAP_MEGABYTES = 2048

/**
 * Reads a file in a thread of its own, so that the server answers meanwhile, and yields its features layer by layer in
 * chunks; the thread waits while a chunk is stored. Returns the summary. Ends the thread when the caller stops.
 */
export async function* readInWorker(
  request: ReadRequest,
  progress: Progress,
  signal?: AbortSignal,
): AsyncGenerator<FileChunk, FileSummary> {
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
