import type { HazardReplay } from '../../geodata/hazards/replay.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { degrees } from './history.ts'
import { requestJson, withQuery } from './request.ts'

/** What became of hazards between two ISO moments, in a box or everywhere in reach. */
export const getHazardReplay = (from: string, to: string, box: Bbox | undefined, signal: AbortSignal) =>
  requestJson<HazardReplay>(withQuery('/api/v1/history/hazards', { from, to, bbox: box && degrees(box) }), {
    signal,
  })
