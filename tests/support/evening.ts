const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000

/** The day, such as 2026-11-22, that begins so many days after today in China. */
export const dayAfter = (days: number): string =>
  new Date(Date.now() + CHINA_MS + days * DAY_MS).toISOString().slice(0, 10)

/** Of a day’s evening, China Standard Time. */
export const eveningOf = (day: string) => ({ from: `${day}T18:00:00+08:00`, to: `${day}T22:00:00+08:00` })

/** The evening of tomorrow: whatever is due now is due in it, and it is not over while tests run. */
export const TOMORROW = dayAfter(1)
export const EVENING = eveningOf(TOMORROW)
