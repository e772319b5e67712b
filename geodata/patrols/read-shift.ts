import type { Period } from './due.schema.ts'

const DAY_MS = 86_400_000
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:\d{2})?(Z|[+-]\d{2}:\d{2})?$/
const OFFSET = /(Z|[+-]\d{2}:\d{2})$/

/**
 * A shift as people write it: 2026-11-22T18:00/22:00 or two whole times; an end without a date at or before the beginning
 * is on the next day. Times without an offset are China Standard Time. undefined: it is none.
 */
export function readShift(text: string): Period | undefined {
  const [begin, end, ...more] = text.trim().split('/')
  if (begin === undefined || end === undefined || more.length > 0 || !DATE_TIME.test(begin)) return undefined
  const from = instantOf(begin)
  let to = Number.NaN
  if (DATE_TIME.test(end)) to = instantOf(end)
  else if (CLOCK.test(end)) {
    const offset = OFFSET.exec(begin)?.[1] ?? ''
    to = instantOf(`${begin.slice(0, 10)}T${end}${offset}`)
    if (to <= from) to += DAY_MS
  }
  if (!(from < to)) return undefined
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
}

/** A day that there is not, such as 2026-02-30, is none, although Date would make one of it. */
function instantOf(time: string): number {
  const instant = Date.parse(OFFSET.test(time) ? time : `${time}+08:00`)
  const day = Date.parse(`${time.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(day) && new Date(day).toISOString().startsWith(time.slice(0, 10))
    ? instant
    : Number.NaN
}
