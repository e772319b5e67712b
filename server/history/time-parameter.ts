import { z } from '@hono/zod-openapi'
import { isoDateTime } from '../../geodata/shared/fields.ts'

/** A moment since 1970 as an ISO date-time with its offset. In a URL that was not encoded, + arrives as a blank. */
export const timeParameter = z
  .string()
  .max(40)
  .transform((text) => text.replace(' ', '+'))
  .pipe(isoDateTime())
  .refine(
    (text) => Date.parse(text) >= 0,
    'is before 1970 or no moment; expected e.g. 2026-11-20T08:00:00+08:00',
  )
  .transform((text) => new Date(text).toISOString())
  .openapi({ type: 'string', format: 'date-time', example: '2026-11-20T08:00:00+08:00' })
