import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Waiting } from './queue.ts'

/** The way walked on this duty, for the phone’s own map: the server has it by the entries. */
export interface WalkedTrack {
  roundId: string
  /** Instant of the last point. */
  until: string
  points: LngLat[]
}

/** What was kept, and what waits to be sent beyond it: a page may go away before a track is kept. */
export function joinTrack(
  kept: WalkedTrack | undefined,
  roundId: string | undefined,
  items: readonly Waiting[],
): LngLat[] {
  const own = kept?.roundId === roundId ? kept : undefined
  const points = [...(own?.points ?? [])]
  for (const { entry } of items)
    if (entry.kind === 'position' && entry.roundId === roundId)
      for (const { at, lngLat } of entry.points)
        if (!own || Date.parse(at) > Date.parse(own.until)) points.push(lngLat)
  return points
}
