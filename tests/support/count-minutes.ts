/**
 * Working time counted by looking at every minute of three years, one after the other: slow, and written without the
 * product’s own calendar. Minutes are since 1970.
 */
const FIRST = Date.parse('2025-12-31T16:00:00Z') / 60_000
const MINUTES = 3 * 366 * 1440

export interface CountedDay {
  day: string
  kind: 'holiday' | 'workday'
}

/** For each minute how many working minutes went before it. */
export function countMinutes(days: readonly CountedDay[]) {
  const said = new Map(days.map(({ day, kind }) => [day, kind]))
  const before = new Uint32Array(MINUTES + 1)
  for (let index = 0; index < MINUTES; index++) {
    const shanghai = new Date((FIRST + index + 480) * 60_000)
    const kind = said.get(shanghai.toISOString().slice(0, 10))
    const isWeekend = shanghai.getUTCDay() === 0 || shanghai.getUTCDay() === 6
    const isOff = kind === 'holiday' || (isWeekend && kind !== 'workday')
    const hour = shanghai.getUTCHours()
    const isOpen = (hour >= 8 && hour < 12) || (hour >= 14 && hour < 18)
    before[index + 1] = before[index]! + (isOpen && !isOff ? 1 : 0)
  }
  const at = (minute: number) => before[minute - FIRST]!
  return {
    between: (from: number, to: number) => at(to) - at(from),
    /** The first minute before which so many working minutes lie since `from`. */
    add(from: number, minutes: number): number {
      if (minutes <= 0) return from
      const wanted = at(from) + minutes
      let [low, high] = [from, FIRST + MINUTES]
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        if (at(middle) >= wanted) high = middle
        else low = middle + 1
      }
      return low
    },
  }
}
