import type { RoundsProblem } from '../../geodata/routing/rounds-problem.ts'
import { numberOf, wordsByLine } from './read-instances.ts'

/** Solomon's format (also Gehring and Homberger's): customer 0 is the depot; distances are exact and are also times. */
export function readSolomon(text: string): RoundsProblem {
  const lines = wordsByLine(text)
  const vehicles = lines.findIndex(
    ([first, second]) => first?.toUpperCase() === 'NUMBER' && second !== undefined,
  )
  if (vehicles < 0) throw new Error('it has no line NUMBER CAPACITY')
  const number = numberOf(lines[vehicles + 1]?.[0], 'the number of vehicles')
  const capacity = numberOf(lines[vehicles + 1]?.[1], 'the capacity')
  const rows = lines
    .slice(vehicles + 2)
    .filter((words) => /^\d+$/.test(words[0]!))
    .map((words) =>
      Array.from({ length: 7 }, (_, at) => numberOf(words[at], `value ${at + 1} of customer ${words[0]}`)),
    )
  const depot = rows[0]
  if (!depot) throw new Error('it has no customers')
  const places = rows.length
  const seconds = new Float64Array(places * places)
  for (const [a, from] of rows.entries())
    for (const [b, to] of rows.entries())
      seconds[a * places + b] = Math.hypot(from[1]! - to[1]!, from[2]! - to[2]!)
  return {
    seconds,
    places,
    sites: rows.slice(1).map(([, , , demand, ready, due, service], at) => ({
      place: at + 1,
      service: service!,
      windows: [[ready!, due!]],
      prize: Number.POSITIVE_INFINITY,
      demand: demand!,
    })),
    teams: Array.from({ length: number }, () => ({
      start: 0,
      end: 0,
      from: depot[4]!,
      to: depot[5]!,
      pace: 1,
      breaks: [],
      capacity,
    })),
  }
}
