import { z } from 'zod'

/** Field types that several layers share. Texts are trimmed, bounded, well-formed and free of control characters. */
export const text = (max = 200) =>
  z
    .string()
    .trim()
    .max(max)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'has control characters')
    .refine(isWellFormed, 'has half a character (a lone surrogate)')
export const name = () => text(120)
export const optionalText = (max = 200) => text(max).nullable().default(null)
export const count = () => z.int().min(0).max(10_000_000)
export const isoDateTime = () => z.iso.datetime({ offset: true }).refine(isInYears, YEARS)
export const isoDate = () => z.iso.date().refine(isInYears, YEARS)
export const clockTime = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time such as 08:30')

const YEARS = 'is not in the years 0001 to 9999'

/**
 * Counted in UTC: the database keeps no year 0, and JSON writes later years in a form that it does not read. What is no
 * time at all is said by the check before.
 */
function isInYears(time: string): boolean {
  const year = new Date(time).getUTCFullYear()
  return !(year < 1 || year > 9999)
}

/** The database keeps no lone surrogates. */
function isWellFormed(value: string): boolean {
  return !/\p{Surrogate}/u.test(value)
}

/** What every layer derives. */
export const derivedCommon = {
  sourceId: z.string().describe('Stable identity across imports and exports, e.g. osm:way/123'),
  createdAt: z.string(),
  updatedAt: z.string(),
}

/** The cells that hold a building or point, found by location. Codes; null outside every cell. */
export const derivedCells = {
  communityCode: z.string().nullable(),
  gridCode: z.string().nullable(),
  microGridCode: z.string().nullable(),
}
