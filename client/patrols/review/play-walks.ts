import type { LngLat } from '../../../geodata/shared/geojson.ts'
import type { Tracks } from '../../../geodata/walks/run.schema.ts'
import type { Trip, TripHead } from '../../map/trips-overlay.ts'
import { teamWords } from '../planning/words.ts'

type Walk = Tracks['walks'][number]

export interface Played {
  trips: (Trip & { label: string })[]
  /** Seconds since midnight of the viewer’s clock; a walk over midnight goes on behind 24 hours. Whole minutes. */
  from: number
  to: number
}

/**
 * Walks of any days laid over one day, by the time of day. `colourOf`: of a team, by its words. Nothing is drawn between two
 * ways of a walk: where someone was then is not known.
 */
export function playWalks(walks: readonly Walk[], colourOf: (team: string) => string): Played {
  const trips = walks.flatMap(({ begunAt, team, lines }) => {
    const begun = clockSeconds(new Date(begunAt))
    return lines
      .filter((line) => line.length > 1)
      .map((line) => ({
        label: team.id,
        colour: colourOf(teamWords(team)),
        path: line.map(([lng, lat, second]): Trip['path'][number] => [lng, lat, begun + second]),
      }))
  })
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { path } of trips) {
    from = Math.min(from, path[0]![2])
    to = Math.max(to, path.at(-1)![2])
  }
  if (trips.length === 0) return { trips, from: 0, to: 0 }
  return { trips, from: Math.floor(from / 60) * 60, to: Math.ceil(to / 60) * 60 }
}

/** Whoever is on a way at a moment, and where: evenly between two positions. */
export const headsAt = ({ trips }: Played, second: number): TripHead[] =>
  trips.flatMap(({ path, label, colour }) => {
    const at = placeAt(path, second)
    return at ? { at, label, colour } : []
  })

function placeAt(path: Trip['path'], second: number): LngLat | undefined {
  if (second < path[0]![2] || second > path.at(-1)![2]) return undefined
  const next = path.findIndex(([, , at]) => at >= second)
  const [lng, lat, at] = path[next]!
  const before = path[next - 1]
  if (!before || at === before[2]) return [lng, lat]
  const share = (second - before[2]) / (at - before[2])
  return [before[0] + (lng - before[0]) * share, before[1] + (lat - before[1]) * share]
}

const DAY_SECONDS = 86_400

/** 08:05; behind midnight of the next day it begins anew. */
export function clockWords(second: number): string {
  const minutes = Math.floor((((second % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS) / 60)
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}

const clockSeconds = (date: Date): number =>
  date.getHours() * 3600 + date.getMinutes() * 60 + date.getSeconds()
