import type { SyncAnswer, WalkEntryInput } from '../../geodata/walks/walk.schema.ts'
import { ApiError } from '../api/request.ts'
import type { TakenTrack } from '../api/walks.ts'
import type { EntryStore } from './kept.ts'

/** `open`: more may be added. `photo`: the server has the report, not yet its photo. */
export type WaitingState = 'open' | 'waiting' | 'photo' | 'refused'

/** A track that another device recorded. Its file is sent by itself; the server has each position once. */
export interface TrackFile {
  id: string
  at: string
  planId: number
  roundId: string
  kind: 'gpx'
  /** Of the file. */
  name: string
}

/** What was done on the phone and the server does not have yet. */
export interface Waiting {
  /** Of the entry: made here, so that what is sent twice is there once. */
  id: string
  /** In the order in which it was done. */
  order: number
  entry: WalkEntryInput | TrackFile
  photo?: Blob
  track?: Blob
  state: WaitingState
  /** The server has the entry; only the photo is left. */
  isTaken?: boolean
  problem?: { code: string; detail: string }
}

export interface QueueState {
  items: readonly Waiting[]
  isSending: boolean
  /** Why the last try failed; the next is on its way. */
  error: Error | undefined
  /** What became of the last track that was sent. */
  taken?: TakenTrack & { roundId: string }
}

export interface Sender {
  sync(entries: readonly WalkEntryInput[]): Promise<SyncAnswer>
  photo(id: string, photo: Blob): Promise<unknown>
  track(of: TrackFile, track: Blob): Promise<TakenTrack>
}

export interface Queue {
  /** Brings back what was kept, and sends it. */
  open(): Promise<void>
  add(entry: WalkEntryInput, photo?: Blob): Promise<void>
  addTrack(of: TrackFile, track: Blob): Promise<void>
  /** Writes an entry that may still grow; it is sent once `isOpen` is false. */
  write(entry: WalkEntryInput, isOpen: boolean): Promise<void>
  retry(id: string): Promise<void>
  discard(id: string): Promise<void>
  /** Takes a discarding back. */
  restore(item: Waiting): Promise<void>
  send(): Promise<void>
  state(): QueueState
  subscribe(listener: () => void): () => void
  close(): void
}

const MOST_ENTRIES = 200
/** The server takes 1 MB. */
const MOST_CHARACTERS = 400_000
const FIRST_PAUSE_MS = 2000
const LONGEST_PAUSE_MS = 60_000

/** `onTaken` hears that the server has something new. */
export function createQueue(
  store: EntryStore<Waiting>,
  sender: Sender,
  { onTaken, now = Date.now }: { onTaken(): void; now?: () => number },
): Queue {
  let state: QueueState = { items: [], isSending: false, error: undefined }
  const listeners = new Set<() => void>()
  let sending: Promise<void> | undefined
  let pauseMs = FIRST_PAUSE_MS
  let timer: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  const show = (patch: Partial<QueueState>) => {
    state = { ...state, ...patch }
    for (const listener of listeners) listener()
  }
  const nextOrder = () => Math.max(now(), (state.items.at(-1)?.order ?? 0) + 1)
  const replace = (item: Waiting) => {
    const known = state.items.some(({ id }) => id === item.id)
    show({
      items: known
        ? state.items.map((other) => (other.id === item.id ? item : other))
        : [...state.items, item],
    })
  }
  const save = async (items: readonly Waiting[]) => {
    await store.put(items)
    for (const item of items) replace(item)
  }
  const drop = async (ids: readonly string[]) => {
    await store.remove(ids)
    show({ items: state.items.filter(({ id }) => !ids.includes(id)) })
  }

  async function sendEntries(): Promise<boolean> {
    const batch = firstBatch(state.items)
    if (batch.length === 0) return false
    const { entries } = await sender.sync(batch.map(({ entry }) => entry))
    const answers = new Map(entries.map((answer) => [answer.id, answer]))
    const done: string[] = []
    const changed: Waiting[] = []
    for (const item of batch) {
      const answer = answers.get(item.id)
      if (!answer) continue
      if (answer.state === 'refused')
        changed.push({ ...item, state: 'refused', problem: answer.problem ?? { code: 'http', detail: '' } })
      else if (item.photo) changed.push({ ...item, state: 'photo', isTaken: true })
      else done.push(item.id)
    }
    if (done.length + changed.length === 0) throw new Error('The server answered about none of the entries.')
    await save(changed)
    await drop(done)
    return true
  }

  async function sendFile(): Promise<boolean> {
    const item = state.items.find(hasFile)
    if (!item) return false
    const { id, entry, photo, track } = item
    try {
      if (entry.kind === 'gpx' && track)
        show({ taken: { roundId: entry.roundId, ...(await sender.track(entry, track)) } })
      else if (photo) await sender.photo(id, photo)
      await drop([id])
    } catch (error) {
      if (!(error instanceof ApiError) || !isFinal(error.status)) throw error
      await save([{ ...item, state: 'refused', problem: { code: error.code, detail: error.message } }])
    }
    return true
  }

  async function sendAll(): Promise<void> {
    clearTimeout(timer)
    show({ isSending: true })
    let hasSent = false
    try {
      while (!isClosed && ((await sendEntries()) || (await sendFile()))) hasSent = true
      pauseMs = FIRST_PAUSE_MS
      show({ isSending: false, error: undefined })
    } catch (error) {
      show({ isSending: false, error: error instanceof Error ? error : new Error(String(error)) })
      if (!isClosed) timer = setTimeout(() => void queue.send(), pauseMs)
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)
    }
    if (hasSent) onTaken()
  }

  const queue: Queue = {
    async open() {
      const kept = (await store.list()).sort((a, b) => a.order - b.order)
      // The page went away before they were closed: what was recorded until then counts.
      const left = kept
        .filter((item) => item.state === 'open')
        .map((item) => ({ ...item, state: 'waiting' as const }))
      show({ items: kept })
      await save(left)
      void queue.send()
    },
    async add(entry, photo) {
      await save([{ id: entry.id, order: nextOrder(), entry, state: 'waiting', ...(photo ? { photo } : {}) }])
      void queue.send()
    },
    async addTrack(of, track) {
      await save([{ id: of.id, order: nextOrder(), entry: of, track, state: 'waiting' }])
      void queue.send()
    },
    async write(entry, isOpen) {
      const order = state.items.find(({ id }) => id === entry.id)?.order ?? nextOrder()
      await save([{ id: entry.id, order, entry, state: isOpen ? 'open' : 'waiting' }])
      if (!isOpen) void queue.send()
    },
    async retry(id) {
      const item = state.items.find((one) => one.id === id)
      if (!item) return
      const { problem: _, ...rest } = item
      await save([{ ...rest, state: item.isTaken ? 'photo' : 'waiting' }])
      await queue.send()
    },
    discard: (id) => drop([id]),
    restore: (item) => save([item]),
    send() {
      // What comes while it is sent is sent in the same run: each round looks at the list anew.
      sending ??= sendAll().finally(() => {
        sending = undefined
        // Or came between the last look and here.
        if (!state.error && !isClosed && state.items.some(isReady)) return queue.send()
      })
      return sending
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      isClosed = true
      clearTimeout(timer)
    },
  }
  return queue
}

type WaitingEntry = Waiting & { entry: WalkEntryInput }

const isWaitingEntry = (item: Waiting): item is WaitingEntry =>
  item.state === 'waiting' && item.entry.kind !== 'gpx'
/** Files go by themselves, after the entries: a photo needs its report. */
const hasFile = ({ state, entry, photo, track }: Waiting) =>
  entry.kind === 'gpx' ? state === 'waiting' && track !== undefined : state === 'photo' && photo !== undefined
const isReady = (item: Waiting) => isWaitingEntry(item) || hasFile(item)

function firstBatch(items: readonly Waiting[]): WaitingEntry[] {
  const batch: WaitingEntry[] = []
  let characters = 0
  for (const item of items.filter(isWaitingEntry)) {
    characters += JSON.stringify(item.entry).length
    if (batch.length > 0 && (batch.length === MOST_ENTRIES || characters > MOST_CHARACTERS)) break
    batch.push(item)
  }
  return batch
}

/** The same file will be refused again; only signing in, waiting or another network could help otherwise. */
const isFinal = (status: number) => status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status)
