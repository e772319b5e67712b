import { expect } from 'vitest'
import { callApi } from './call-api.ts'
import type { DatabaseContext } from './on-both-databases.ts'
import { spot } from './small-hierarchy.ts'

/**
 * Streets on a lattice over the area of smallHierarchy: every five thousandths of a degree from 0 to 40 east and `north` to
 * `north` + 20, with checkpoints at corners. Returns the ids of the checkpoints.
 */
export async function patrolTown(
  context: DatabaseContext,
  checkpoints: number,
  north = 0,
): Promise<number[]> {
  const call = callApi(context)
  const must = async (path: string, geometry: object, properties: object) => {
    const { status, body } = await call('POST', path, { type: 'Feature', geometry, properties })
    expect(status, JSON.stringify(body)).toBe(201)
    return body.id as number
  }
  const line = (points: [number, number][]) => ({
    type: 'LineString',
    coordinates: points.map(([east, up]) => spot(east, up).coordinates),
  })
  const [columns, rows] = [9, 5]
  const at = (column: number, row: number): [number, number] => [column * 5, north + row * 5]
  const across = (row: number) => Array.from({ length: columns }, (_, column) => at(column, row))
  const along = (column: number) => Array.from({ length: rows }, (_, row) => at(column, row))
  for (let row = 0; row < rows; row++) await must('/roads', line(across(row)), { kind: 'minor' })
  for (let column = 0; column < columns; column++)
    await must('/roads', line(along(column)), { kind: 'minor' })
  const ids: number[] = []
  for (let number = 0; number < checkpoints; number++) {
    const [east, up] = at(number % 8, Math.floor(number / 8) % 4)
    ids.push(
      await must('/checkpoints', spot(east + 0.5, up + 0.1), {
        name: `点位${number + 1}`,
        siteType: 'estate-gate',
        risk: number % 3 === 0 ? 'high' : 'low',
        intervalMinutes: 720,
        serviceMinutes: 5,
      }),
    )
  }
  return ids
}
