import type { SitingResult } from '../../../geodata/siting/siting.schema.ts'
import { isCovering } from '../../../geodata/siting/siting-choices.ts'

export interface CurvePoint {
  step: number
  /** Of the width and of the height, 0 to 1, from the lower left corner. */
  x: number
  y: number
  /** Weight within the walk, or metres. */
  value: number
}

/** What a step is worth in the terms of the question; null: nobody is reached. */
export function worthOf(
  { aim }: Pick<SitingResult, 'aim'>,
  measures: SitingResult['steps'][number]['measures'],
): number | null {
  if (isCovering(aim)) return measures.covered
  return aim === 'least-mean' ? measures.meanMetres : measures.worstMetres
}

/** The curve of what more sites do. Heights begin at 0, so that a flat curve looks flat. */
export function curvePoints(result: Pick<SitingResult, 'aim' | 'steps'>): CurvePoint[] {
  const known = result.steps.flatMap((step, at) => {
    const value = worthOf(result, step.measures)
    return value === null ? [] : [{ step: at, limit: step.limit, value }]
  })
  const limits = known.map(({ limit }) => limit)
  const [least, most] = [Math.min(...limits), Math.max(...limits)]
  const top = Math.max(...known.map(({ value }) => value))
  return known.map(({ step, limit, value }) => ({
    step,
    value,
    x: most > least ? (limit - least) / (most - least) : 0.5,
    y: top > 0 ? value / top : 0,
  }))
}
