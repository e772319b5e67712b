import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { FromWorker } from '../platform/in-worker.ts'
import type { ComputeNews } from './compute-in-worker.ts'

const TELL_MS = 200

/**
 * The whole of a worker's module: answers the question that computeInWorker asked. `transferOf`: the buffers of an answer,
 * to be given away instead of copied.
 */
export async function answerInWorker<Question, Answer>(
  compute: (question: Question, progress: (share: number, stage: string) => void) => Answer | Promise<Answer>,
  transferOf: (answer: Answer) => ArrayBuffer[] = () => [],
): Promise<void> {
  const port = parentPort as MessagePort
  const send = (message: FromWorker<ComputeNews, Answer>, transfer: ArrayBuffer[] = []) =>
    port.postMessage(message, transfer)
  let told = Number.NEGATIVE_INFINITY
  let current = ''
  try {
    const answer = await compute(workerData as Question, (share, stage) => {
      const now = performance.now()
      if (stage === current && now - told < TELL_MS) return
      told = now
      current = stage
      send({ news: { share, stage } })
    })
    send({ answer }, transferOf(answer))
  } catch (error) {
    send({ failure: String((error as Error)?.stack ?? error) })
  } finally {
    port.close()
  }
}
