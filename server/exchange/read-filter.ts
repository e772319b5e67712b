import { z } from 'zod'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { FeatureFilter } from '../features/feature.filter.ts'
import { filterParameters } from '../features/feature.schema.ts'

/** Filter options of the command line, checked as the API checks its query. Throws `invalid-parameter`. */
export function readFilter(layer: LayerId, given: Record<string, string | undefined>): FeatureFilter {
  const parsed = z.strictObject(filterParameters(LAYERS[layer])).safeParse(given)
  if (parsed.success) return parsed.data as FeatureFilter
  const issues = parsed.error.issues.map(({ path, message }) => ({ at: `--${path.join('.')}`, message }))
  throw new Problem('invalid-parameter', 'The filter does not fit this layer.', { issues })
}
