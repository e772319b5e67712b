const UNIT_MINUTES: Record<string, number> = {
  分: 1,
  分钟: 1,
  min: 1,
  m: 1,
  时: 60,
  小时: 60,
  h: 60,
  天: 1440,
  日: 1440,
  d: 1440,
}

/**
 * Minutes of what is typed as formatMinutes shows it: “90”, “90 min”, “1.5 h”, “12 小时”, “7 d”; without a unit minutes.
 * undefined for anything else, and for what is no whole number of minutes from `least` to `most`.
 */
export function readMinutes(typed: string, least: number, most: number): number | undefined {
  const [, figure, unit] = /^(\d{1,7}(?:\.\d{1,4})?)\s*(\p{L}*)$/u.exec(typed.trim().toLowerCase()) ?? []
  const each = unit === '' ? 1 : UNIT_MINUTES[unit ?? '?']
  if (figure === undefined || each === undefined) return undefined
  // 0.1 d is 144 minutes, not 144.00000000000003.
  const minutes = Math.round(Number(figure) * each * 1e6) / 1e6
  return Number.isInteger(minutes) && minutes >= least && minutes <= most ? minutes : undefined
}
