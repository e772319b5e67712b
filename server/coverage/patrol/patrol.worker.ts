import { type PatrolAnswer, patrolCoverage } from '../../../geodata/coverage/patrol/patrol-coverage.ts'
import type { PatrolQuestion } from '../../../geodata/coverage/patrol/patrol-question.ts'
import { answerInWorker } from '../answer-in-worker.ts'

await answerInWorker<PatrolQuestion, PatrolAnswer>((question, progress) => {
  const steps = patrolCoverage(question)
  for (;;) {
    const { value, done } = steps.next()
    if (done) return value
    progress(0.35 + 0.6 * value, 'figures')
  }
})
