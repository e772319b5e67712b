import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from 'hono'
import { isOver, type JobState } from '../../geodata/patrols/generation.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AppEnv } from '../access/app-env.ts'

const LOOK_MS = 400
const HEARTBEAT_MS = 15_000

/** Whatever is computed. */
interface AnyJob {
  state: JobState
  revision: number
  progress: number
  /** What it does now. */
  stage?: string
}

/** Of most of it, `progress` tells nothing: these are left out. */
const HEAVY = ['proposal', 'params']

/**
 * A job as Server-Sent Events until it is over: `job` with the whole of it when its state or its find changed, `progress`
 * without what is heavy otherwise. `read` looks it up, with or without what was found; throws at once when whoever asks may
 * not see it.
 */
export async function jobEvents(
  context: Context<AppEnv>,
  read: (whole: boolean) => Promise<AnyJob>,
): Promise<Response> {
  await read(false)
  const stream = jobStream(async (whole) => {
    if ((await context.var.isStillGood?.()) === false)
      throw new Problem('not-signed-in', 'Your session is over.')
    return read(whole)
  }, context.req.raw.signal)
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  })
}

function jobStream(
  read: (whole: boolean) => Promise<AnyJob>,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let shown: AnyJob | undefined
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
    const hasMoved = shown?.progress !== job.progress || shown.stage !== job.stage
    if (!isNew && !hasMoved) return Date.now() - lastSent > HEARTBEAT_MS ? ': still here\n\n' : undefined
    shown = job
    if (!isNew) return message('progress', job, (name) => !HEAVY.includes(name))
    const whole = await read(true)
    shown = whole
    return message('job', whole)
  }
}

function message(kind: string, job: AnyJob, isTold: (name: string) => boolean = () => true): string {
  const told = Object.fromEntries(Object.entries(job).filter(([name]) => isTold(name)))
  return `event: ${kind}\ndata: ${JSON.stringify(told)}\n\n`
}
