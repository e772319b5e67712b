const CHINA = '+08:00'

/**
 * A time as files have it, as ISO: 2026-11-22 07:40(:05), with / or . or 年月日 instead of -, T or nothing but spaces between,
 * a day alone (its beginning), or with an offset of its own; or the days since 1899-12-30 that a spreadsheet keeps. Without an
 * offset it is China time. undefined: not a time.
 */
export function readTime(value: string): string | undefined {
  const found = FORM.exec(value.trim())
  if (!found) return readSerial(value.trim())
  const [, year, month, day, hour = '0', minute = '0', second = '0', offset = CHINA] = found
  const two = (part: string) => part.padStart(2, '0')
  const clock = `${two(hour)}:${two(minute)}:${two(second)}`
  const date = `${year}-${two(month!)}-${two(day!)}`
  // A day that there is not, such as 30 February, would move into the next month.
  const asUtc = new Date(`${date}T${clock}Z`)
  if (Number.isNaN(asUtc.getTime()) || !asUtc.toISOString().startsWith(`${date}T${clock}`)) return undefined
  const time = new Date(`${date}T${clock}${offset}`)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}

/** Of 2009 to 2036: other numbers are no times of orders. */
function readSerial(value: string): string | undefined {
  if (!/^4\d{4}(\.\d+)?$/.test(value)) return undefined
  const seconds = Math.round((Number(value) - UNIX_BEGINS) * 86_400)
  return new Date((seconds - CHINA_SECONDS) * 1000).toISOString()
}
const UNIX_BEGINS = 25_569
const CHINA_SECONDS = 8 * 3600

const FORM =
  /^((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T\u3000]*(\d{1,2})[:：时](\d{1,2})(?:分?(?:[:：]?(\d{1,2})(?:\.\d{1,9})?秒?)?)?\s*(Z|[+-]\d\d:\d\d)?)?$/
