import type { LngLat } from '../../../geodata/shared/geojson.ts'

export interface PassedAsk {
  /** Open ring. */
  area: LngLat[]
  /** As in a date-time field: 2026-11-22T18:00, by the viewer’s clock. */
  from: string
  to: string
}

let asked: Partial<PassedAsk> = {}

/** What was asked last, so that it is there when someone comes back from a walk that was found. */
export const lastPassed = (): Partial<PassedAsk> => asked
export const keepPassed = (next: Partial<PassedAsk>): void => {
  asked = next
}
