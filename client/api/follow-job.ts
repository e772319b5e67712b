import { isOver, type Job, type JobState } from '../../geodata/patrols/generation.schema.ts'
import { getJob, PATROLS } from './patrols.ts'
import { ApiError } from './request.ts'

/** What a search tells as it goes on; `proposal` only when it is another. */
export type JobNews = Omit<Job, 'proposal'> & Partial<Pick<Job, 'proposal'>>

/** Without a stream it is asked so often, and so many failures in a row are borne. */
const POLL_MS = 1500
const MOST_FAILURES = 8

export const followJob = (id: string, tell: (news: JobNews) => void, signal: AbortSignal): Promise<Job> =>
  followStream<Job, JobNews>(`${PATROLS}/jobs/${id}/events`, (signal) => getJob(id, signal), tell, signal)

/**
 * Tells how a job goes on until it is over, and answers with the whole of it: by the server's stream of `events`, or by asking
 * again and again where the stream breaks. Throws the reason of the signal, or ApiError.
 */
export function followStream<Whole extends News & { state: JobState }, News>(
  events: string,
  read: (signal: AbortSignal) => Promise<Whole>,
  tell: (news: News) => void,
  signal: AbortSignal,
): Promise<Whole> {
  return new Promise((resolve, reject) => {
    const source = new EventSource(events)
    const stop = () => {
      source.close()
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    source.addEventListener('job', ({ data }: MessageEvent<string>) => {
      const job: Whole = JSON.parse(data)
      tell(job)
      if (!isOver(job.state)) return
      source.close()
      signal.removeEventListener('abort', stop)
      resolve(job)
    })
    source.addEventListener('progress', ({ data }: MessageEvent<string>) => tell(JSON.parse(data)))
    source.onerror = () => {
      source.close()
      signal.removeEventListener('abort', stop)
      resolve(askAgain(read, tell, signal))
    }
  })
}

async function askAgain<Whole extends News & { state: JobState }, News>(
  read: (signal: AbortSignal) => Promise<Whole>,
  tell: (news: News) => void,
  signal: AbortSignal,
): Promise<Whole> {
  for (let failures = 0; ; ) {
    try {
      const job = await read(signal)
      failures = 0
      tell(job)
      if (isOver(job.state)) return job
    } catch (error) {
      signal.throwIfAborted()
      const isRefused = error instanceof ApiError && error.status < 500
      if (isRefused || ++failures > MOST_FAILURES) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    signal.throwIfAborted()
  }
}
