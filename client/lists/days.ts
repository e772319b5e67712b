const DAY_MS = 86_400_000
const CHINA_OFFSET_MS = 8 * 60 * 60 * 1000

/** The day of an instant as the server counts days: China Standard Time, which has no daylight saving. */
export const dayOf = (instant: Date): string =>
  new Date(instant.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10)

/** The day that lies `days` before a day. */
export const daysBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10)
