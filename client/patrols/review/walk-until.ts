import type { Run } from '../../../geodata/walks/run.schema.ts'

/** lng, lat, seconds since the walk began. */
type Timed = readonly [number, number, number]

/** The part of matched lines that was walked up to a moment; the last one ends where the walker was between two vertices. */
export function walkedUntil(matched: Run['matched'], seconds: number): [number, number][][] {
  return matched.flatMap(({ coordinates }) => {
    const line: [number, number][] = []
    for (const [at, [lng, lat, time]] of coordinates.entries()) {
      if (time <= seconds) {
        line.push([lng, lat])
        continue
      }
      const before = coordinates[at - 1]
      if (before && seconds > before[2]) {
        const share = (seconds - before[2]) / (time - before[2])
        line.push([before[0] + (lng - before[0]) * share, before[1] + (lat - before[1]) * share])
      }
      break
    }
    return line.length > 1 ? [line] : []
  })
}

/** The last place known at a moment: of the positions; once they are gone, of the matched lines. */
export function lastKnown({ positions, matched }: Pick<Run, 'positions' | 'matched'>, seconds: number) {
  const places: readonly Timed[] =
    positions.length > 0 ? positions : matched.flatMap(({ coordinates }) => coordinates)
  let last: Timed | undefined
  for (const place of places) if (place[2] <= seconds && (!last || place[2] >= last[2])) last = place
  return last
}

/** Seconds from the beginning of a walk to the last that is known of it. */
export function lengthOf({ positions, matched }: Pick<Run, 'positions' | 'matched'>): number {
  const ends = [positions.at(-1)?.[2], ...matched.map(({ coordinates }) => coordinates.at(-1)?.[2])]
  return Math.max(0, ...ends.flatMap((end) => (end === undefined ? [] : [Math.ceil(end)])))
}
