import type { WallPushed } from '../../geodata/walls/open-wall.schema.ts'
import type { WallPicture } from '../../geodata/walls/picture.schema.ts'
import type { WallBeat, WallRefused } from '../../geodata/walls/source.schema.ts'
import { ApiError } from '../api/request.ts'
import { openWallStream, type WallStream } from '../api/wall-stream.ts'
import { getPicture, isServerUp, type PictureOf } from '../api/walls.ts'
import { toError } from '../ui/problem-words.ts'
import { type ClockSample, jumpBetween } from './clock-watch.ts'
import type { Heard } from './watchdog.ts'

/** All that the page knows, and when it came to know it. Times are of the clock that only runs, unless they say otherwise. */
export interface WallKnown {
  picture: WallPicture | undefined
  pictureHeard: Heard | undefined
  beat: WallBeat | undefined
  beatHeard: Heard | undefined
  /** Why the last picture could not be had; undefined: it could. */
  failure: Error | undefined
  refused: WallRefused | undefined
  /** When a stream could not be had, the server answered what needs no database. */
  isServerUp: boolean
  /** The computer slept or its clock was set: by how much, and when that was noticed. */
  jump: { byMs: number; atMs: number } | undefined
  message: WallPushed | undefined
  view: WallPushed | undefined
  /** Grows when the ground beneath changed or may have been missed. */
  groundChanges: number
  /** Of the pages that this one came from; when the server's becomes another, this one is out of date. */
  build: string | undefined
  startedMs: number
}

export interface WallStoreOptions extends PictureOf {
  name: string
  beatSeconds: number
  /** Pushed by a supervisor. */
  onReload(): void
}

export interface WallStore {
  subscribe(listener: () => void): () => void
  get(): WallKnown
  /** Asks for the picture at once. */
  ask(): void
  /** After the wall was let in again. */
  retry(): void
  /** Shows another layout. */
  show(of: PictureOf): void
  close(): void
}

/** Without an event the picture is asked for with each beat, but no more often than this. */
export const PICTURE_MS = 2000
/** Of a burst of events each does not ask by itself. */
const GATHER_MS = 150
const PATIENCE_MS = 10_000
/** For what needs no database. */
const PROBE_MS = 3000
const SAMPLE_MS = 500
/** A newer question takes the place of one that is still waiting. */
const NEWER = 'newer'
const NEVER = Number.NEGATIVE_INFINITY

export function openWallStore(options: WallStoreOptions): WallStore {
  const listeners = new Set<() => void>()
  let of: PictureOf = options
  let known: WallKnown = {
    picture: undefined,
    pictureHeard: undefined,
    beat: undefined,
    beatHeard: undefined,
    failure: undefined,
    refused: undefined,
    isServerUp: false,
    jump: undefined,
    message: undefined,
    view: undefined,
    groundChanges: 0,
    build: undefined,
    startedMs: performance.now(),
  }
  const set = (patch: Partial<WallKnown>) => {
    known = { ...known, ...patch }
    for (const listener of listeners) listener()
  }
  let asking: AbortController | undefined
  let again = false
  let askedMs = NEVER
  let gather: ReturnType<typeof setTimeout> | undefined
  let isClosed = false

  async function ask() {
    if (isClosed) return
    if (asking) {
      again = true
      return
    }
    again = false
    askedMs = performance.now()
    const asked = new AbortController()
    asking = asked
    const patience = setTimeout(() => asked.abort(), PATIENCE_MS)
    try {
      const picture = await getPicture(of, stream.seen(), asked.signal)
      // Reckoned from before the request: what it says is at least that old.
      const pictureHeard = { serverMs: Date.parse(picture.at), runningMs: askedMs }
      const wasFailing = known.failure !== undefined
      if (!isClosed) set({ picture, pictureHeard, failure: undefined, refused: undefined })
      // Where the picture is had again the stream is too, without waiting for its turn.
      if (wasFailing && !isClosed) stream.retry()
    } catch (thrown) {
      if (!isClosed && asked.signal.reason !== NEWER) fail(toError(thrown))
    } finally {
      clearTimeout(patience)
      asking = undefined
      if (again) askSoon()
    }
  }
  function fail(error: Error) {
    if (error instanceof ApiError && error.status === 401)
      return set({ refused: { code: error.code, detail: error.message }, failure: undefined })
    set({ failure: error })
  }
  async function probe() {
    const isUp = await isServerUp(AbortSignal.timeout(PROBE_MS))
    if (!isClosed && isUp !== known.isServerUp) set({ isServerUp: isUp })
  }
  /** The first of a burst at once, the others together a moment later. */
  function askSoon() {
    clearTimeout(gather)
    const waitMs = Math.max(0, askedMs + GATHER_MS - performance.now())
    if (waitMs === 0) return void ask()
    gather = setTimeout(ask, waitMs)
  }

  function hearBeat(beat: WallBeat) {
    const build = known.build ?? beat.build ?? undefined
    set({ beat, beatHeard: { serverMs: Date.parse(beat.at), runningMs: performance.now() }, build })
    if (performance.now() - askedMs >= PICTURE_MS) void ask()
  }
  /** The server's time at a moment of the running clock. */
  function serverAt(runningMs: number): number {
    const heard = known.beatHeard ?? known.pictureHeard
    return heard ? heard.serverMs - (heard.runningMs - runningMs) : Number.POSITIVE_INFINITY
  }
  function hearPush(pushed: WallPushed) {
    const { kind } = pushed.push
    // One that was sent before this page was made has been done.
    if (kind === 'reload')
      return serverAt(known.startedMs) < Date.parse(pushed.at) ? options.onReload() : undefined
    if (kind === 'clear') return set({ message: undefined, view: undefined })
    set(kind === 'message' ? { message: pushed } : { view: pushed })
  }

  const stream: WallStream = openWallStream({
    name: options.name,
    beatSeconds: options.beatSeconds,
    onBeat: hearBeat,
    onChange(layer) {
      if (layer !== 'hazards') set({ groundChanges: known.groundChanges + 1 })
      askSoon()
    },
    onAlarm: askSoon,
    onPush: hearPush,
    onRefused: (refused) => set({ refused }),
    // Why it broke is what the picture is refused with.
    onTrouble() {
      askSoon()
      void probe()
    },
  })

  let sample: ClockSample = { runningMs: performance.now(), setMs: Date.now() }
  const sampling = setInterval(() => {
    const now = { runningMs: performance.now(), setMs: Date.now() }
    const byMs = jumpBetween(sample, now)
    sample = now
    // While no stream speaks, nothing but this asks.
    if (now.runningMs - askedMs >= Math.max(PATIENCE_MS / 2, options.beatSeconds * 1000)) void ask()
    if (byMs === 0) return
    set({ jump: { byMs, atMs: now.runningMs } })
    asking?.abort(NEWER)
    stream.retry()
    askSoon()
  }, SAMPLE_MS)

  const hurry = () => {
    stream.retry()
    askSoon()
  }
  addEventListener('online', hurry)
  void ask()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    get: () => known,
    ask: askSoon,
    retry: hurry,
    show(next) {
      if (next.layout === of.layout && next.cells === of.cells) return
      of = next
      asking?.abort(NEWER)
      askSoon()
    },
    close() {
      isClosed = true
      clearInterval(sampling)
      clearTimeout(gather)
      removeEventListener('online', hurry)
      asking?.abort()
      stream.close()
    },
  }
}
