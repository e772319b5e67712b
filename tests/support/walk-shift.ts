import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { callApi } from './call-api.ts'
import type { DatabaseContext } from './on-both-databases.ts'
import { spot } from './small-hierarchy.ts'

const MINUTE = 60_000

/** East and north in thousandths of a degree, as `spot`, at so many seconds since the walk began. */
export type Fix = [east: number, north: number, seconds: number]

/** Positions each five seconds, straight from place to place; a place that is given twice is stayed at. */
export function walkAlong(fixes: readonly Fix[], begunAt: number, accuracyMetres = 5) {
  const points: { at: string; lngLat: [number, number]; accuracyMetres: number }[] = []
  for (let leg = 1; leg < fixes.length; leg++) {
    const [[fromEast, fromNorth, from], [east, north, to]] = [fixes[leg - 1]!, fixes[leg]!]
    for (let second = from; second < to; second += 5) {
      const share = (second - from) / (to - from)
      const at = spot(fromEast + share * (east - fromEast), fromNorth + share * (north - fromNorth))
      points.push({
        at: iso(begunAt + second * 1000),
        lngLat: at.coordinates as [number, number],
        accuracyMetres,
      })
    }
  }
  return points
}

export const iso = (milliseconds: number) => new Date(milliseconds).toISOString()

/** A published plan of one round, under way since two hours, for someone to walk. */
export async function publishRound(
  context: DatabaseContext,
  {
    people,
    stops,
    area = [],
    dwellMinutes = 5,
    hours = [-120, 60],
  }: {
    people: string[]
    stops: { id: number | null; east: number; north: number }[]
    area?: string[]
    dwellMinutes?: number
    hours?: [number, number]
  },
) {
  const call = callApi(context)
  const now = Date.now()
  const shift = { from: iso(now + hours[0] * MINUTE), to: iso(now + hours[1] * MINUTE) }
  const round = {
    id: randomUUID(),
    teamId: 'A',
    stops: stops.map(({ id, east, north }) => ({
      id: randomUUID(),
      checkpointId: id,
      lngLat: spot(east, north).coordinates,
      dwellMinutes,
    })),
    legs: stops.map(() => 'street').concat('street'),
  }
  const made = await call('POST', '/patrols/plans', {
    name: '夜巡',
    ...shift,
    area,
    teams: [{ id: 'A', name: '甲组', people, ...shift, start: spot(0, 0).coordinates }],
    rounds: [round],
  })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const published = await call('POST', `/patrols/plans/${made.body.id}/publish`, undefined, {
    'if-match': '"1"',
  })
  expect(published.status).toBe(200)
  const planId = made.body.id as number
  const entry = (kind: string, at: number, more: object = {}) => ({
    id: randomUUID(),
    at: iso(at),
    planId,
    roundId: round.id,
    kind,
    ...more,
  })
  return { planId, roundId: round.id, stops: round.stops, shift, entry }
}
