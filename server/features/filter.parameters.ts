import { z } from '@hono/zod-openapi'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { readArea } from '../../geodata/shared/read-area.ts'

export const MAX_IDS = 500

export const areaParameter = z
  .string()
  .max(8000)
  .transform((text, context): LngLat[] => {
    const area = readArea(text)
    if (area.ok) return area.ring
    context.addIssue({ code: 'custom', message: area.reason })
    return z.NEVER
  })
  .openapi({
    type: 'string',
    description: 'A polygon: lng,lat;lng,lat;… with 3 to 200 positions and no crossings. What touches it.',
    example: '120.62,31.3;120.63,31.3;120.63,31.31',
  })

/** Days are those of China Standard Time, which has no daylight saving. */
const DAY_OFFSET = '+08:00'
const DAY_MILLISECONDS = 86_400_000
const DATE = z.iso.date()
const DATE_TIME = z.iso.datetime({ offset: true })
const YEARS = [1900, 2199] as const

/**
 * An instant (ISO 8601, UTC) from a date or a date-time with its offset. A date as the end of a period is taken to its
 * last moment: the instant is then the beginning of the next day.
 */
export const momentParameter = (end: boolean) =>
  z
    .string()
    .max(40)
    .transform((text, context): string => {
      const isDate = DATE.safeParse(text).success
      const milliseconds = isDate
        ? Date.parse(`${text}T00:00:00${DAY_OFFSET}`) + (end ? DAY_MILLISECONDS : 0)
        : DATE_TIME.safeParse(text).success
          ? Date.parse(text)
          : Number.NaN
      const year = new Date(milliseconds).getUTCFullYear()
      if (year >= YEARS[0] && year <= YEARS[1]) return new Date(milliseconds).toISOString()
      context.addIssue({
        code: 'custom',
        message: `is “${text}”; expected a date such as 2026-11-20 or a time such as 2026-11-20T08:00:00+08:00, from ${YEARS[0]} to ${YEARS[1]}`,
      })
      return z.NEVER
    })
    .openapi({
      type: 'string',
      description: end
        ? 'End of the period: a date, which is included (China Standard Time), or a date-time, which is not'
        : 'Beginning of the period, included: a date (China Standard Time) or a date-time',
      example: '2026-11-20',
    })

export const idsParameter = z
  .string()
  .max(MAX_IDS * 17)
  .transform((text, context): number[] => {
    const parts = text.split(',')
    const ids = [...new Set(parts.map((part) => (/^\d{1,16}$/.test(part) ? Number(part) : Number.NaN)))]
    if (ids.length <= MAX_IDS && ids.every((id) => Number.isSafeInteger(id) && id > 0)) return ids
    context.addIssue({ code: 'custom', message: `expected 1 to ${MAX_IDS} ids by commas, e.g. 12,7,4711` })
    return z.NEVER
  })
  .openapi({ type: 'string', description: `Only these features, at most ${MAX_IDS}`, example: '12,7,4711' })
