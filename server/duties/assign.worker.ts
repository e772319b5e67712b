import { type AssignQuestion, assignDuties } from '../../geodata/duties/assign-duties.ts'
import { answerInWorker } from '../coverage/answer-in-worker.ts'
import { openSolver } from '../platform/open-solver.ts'

/** For all that is asked for: as many as can be, even, near. Each round takes so long at most. */
const SECONDS = 15

await answerInWorker(async ({ question }: { question: AssignQuestion }) =>
  assignDuties(question, await openSolver(), { seconds: SECONDS }),
)
