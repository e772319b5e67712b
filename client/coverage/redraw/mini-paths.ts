import type { AnalysisFeature } from '../../../geodata/coverage/analysis.schema.ts'
import { boxOf } from '../../map/box-of.ts'

export interface MiniPath {
  alternative: number
  number: number
  d: string
}

/** Outlines of cells as SVG, all in one scale, in the middle of a square of so many units. */
export function miniPaths(features: readonly AnalysisFeature[], size: number): MiniPath[] {
  const boxes = features.map(({ geometry }) => boxOf(geometry))
  const [west, south] = [Math.min(...boxes.map(([w]) => w)), Math.min(...boxes.map(([, s]) => s))]
  const [east, north] = [Math.max(...boxes.map(([, , e]) => e)), Math.max(...boxes.map(([, , , n]) => n))]
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const [width, height] = [(east - west) * narrow, north - south]
  const scale = (size - 2) / Math.max(width, height)
  const [left, top] = [(size - width * scale) / 2, (size - height * scale) / 2]
  return features.flatMap(({ geometry, properties }) => {
    if (geometry.type !== 'MultiPolygon') return []
    const d = geometry.coordinates
      .flat()
      .map((ring) => {
        const points = ring.map(
          ([lng, lat]) =>
            `${(left + (lng - west) * narrow * scale).toFixed(1)} ${(top + (north - lat) * scale).toFixed(1)}`,
        )
        return `M${points.join('L')}Z`
      })
      .join('')
    return [{ alternative: Number(properties.alternative), number: Number(properties.number), d }]
  })
}
