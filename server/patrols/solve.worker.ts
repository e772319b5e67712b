import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { solveRounds } from '../../geodata/patrols/solve-rounds.ts'
import type { FromSolver, ToSolver } from './solve-in-worker.ts'

const port = parentPort as MessagePort
const send = (message: FromSolver) => port.postMessage(message)
const { question, metres, stop } = workerData as ToSolver

const TELL_MS = 250
const began = performance.now()
const ends = began + question.settings.seconds * 1000
const isStopped = () => Atomics.load(stop, 0) !== 0
let toldProgress = began
let toldBetter = Number.NEGATIVE_INFINITY

try {
  // Without seconds and steps the first plan that holds is the answer, however long that takes.
  const solved = solveRounds(question, metres, {
    isOver: () => isStopped() || performance.now() > ends,
    onProgress(share) {
      if (performance.now() - toldProgress < TELL_MS) return
      toldProgress = performance.now()
      send({ progress: share })
    },
    onBetter(proposal) {
      if (performance.now() - toldBetter < TELL_MS) return
      toldBetter = performance.now()
      send({ better: proposal })
    },
  })
  send({ solved, seconds: (performance.now() - began) / 1000 })
} catch (error) {
  send({ failure: String((error as Error)?.stack ?? error) })
} finally {
  port.close()
}
