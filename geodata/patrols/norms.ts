const DAY_MINUTES = 1440

export interface Norm {
  /** Longest time allowed between two visits. */
  intervalMinutes: number
  serviceMinutes: number
  /** Local clock times between which visits count; none: the whole day. `to` before `from` runs past midnight. */
  timeWindows: readonly { from: string; to: string }[]
}

/**
 * Visits a day that a norm asks for. A day or more between visits: 1440 / interval, whenever the site is open. Less than
 * a day: the minutes that the windows leave open / interval, and at least one, since a site that closes overnight is
 * still due when it opens. Overlapping windows count once.
 */
export function visitsPerDay({ intervalMinutes, timeWindows }: Omit<Norm, 'serviceMinutes'>): number {
  if (intervalMinutes >= DAY_MINUTES) return DAY_MINUTES / intervalMinutes
  return Math.max(1, openMinutes(timeWindows) / intervalMinutes)
}

/** Minutes a day on site that a norm asks for; the ways between sites are not in it. */
export const serviceMinutesPerDay = (norm: Norm): number => visitsPerDay(norm) * norm.serviceMinutes

/** Minutes of a day that lie in at least one window. */
export function openMinutes(windows: readonly { from: string; to: string }[]): number {
  if (windows.length === 0) return DAY_MINUTES
  const open = new Uint8Array(DAY_MINUTES)
  for (const { from, to } of windows) {
    const [start, end] = [minuteOf(from), minuteOf(to)]
    if (start < end) open.fill(1, start, end)
    // 08:00–08:00 is a whole day, 22:00–06:00 a night.
    else open.fill(1, start).fill(1, 0, end)
  }
  return open.reduce((sum, minute) => sum + minute, 0)
}

function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number)
  return hours! * 60 + minutes!
}
