import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { walkStreets } from '../../geodata/routing/walk-streets.ts'
import type { FromWorker } from '../platform/in-worker.ts'
import type { ToWalker, WalkerAnswer } from './solve-in-worker.ts'

const port = parentPort as MessagePort
const send = (message: FromWorker<never, WalkerAnswer>) => port.postMessage(message)
const { problem, seed, seconds, stop } = workerData as ToWalker
const began = performance.now()

try {
  const walks = walkStreets(problem, {
    seed,
    isOver: () => Atomics.load(stop, 0) !== 0 || performance.now() - began > seconds * 1000,
  })
  send({ answer: { walks, seconds: (performance.now() - began) / 1000 } })
} catch (error) {
  send({ failure: String((error as Error)?.stack ?? error) })
} finally {
  port.close()
}
