import { performance } from 'node:perf_hooks'
import { type StreetSiting, siteOnStreets } from '../../geodata/siting/site-on-streets.ts'
import { answerInWorker } from '../coverage/answer-in-worker.ts'
import type { ToCompute } from '../coverage/compute-in-worker.ts'
import { openSolver } from '../platform/open-solver.ts'

await answerInWorker(async (question: ToCompute<StreetSiting>, progress) =>
  siteOnStreets(question, {
    solve: await openSolver(),
    clock: () => performance.now() / 1000,
    isStopped: () => Atomics.load(question.stop, 0) !== 0,
    progress: (share) => progress(share, share < 0.3 ? 'walking' : 'choosing'),
  }),
)
