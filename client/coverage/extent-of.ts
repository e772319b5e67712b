import type { AnalysisSummary } from '../../geodata/coverage/analysis.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'

/** The box around all that was found; undefined: nothing was. */
export function extentOf({ parts }: Pick<AnalysisSummary, 'parts'>): Bbox | undefined {
  const boxes = parts.flatMap(({ bbox }) => (bbox ? [bbox] : []))
  if (boxes.length === 0) return undefined
  const side = (at: 0 | 1 | 2 | 3, of: (...values: number[]) => number) => of(...boxes.map((box) => box[at]))
  return [side(0, Math.min), side(1, Math.min), side(2, Math.max), side(3, Math.max)]
}
