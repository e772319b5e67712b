import type { LngLat } from '../../geodata/shared/geojson.ts'

export const MEASURES = ['line', 'area'] as const
export type Measure = (typeof MEASURES)[number]

export interface MeasureState {
  measure: Measure
  points: readonly LngLat[]
}

/** A link has to stay short enough for every program that passes it on. */
export const MOST_POINTS = 200

const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7 + 0

/** `line/120.6,31.3;120.7,31.4`, degrees with 7 decimals (about a centimetre). */
export const writeMeasure = ({ measure, points }: MeasureState): string =>
  `${measure}/${points.map(([lng, lat]) => `${round(lng)},${round(lat)}`).join(';')}`

/** What a link measures. Positions that cannot be are dropped: an old link must still open. */
export function readMeasure(text: string | undefined): MeasureState {
  const [kind, list = ''] = (text ?? '').split('/')
  const points: LngLat[] = []
  for (const part of list.split(';')) {
    const numbers = part.split(',').map((number) => (number.trim() === '' ? Number.NaN : Number(number)))
    const [lng, lat] = numbers
    if (numbers.length === 2 && Math.abs(lng!) <= 180 && Math.abs(lat!) <= 85.06)
      points.push([round(lng!), round(lat!)])
  }
  return { measure: MEASURES.find((known) => known === kind) ?? 'line', points: points.slice(0, MOST_POINTS) }
}
