import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { Problem } from '../../geodata/shared/problem.ts'
import { type ReadRequest, readFile } from './read-file.ts'
import type { FromWorker } from './read-in-worker.ts'

const port = parentPort as MessagePort
const send = (message: FromWorker) => port.postMessage(message)
/** Asked for when the importer has stored a chunk, so that a large file is not held in memory as messages. */
const asked = () => new Promise<void>((resolve) => port.once('message', () => resolve()))

try {
  const reading = readFile(workerData as ReadRequest, (progress) => send({ progress }))
  for (;;) {
    const { value, done } = await reading.next()
    if (done) {
      send({ summary: value })
      break
    }
    send(value)
    await asked()
  }
} catch (error) {
  if (error instanceof Problem) send({ problem: { code: error.code, detail: error.message } })
  else send({ failure: String((error as Error)?.stack ?? error) })
} finally {
  port.close()
}
