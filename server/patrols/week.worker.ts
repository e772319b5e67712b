import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { solveWeek } from '../../geodata/patrols/solve-week.ts'
import type { SolvedWeek } from '../../geodata/patrols/walk-days.ts'
import type { FromWorker } from '../platform/in-worker.ts'
import type { ToWeekSolver, WeekNews } from './solve-week-in-worker.ts'

const port = parentPort as MessagePort
const send = (message: FromWorker<WeekNews, SolvedWeek>) => port.postMessage(message)
const { question, metres, stop } = workerData as ToWeekSolver

const TELL_MS = 250
const began = performance.now()
const whole = question.week.seconds * 1000
let told = began

try {
  const answer = solveWeek(question, metres, {
    isOver(share) {
      const now = performance.now()
      if (now - told >= TELL_MS) {
        told = now
        send({ news: { progress: Math.min(1, (now - began) / whole) } })
      }
      return Atomics.load(stop, 0) !== 0 || now > began + whole * share
    },
    onBetter: (better) => send({ news: { better } }),
  })
  send({ answer })
} catch (error) {
  send({ failure: String((error as Error)?.stack ?? error) })
} finally {
  port.close()
}
