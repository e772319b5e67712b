import type { ImportReport } from '../../geodata/exchange/import-report.schema.ts'
import type { DatabaseContext } from './on-both-databases.ts'

export async function post(
  context: DatabaseContext,
  content: string | Uint8Array,
  fields: Record<string, string> = {},
  { name = 'file.geojson', query = '' } = {},
) {
  const body = new FormData()
  body.set('file', new File([content as BlobPart], name))
  for (const [key, value] of Object.entries(fields)) body.set(key, value)
  const app = await context.app()
  const response = await app.request(`/api/v1/imports${query}`, { method: 'POST', body })
  return {
    status: response.status,
    json: (await response.json()) as ImportReport & { code: string; detail: string },
  }
}

export const rows = async ({ database }: DatabaseContext) => {
  const [row] = await database.sql`
    SELECT (SELECT count(*) FROM building) + (SELECT count(*) FROM road) + (SELECT count(*) FROM facility)
      + (SELECT count(*) FROM import_batch) + (SELECT count(*) FROM event) AS count`
  return row!.count as number
}
export const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features })
export const box = (west: number, south: number, east: number, north: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})
export const feature = (properties: object, geometry: unknown, more: object = {}) => ({
  type: 'Feature',
  properties,
  geometry,
  ...more,
})
