import { type AssignQuestion, assignDuties } from '../../geodata/duties/assign-duties.ts'
import { answerInWorker } from '../coverage/answer-in-worker.ts'
import { openSolver } from '../platform/open-solver.ts'

/** For each of the three things that are asked for, one after the other. */
const SECONDS = 45

await answerInWorker(async ({ question }: { question: AssignQuestion }) =>
  assignDuties(question, await openSolver(), { seconds: SECONDS }),
)
