import type { Span } from './replay-state.ts'

const HOUR = 3600
const DAY = 86_400
const STEPS: Record<Span, readonly number[]> = {
  day: [HOUR, 2 * HOUR, 3 * HOUR],
  week: [DAY],
  month: [DAY, 2 * DAY, 4 * DAY],
}
const MOST = 8

export interface Tick {
  second: number
  /** 06:00 in a day, 11-06 in what is longer. */
  label: string
}

const two = (value: number) => String(value).padStart(2, '0')

/** Hours or days to read a line of time by, at most `MOST` of them, in the viewer's time zone. */
export function ticksOf(span: Span, from: Date, lengthSeconds: number): Tick[] {
  const steps = STEPS[span]
  const step = steps.find((one) => lengthSeconds / one <= MOST) ?? steps.at(-1)!
  return Array.from({ length: Math.floor(lengthSeconds / step) + 1 }, (_, at) => {
    const date = new Date(from.getTime() + at * step * 1000)
    return {
      second: at * step,
      label:
        span === 'day'
          ? `${two(date.getHours())}:${two(date.getMinutes())}`
          : `${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    }
  })
}
