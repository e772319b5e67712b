import type { Progress } from '../platform/database.ts'

/** Writes each step on a line of its own with the seconds since the process began, so that a log without a terminal reads well. */
export function startProgress(stream: { write(text: string): unknown } = process.stderr): Progress {
  return (message) => {
    const seconds = (performance.now() / 1000).toFixed(1)
    stream.write(`[${seconds.padStart(6)} s] ${message}\n`)
  }
}
