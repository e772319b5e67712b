import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import type { FromWorker } from '../platform/in-worker.ts'
import type { Measured, ToMeasure } from './measure-in-worker.ts'
import { wayMetres } from './way-metres.ts'

const port = parentPort as MessagePort
const { graph, stop, ...question } = workerData as ToMeasure
const send = (message: FromWorker<never, Measured>, transfer: ArrayBuffer[] = []) =>
  port.postMessage(message, transfer)

try {
  const metres = run()
  send({ answer: metres }, metres ? [metres.buffer as ArrayBuffer] : [])
} catch (error) {
  send({ failure: String((error as Error)?.stack ?? error) })
} finally {
  port.close()
}

function run(): Measured {
  const steps = wayMetres(graph, question)
  while (Atomics.load(stop, 0) === 0) {
    const { value, done } = steps.next()
    if (done) return value
  }
  return undefined
}
