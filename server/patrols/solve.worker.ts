import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { solveRounds } from '../../geodata/patrols/solve-rounds.ts'
import type { FromWorker } from '../platform/in-worker.ts'
import type { SolverAnswer, SolverNews, ToSolver } from './solve-in-worker.ts'

const port = parentPort as MessagePort
const send = (message: FromWorker<SolverNews, SolverAnswer>) => port.postMessage(message)
const { question, metres, stop } = workerData as ToSolver

const TELL_MS = 250
const began = performance.now()
const ends = began + question.settings.seconds * 1000
let toldProgress = began
let toldBetter = Number.NEGATIVE_INFINITY

try {
  const solved = solveRounds(question, metres, {
    isOver: () => Atomics.load(stop, 0) !== 0 || performance.now() > ends,
    onProgress(share) {
      if (performance.now() - toldProgress < TELL_MS) return
      toldProgress = performance.now()
      send({ news: { progress: share } })
    },
    onBetter(better) {
      if (performance.now() - toldBetter < TELL_MS) return
      toldBetter = performance.now()
      send({ news: { better } })
    },
  })
  send({ answer: { solved, seconds: (performance.now() - began) / 1000 } })
} catch (error) {
  send({ failure: String((error as Error)?.stack ?? error) })
} finally {
  port.close()
}
