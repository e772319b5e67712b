import { inWorker, type Stop } from '../platform/in-worker.ts'
import type { AnalysisContext } from './analysis-kind.ts'

/** What a worker of an analysis is given: its question. */
export type ToCompute<Question extends object> = Question & Stop
export interface ComputeNews {
  share: number
  stage: string
}

/**
 * A pure computation in a thread of its own, which is ended at once when the analysis is cancelled. `module`: calls
 * answerInWorker. `transfer`: buffers of typed arrays that are given away instead of copied.
 */
export const computeInWorker = <Question extends object, Answer>(
  module: URL,
  question: Question,
  { signal, progress }: Pick<AnalysisContext, 'signal' | 'progress'>,
  transfer: ArrayBuffer[] = [],
): Promise<Answer> =>
  inWorker<ComputeNews, Answer>(
    module,
    question,
    signal,
    ({ share, stage }) => progress(share, stage),
    transfer,
    { endsAtOnce: true, tooMuch: 'Ask about a smaller area.' },
  )
