import type { RoundsQuestion } from '../../geodata/patrols/pose-rounds.ts'
import type { SolvedRounds } from '../../geodata/patrols/solve-rounds.ts'
import type { StreetsProblem, StreetWalks } from '../../geodata/routing/streets-problem.ts'
import { inWorker, type Stop } from '../platform/in-worker.ts'

export interface ToSolver extends Stop {
  question: RoundsQuestion
  metres: Float64Array
}
export type SolverNews = { progress: number } | { better: SolvedRounds }
export interface SolverAnswer {
  solved: SolvedRounds
  seconds: number
}

/** Rounds for a question; `metres` is given away. See inWorker. */
export const solveInWorker = (
  question: RoundsQuestion,
  metres: Float64Array,
  signal: AbortSignal,
  tell: { progress(share: number): void; better(proposal: SolvedRounds): void },
): Promise<SolverAnswer> =>
  inWorker<SolverNews, SolverAnswer>(
    new URL('./solve.worker.ts', import.meta.url),
    { question, metres },
    signal,
    (news) => ('progress' in news ? tell.progress(news.progress) : tell.better(news.better)),
    [metres.buffer as ArrayBuffer],
  )

export interface ToWalker extends Stop {
  problem: StreetsProblem
  seed: number
  seconds: number
}
export interface WalkerAnswer {
  walks: StreetWalks
  seconds: number
}

/** Walks over every street. See inWorker. */
export const walkInWorker = (
  problem: StreetsProblem,
  settings: { seed: number; seconds: number },
  signal: AbortSignal,
): Promise<WalkerAnswer> =>
  inWorker<never, WalkerAnswer>(
    new URL('./walk-streets.worker.ts', import.meta.url),
    { problem, ...settings },
    signal,
    () => {},
  )
