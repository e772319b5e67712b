import { type RedrawParams, redrawParamsSchema } from '../../../geodata/partition/redraw.schema.ts'

/** As the form opens at first. */
export const initialParams = (): RedrawParams => redrawParamsSchema.parse({})

/** Parameters as they are kept; what does not fit is asked as at first, and cells drawn by hand are left behind. */
export function readParams(given: unknown): RedrawParams {
  const read = redrawParamsSchema.safeParse(given)
  return read.success ? { ...read.data, given: null } : initialParams()
}

export const SPLITS = ['band', 'count'] as const
export type Split = (typeof SPLITS)[number]
export const splitOf = ({ count }: RedrawParams): Split => (count === null ? 'band' : 'count')
