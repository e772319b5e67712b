import { BAND_INTERVALS, freshnessOf, GREY_INTERVALS } from '../../geodata/walls/freshness.ts'
import type { FreshnessState, SourceId, WallSource } from '../../geodata/walls/source.schema.ts'

/** A server's time and when it came, by the clock of this computer that only runs: never by the one that can be set. */
export interface Heard {
  serverMs: number
  runningMs: number
}

export type Level = 'fresh' | 'grey' | 'band'
const LEVELS: readonly Level[] = ['fresh', 'grey', 'band']
/** After sleep the server is asked at once; until so long without an answer it is a moment's doubt, then a fault. */
const PROOF_MS = 2000

/** What the server's clock shows now. */
export const serverNow = (heard: Heard, runningMs: number): number =>
  heard.serverMs + Math.max(0, runningMs - heard.runningMs)

/** `untilNextMs`: the next look is so far away; a band that would be late by then is told now. */
export function levelOf(ageMs: number, intervalMs: number, untilNextMs = 0): Level {
  if (ageMs + untilNextMs >= intervalMs * BAND_INTERVALS) return 'band'
  return ageMs >= intervalMs * GREY_INTERVALS ? 'grey' : 'fresh'
}

export const worse = (first: Level, second: Level): Level =>
  LEVELS.indexOf(first) >= LEVELS.indexOf(second) ? first : second

/**
 * After this computer slept, or its clock was set ahead, which look alike: how far what was heard before may be trusted.
 * `doubtedMs`: when that was noticed; `heardMs`: when the server was last heard of.
 */
export function levelInDoubt(
  doubtedMs: number | undefined,
  heardMs: number | undefined,
  runningMs: number,
): Level {
  if (doubtedMs === undefined || (heardMs !== undefined && heardMs > doubtedMs)) return 'fresh'
  return runningMs - doubtedMs >= PROOF_MS ? 'band' : 'grey'
}

export interface Evidence {
  startedMs: number
  /** Within so long this is judged again. */
  againMs: number
  beatMs: number
  beatHeard: Heard | undefined
  /** How often the picture is asked for. */
  pictureMs: number
  pictureHeard: Heard | undefined
  doubtedMs: number | undefined
  sources: readonly WallSource[]
}

export interface JudgedSource {
  id: SourceId
  state: FreshnessState
  heartbeatAt: string | null
  dataAt: string | null
}

export interface Judgement {
  /** The server's time; undefined: it was never heard. */
  nowMs: number | undefined
  /** Whether the server lives. */
  link: Level
  /** Whether what is shown is what the server would show. */
  picture: Level
  sources: JudgedSource[]
  /** No figure can be known: each is to be shown as unknown, not as it was. */
  isBlind: boolean
}

/** Pure: how far each thing that the wall shows may be trusted at a moment of the running clock. */
export function judge(evidence: Evidence, runningMs: number): Judgement {
  const { startedMs, againMs, beatMs, beatHeard, pictureMs, pictureHeard, doubtedMs } = evidence
  const heard = [beatHeard, pictureHeard].reduce((one, other) =>
    (other?.runningMs ?? Number.NEGATIVE_INFINITY) > (one?.runningMs ?? Number.NEGATIVE_INFINITY)
      ? other
      : one,
  )
  const level = (last: Heard | undefined, intervalMs: number) =>
    worse(
      levelOf(runningMs - (last?.runningMs ?? startedMs), intervalMs, againMs),
      levelInDoubt(doubtedMs, last?.runningMs, runningMs),
    )
  const nowMs = heard && serverNow(heard, runningMs)
  const link = level(beatHeard, beatMs)
  const picture = level(pictureHeard, pictureMs)
  const sources = evidence.sources.map((source): JudgedSource => {
    const { id, heartbeatAt, dataAt } = source
    const state = nowMs === undefined ? 'unknown' : freshnessOf(source, nowMs + againMs)
    return { id, heartbeatAt, dataAt, state }
  })
  const isDown = sources.some(({ id, state }) => id === 'database' && state === 'band')
  return { nowMs, link, picture, sources, isBlind: link === 'band' || picture === 'band' || isDown }
}
