import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { callApi } from './call-api.ts'
import { EVENING } from './evening.ts'
import type { DatabaseContext } from './on-both-databases.ts'
import { spot } from './small-hierarchy.ts'

/** A published plan for these cells (none: everywhere) with so many rounds of two points to pass, each a straight line. Returns its id. */
export async function publishRounds(
  context: DatabaseContext,
  area: string[],
  rounds: number,
): Promise<number> {
  const call = callApi(context)
  const stop = (east: number, north: number) => ({
    id: randomUUID(),
    checkpointId: null,
    lngLat: spot(east, north).coordinates,
    dwellMinutes: 0,
  })
  const { status, body } = await call('POST', '/patrols/plans', {
    name: '夜巡',
    ...EVENING,
    area,
    teams: [{ id: 'A', name: '甲组', ...EVENING }],
    rounds: Array.from({ length: rounds }, (_, round) => ({
      id: randomUUID(),
      teamId: 'A',
      stops: [stop(round, 0), stop(round, 5)],
      legs: ['free', 'free', 'free'],
    })),
  })
  expect(status, JSON.stringify(body)).toBe(201)
  const published = await call('POST', `/patrols/plans/${body.id}/publish`, undefined, { 'if-match': '"1"' })
  expect(published.status, JSON.stringify(published.body)).toBe(200)
  return body.id
}
