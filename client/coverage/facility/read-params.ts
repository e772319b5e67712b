import {
  type FacilityParams,
  facilityParamsSchema,
} from '../../../geodata/coverage/facility/facility.schema.ts'

/** As the form opens at first: AEDs within 500 m. */
export const initialParams = (): FacilityParams =>
  facilityParamsSchema.parse({ kinds: ['aed'], walk: 500, bands: [300] })

/** Parameters as they are kept, whole; what does not fit is asked as at first. */
export function readParams(given: unknown): FacilityParams {
  const read = facilityParamsSchema.safeParse(given)
  return read.success ? read.data : initialParams()
}

/** Usual distances: walking circles of 5, 10 and 15 minutes in GB 50180-2018, by minutes and by metres. */
export const PRESETS = { metres: [300, 500, 800, 1000], minutes: [5, 10, 15] } as const

/** The same question in the other unit, with the usual distance nearest to it. */
export function changeUnit(params: FacilityParams, unit: FacilityParams['unit']): FacilityParams {
  if (unit === params.unit) return params
  return unit === 'minutes'
    ? { ...params, unit, walk: params.walk <= 400 ? 5 : params.walk <= 700 ? 10 : 15, bands: [] }
    : { ...params, unit, walk: params.walk <= 5 ? 300 : params.walk <= 10 ? 500 : 1000, bands: [] }
}
