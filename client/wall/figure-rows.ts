import { DUE_SOON_MINUTES } from '../../geodata/hazards/deadline.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { WallFigureId } from '../../geodata/walls/layout.schema.ts'
import type { WallPicture } from '../../geodata/walls/picture.schema.ts'

/** What a figure counted. */
export interface FigureRow {
  key: string
  title: string
  gridName: string | null
  owner: string | null
  dueAt: string | null
  lngLat: LngLat | null
}

/** Pure: what a figure counts, as far as the picture lists it; undefined: the picture does not. */
export function rowsOf(
  id: WallFigureId,
  { hazards, alarms }: Pick<WallPicture, 'hazards' | 'alarms'>,
  nowMs: number,
): FigureRow[] | undefined {
  const soonMs = nowMs + DUE_SOON_MINUTES * 60_000
  const those = (is: (dueMs: number, owner: string | null) => boolean): FigureRow[] =>
    hazards
      // No deadline runs: neither over nor near.
      .filter(({ dueAt, owner }) => is(dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(dueAt), owner))
      .map((hazard) => ({ ...hazard, key: `hazard:${hazard.id}` }))
  switch (id) {
    case 'overdue':
      return those((dueMs) => dueMs < nowMs)
    case 'due-soon':
      return those((dueMs) => dueMs >= nowMs && dueMs <= soonMs)
    case 'unassigned':
      return those((_, owner) => owner === null)
    case 'open':
      return those(() => true)
    case 'sites-missed':
      return [...alarms.alarms, ...alarms.shelved].filter(({ kinds }) => kinds.includes('site-missed'))
    default:
      return undefined
  }
}
