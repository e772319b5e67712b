import type { WeekQuestion } from '../../geodata/patrols/solve-week.ts'
import type { SolvedWeek } from '../../geodata/patrols/walk-days.ts'
import { inWorker, type Stop } from '../platform/in-worker.ts'

export interface ToWeekSolver extends Stop {
  question: WeekQuestion
  metres: Float64Array
}
export type WeekNews = { progress: number } | { better: SolvedWeek }

/** The days of a week; `metres` is given away. See inWorker. */
export const solveWeekInWorker = (
  question: WeekQuestion,
  metres: Float64Array,
  signal: AbortSignal,
  tell: { progress(share: number): void; better(week: SolvedWeek): void },
): Promise<SolvedWeek> =>
  inWorker<WeekNews, SolvedWeek>(
    new URL('./week.worker.ts', import.meta.url),
    { question, metres },
    signal,
    (news) => ('progress' in news ? tell.progress(news.progress) : tell.better(news.better)),
    [metres.buffer as ArrayBuffer],
  )
