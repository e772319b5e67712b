import type { AnalysisFeature } from '../../../geodata/coverage/analysis.schema.ts'
import type { PaintedWay } from '../../map/effort-overlay.ts'

export const WAY_VIEWS = ['passes', 'idle'] as const
export type WayView = (typeof WAY_VIEWS)[number]

type Look = Pick<PaintedWay, 'tone' | 'widthPixels'>

/** What a street looks like by how often it was walked, and by how long ago: the fewer and the longer, the narrower. */
export const PASSES_LOOKS = {
  none: { tone: 'critical', widthPixels: 1.5 },
  once: { tone: 'info', widthPixels: 2.5 },
  few: { tone: 'info', widthPixels: 4 },
  many: { tone: 'accent', widthPixels: 6 },
} as const satisfies Record<string, Look>

export const IDLE_LOOKS = {
  none: { tone: 'critical', widthPixels: 1.5 },
  more: { tone: 'due', widthPixels: 2.5 },
  three: { tone: 'info', widthPixels: 4 },
  day: { tone: 'accent', widthPixels: 6 },
} as const satisfies Record<string, Look>

export const passesStep = (passes: number): keyof typeof PASSES_LOOKS =>
  passes === 0 ? 'none' : passes === 1 ? 'once' : passes <= 3 ? 'few' : 'many'

export const idleStep = (hours: number | null): keyof typeof IDLE_LOOKS =>
  hours === null ? 'none' : hours <= 24 ? 'day' : hours <= 72 ? 'three' : 'more'

/** Streets as they are painted; those that nobody walked lie beneath. */
export function paintWays(features: readonly AnalysisFeature[], view: WayView): PaintedWay[] {
  return features
    .flatMap(({ geometry, properties }): PaintedWay[] => {
      if (geometry.type !== 'LineString') return []
      const { passes, idleHours } = properties
      const look =
        view === 'passes'
          ? PASSES_LOOKS[passesStep(typeof passes === 'number' ? passes : 0)]
          : IDLE_LOOKS[idleStep(typeof idleHours === 'number' ? idleHours : null)]
      return [{ path: geometry.coordinates, ...look }]
    })
    .sort((a, b) => a.widthPixels - b.widthPixels)
}
