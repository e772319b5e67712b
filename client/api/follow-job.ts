import { isOver, type Job } from '../../geodata/patrols/generation.schema.ts'
import { getJob, PATROLS } from './patrols.ts'
import { ApiError } from './request.ts'

/** What a search tells as it goes on; `proposal` only when it is another. */
export type JobNews = Omit<Job, 'proposal'> & Partial<Pick<Job, 'proposal'>>

/** Without a stream it is asked so often, and so many failures in a row are borne. */
const POLL_MS = 1500
const MOST_FAILURES = 8

/**
 * Tells how a search goes on until it is over, and answers with the whole of it: by the server's stream, or by asking again and
 * again where the stream breaks. Throws the reason of the signal, or ApiError.
 */
export function followJob(id: string, tell: (news: JobNews) => void, signal: AbortSignal): Promise<Job> {
  return new Promise((resolve, reject) => {
    const source = new EventSource(`${PATROLS}/jobs/${id}/events`)
    const stop = () => {
      source.close()
      reject(signal.reason)
    }
    signal.addEventListener('abort', stop, { once: true })
    source.addEventListener('job', ({ data }: MessageEvent<string>) => {
      const job: Job = JSON.parse(data)
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
      resolve(askAgain(id, tell, signal))
    }
  })
}

async function askAgain(id: string, tell: (news: JobNews) => void, signal: AbortSignal): Promise<Job> {
  for (let failures = 0; ; ) {
    try {
      const job = await getJob(id, signal)
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
