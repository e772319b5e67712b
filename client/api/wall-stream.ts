import type { AlarmChange } from '../../geodata/walls/alarm.schema.ts'
import type { WallPushed } from '../../geodata/walls/open-wall.schema.ts'
import type { WallBeat, WallRefused } from '../../geodata/walls/source.schema.ts'
import { withQuery } from './request.ts'

export interface WallStreamOptions {
  /** Of this wall: what is pushed to it comes on its stream. */
  name: string
  beatSeconds: number
  onBeat(beat: WallBeat): void
  /** Something changed on the server, or on the way more was missed than can be told. */
  onChange(layer: string | undefined): void
  onAlarm(change: AlarmChange): void
  onPush(pushed: WallPushed): void
  onRefused(refused: WallRefused): void
  /** The stream could not be opened or broke; it is tried again by itself. */
  onTrouble(): void
}

export interface WallStream {
  /** Opens it anew at once. */
  retry(): void
  /** The last event that was heard; undefined: none. */
  seen(): number | undefined
  close(): void
}

const CHANGES = ['put', 'delete', 'import', 'reset']
const AGAIN_MS = 2000
/** A connection that a cable or a proxy cut without a word never fails by itself: after so many beats it is given up. */
const SILENT_BEATS = 3
const LEAST_SILENCE_MS = 3000

/** The server's event stream as a wall hears it; it is opened again for as long as it takes. */
export function openWallStream(options: WallStreamOptions): WallStream {
  let seen: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let silence: ReturnType<typeof setTimeout> | undefined
  let source: EventSource | undefined
  const silenceMs = Math.max(LEAST_SILENCE_MS, options.beatSeconds * 1000 * SILENT_BEATS)

  function heard(message: MessageEvent<string>) {
    const id = Number(message.lastEventId)
    if (Number.isFinite(id) && id > 0) seen = id
    waitForMore()
  }
  function waitForMore() {
    clearTimeout(silence)
    silence = setTimeout(() => {
      options.onTrouble()
      open()
    }, silenceMs)
  }
  function open() {
    clearTimeout(timer)
    source?.close()
    const made = new EventSource(
      withQuery('/api/v1/events', { wall: options.name, beat: options.beatSeconds, after: seen }),
    )
    source = made
    waitForMore()
    made.onerror = () => {
      options.onTrouble()
      if (made.readyState !== EventSource.CLOSED) return
      clearTimeout(silence)
      clearTimeout(timer)
      timer = setTimeout(open, AGAIN_MS)
    }
    const on = <T>(type: string, tell: (data: T) => void) =>
      made.addEventListener(type, (event) => {
        const message = event as MessageEvent<string>
        heard(message)
        tell(JSON.parse(message.data || '{}') as T)
      })
    on<WallBeat>('beat', options.onBeat)
    for (const type of CHANGES) on<{ layer?: string }>(type, ({ layer }) => options.onChange(layer))
    on<AlarmChange>('alarm', options.onAlarm)
    on<WallPushed>('wall', options.onPush)
    on<WallRefused>('refused', options.onRefused)
  }
  open()
  return {
    retry: open,
    seen: () => seen,
    close() {
      clearTimeout(timer)
      clearTimeout(silence)
      source?.close()
    },
  }
}
