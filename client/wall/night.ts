/** `22:00` as minutes of the day. */
export const minuteOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

/** Whether a minute of the day lies in the hours of the night, which usually begin before midnight; its end is day again. */
export function isNight(
  hours: { from: string; to: string } | null | undefined,
  minuteOfDay: number,
): boolean {
  if (!hours) return false
  const [from, to] = [minuteOf(hours.from), minuteOf(hours.to)]
  return from <= to ? minuteOfDay >= from && minuteOfDay < to : minuteOfDay >= from || minuteOfDay < to
}
