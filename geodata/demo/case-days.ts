import type { Random } from './random.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** China Standard Time has no summer time. */
const EAST = 8 * HOUR

export const HISTORY_DAYS = 91

/** How much is reported in each hour of the day, China Standard Time: rounds in the morning, the afternoon and the evening. */
const BY_HOUR = [1, 1, 0, 0, 1, 2, 5, 18, 46, 60, 52, 34, 12, 16, 44, 50, 46, 30, 18, 26, 24, 10, 4, 2]
/** Saturdays and Sundays have fewer rounds. */
const WEEKEND = 0.5

/** Moments in the last three months at which things are reported, ascending; a little more of late. All before `now`. */
export function reportTimes(random: Random, count: number, now: number): number[] {
  const today = Math.floor((now + EAST) / DAY)
  const days = Array.from({ length: HISTORY_DAYS }, (_, back) => {
    const day = today - back
    const weekday = (((day + 4) % 7) + 7) % 7
    const isWeekend = weekday === 0 || weekday === 6
    return {
      day,
      weight: (isWeekend ? WEEKEND : 1) * (1.3 - (0.5 * back) / HISTORY_DAYS) * random.between(0.75, 1.25),
    }
  })
  const pickDay = weighted(days.map(({ weight }) => weight))
  const pickHour = weighted(BY_HOUR)
  const times: number[] = []
  while (times.length < count) {
    const { day } = days[pickDay(random.next())]!
    const at = day * DAY - EAST + pickHour(random.next()) * HOUR + Math.floor(random.next() * 3600) * 1000
    if (at < now - 60_000 && at > now - HISTORY_DAYS * DAY) times.push(at)
  }
  return times.sort((a, b) => a - b)
}

/** Which of the weights a number in [0, 1) falls on. */
export function weighted(weights: readonly number[]): (share: number) => number {
  const sums: number[] = []
  let sum = 0
  for (const weight of weights) {
    sum += weight
    sums.push(sum)
  }
  return (share) => {
    const wanted = share * sum
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle]! > wanted) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** The moment itself by day; by night the next morning, when people are at work again. */
export function byDay(random: Random, at: number): number {
  const hour = (((at + EAST) % DAY) + DAY) % DAY
  if (hour >= 7.5 * HOUR && hour < 21 * HOUR) return at
  const midnight = at - hour + (hour >= 21 * HOUR ? DAY : 0)
  return midnight + 7.6 * HOUR + Math.floor(random.next() * 80) * 60_000
}
