import { PHOTO_BYTES_MAX, PHOTO_TYPES } from '../../geodata/notes/note.schema.ts'
import type { PhotoUpload, Subject } from '../api/notes.ts'
import { ApiError } from '../api/request.ts'

export interface Upload extends PhotoUpload {
  id: number
  /** `refused`: sending it again would be refused again. */
  state: 'waiting' | 'sending' | 'failed' | 'refused'
  /** 0–1 of the bytes; at 1 the server is still decoding. */
  share: number
  /** Key of a text of ours, or what the server answered. */
  why: { key: string } | { error: ApiError } | undefined
}

type Send = (
  upload: PhotoUpload,
  onProgress: (share: number) => void,
  signal: AbortSignal,
) => Promise<unknown>

const AT_ONCE = 2

/** What can be said of a file before it is sent. */
export function refuseFile(file: Pick<File, 'name' | 'type' | 'size'>): string | undefined {
  if (/^image\/(hei[cf]|avif)/i.test(file.type) || /\.(heic|heif|avif)$/i.test(file.name)) return 'notes.heic'
  // Some systems name no type; then the server looks at the content.
  if (file.type !== '' && !(PHOTO_TYPES as readonly string[]).includes(file.type)) return 'notes.notPhoto'
  if (file.size === 0) return 'notes.emptyFile'
  if (file.size > PHOTO_BYTES_MAX) return 'notes.tooLarge'
  return undefined
}

/**
 * Photos on their way to the server. They go on while the user looks at something else; whoever shows them subscribes.
 * `onDone` hears of each that arrived.
 */
export function createUploads(send: Send, onDone: (upload: Upload) => void) {
  const listeners = new Set<() => void>()
  const stops = new Map<number, AbortController>()
  let all: readonly Upload[] = []
  let lastId = 0

  function set(next: readonly Upload[]) {
    all = next
    for (const listener of listeners) listener()
  }
  const change = (id: number, part: Partial<Upload>) =>
    set(all.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)))
  const drop = (id: number) => set(all.filter((upload) => upload.id !== id))

  function next() {
    if (stops.size >= AT_ONCE) return
    const upload = all.find(({ state }) => state === 'waiting')
    if (!upload) return
    void run(upload)
    next()
  }

  async function run(upload: Upload) {
    const { id } = upload
    const stop = new AbortController()
    stops.set(id, stop)
    change(id, { state: 'sending', share: 0, why: undefined })
    try {
      await send(upload, (share) => change(id, { share }), stop.signal)
      drop(id)
      onDone(upload)
    } catch (error) {
      if (!stop.signal.aborted) change(id, failureOf(error))
    } finally {
      stops.delete(id)
      next()
    }
  }

  return {
    /** Takes files for a feature, or a note on it; those that cannot be photos are shown as refused. */
    add(subject: Subject, note: number | undefined, files: readonly File[]) {
      const added = files.map((file): Upload => {
        lastId += 1
        const key = refuseFile(file)
        return {
          id: lastId,
          subject,
          note,
          file,
          state: key ? 'refused' : 'waiting',
          share: 0,
          why: key ? { key } : undefined,
        }
      })
      set([...all, ...added])
      next()
    },
    /** Stops one that is being sent and forgets it. */
    cancel(id: number) {
      drop(id)
      stops.get(id)?.abort()
    },
    retry(id: number) {
      change(id, { state: 'waiting', why: undefined })
      next()
    },
    /** The same array until something changed. */
    list: () => all,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

function failureOf(error: unknown): Pick<Upload, 'state' | 'why'> {
  if (error instanceof ApiError && error.status > 0) {
    const again = error.status >= 500 || error.status === 429
    return { state: again ? 'failed' : 'refused', why: { error } }
  }
  return { state: 'failed', why: { key: 'notes.unreachable' } }
}
