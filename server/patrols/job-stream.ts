import { setTimeout as wait } from 'node:timers/promises'
import { isOver, type Job } from '../../geodata/patrols/generation.schema.ts'

const LOOK_MS = 400
const HEARTBEAT_MS = 15_000

/** Whatever is searched for. */
export type AnyJob = Pick<Job, 'state' | 'revision' | 'progress'> & { proposal: object | null }

/**
 * A job as Server-Sent Events until it is over: `job` with the whole of it when its state or proposal changed, `progress`
 * without the proposal otherwise. `read` looks it up, and throws when the reader may not see it any more.
 */
export function jobStream(
  read: (withProposal: boolean) => Promise<AnyJob>,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let shown: Omit<AnyJob, 'proposal'> | undefined
  let lastSent = 0
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        for (;;) {
          if (signal.aborted || (shown && isOver(shown.state))) return controller.close()
          if (shown) await wait(LOOK_MS, undefined, { signal, ref: false })
          const text = await news()
          if (!text) continue
          lastSent = Date.now()
          return controller.enqueue(encoder.encode(text))
        }
      } catch {
        // The reader went away, or may not see it any more.
        controller.close()
      }
    },
  })

  async function news(): Promise<string | undefined> {
    const job = await read(false)
    const isNew = shown?.state !== job.state || shown.revision !== job.revision
    const hasMoved = shown?.progress !== job.progress
    if (!isNew && !hasMoved) return Date.now() - lastSent > HEARTBEAT_MS ? ': still here\n\n' : undefined
    shown = job
    if (!isNew) return message('progress', job)
    const whole = await read(true)
    shown = whole
    return message('job', whole)
  }
}

const message = (kind: string, job: AnyJob): string => {
  const { proposal, ...rest } = job
  return `event: ${kind}\ndata: ${JSON.stringify(kind === 'job' ? job : rest)}\n\n`
}
