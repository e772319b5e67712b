import { type PatrolParams, patrolParamsSchema } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import { periodOf } from './periods.ts'

/** Parameters as they are kept, whole; what does not fit is asked as usual. */
export function readParams(given: unknown, now = Date.now()): PatrolParams {
  const read = patrolParamsSchema.safeParse(given)
  return read.success ? read.data : patrolParamsSchema.parse({ period: periodOf('week', now) })
}
