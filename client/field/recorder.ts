import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { WalkEntryInput } from '../../geodata/walks/walk.schema.ts'
import { newUuid } from '../ui/new-uuid.ts'
import { metresTo } from './way-to.ts'

export interface Position {
  lngLat: LngLat
  accuracyMetres: number
  at: number
  /** Where they are going, degrees clockwise from north; undefined: they stand, or the phone does not tell. */
  courseDegrees?: number
}

export type PositionEntry = Extract<WalkEntryInput, { kind: 'position' }>

const LEAST_SECONDS = 4
const LEAST_METRES = 8
const MOST_POINTS = 30
const LONGEST_SECONDS = 60

/**
 * Gathers positions into entries. Each is written as it comes, so that a phone that dies loses none; an entry is closed,
 * and so sent, after a minute or 30 positions.
 */
export function createRecorder(
  round: { planId: number; roundId: string },
  write: (entry: PositionEntry, isOpen: boolean) => Promise<void>,
) {
  let entry: PositionEntry | undefined
  let last: Position | undefined

  return {
    async add(position: Position): Promise<void> {
      const near = last && metresTo(last.lngLat, position.lngLat) < LEAST_METRES
      if (last && (position.at <= last.at || (near && position.at - last.at < LEAST_SECONDS * 1000))) return
      last = position
      const at = new Date(position.at).toISOString()
      const point = {
        at,
        lngLat: position.lngLat,
        accuracyMetres: Math.min(position.accuracyMetres, 100_000),
      }
      entry = { ...(entry ?? { id: newUuid(), ...round, kind: 'position' as const, points: [] }), at }
      entry = { ...entry, points: [...entry.points, point] }
      const since = Date.parse(entry.points[0]!.at)
      const isFull = entry.points.length >= MOST_POINTS || position.at - since >= LONGEST_SECONDS * 1000
      const full = entry
      if (isFull) entry = undefined
      await write(full, !isFull)
    },
    /** Closes what was gathered: duty ends, or it is to be sent now. */
    async close(): Promise<void> {
      const left = entry
      entry = undefined
      if (left) await write(left, false)
    },
  }
}
export type Recorder = ReturnType<typeof createRecorder>
