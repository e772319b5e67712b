import { expect } from 'vitest'
import { callApi } from './call-api.ts'
import type { DatabaseContext } from './on-both-databases.ts'
import { box } from './upload-geojson.ts'

/** `size` degrees wide and high, from its south-western corner. */
export const square = (lng: number, lat: number, size: number) => box(lng, lat, lng + size, lat + size)

/** Its border crosses itself. */
export const bowTie = {
  type: 'Polygon',
  coordinates: [
    [
      [120, 31],
      [120.01, 31.02],
      [120.01, 31],
      [120, 31.01],
      [120, 31],
    ],
  ],
}

/** Creates features that must be taken, and gives them back as they were stored. */
export const createFeatures =
  (context: DatabaseContext) => async (layer: string, geometry: unknown, properties: unknown) => {
    const answer = await callApi(context)('POST', `/${layer}`, { type: 'Feature', geometry, properties })
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
    return answer.body
  }

/**
 * The first feature of every layer, in an empty database: a community with a grid, a micro-grid and a building, one in
 * the other, and a facility, a hazard and a checkpoint in the building.
 */
export async function oneOfEach(context: DatabaseContext) {
  const create = createFeatures(context)
  const community = await create('communities', square(120, 31, 0.02), {
    code: '990101001001',
    name: '柳堤社区',
  })
  const grid = await create('grids', square(120, 31, 0.01), { name: '第一网格' })
  const microGrid = await create('micro-grids', square(120, 31, 0.005), { name: '第一微网格' })
  const building = await create('buildings', square(120.001, 31.001, 0.0005), {
    name: '1幢',
    address: '槐荫路88弄1号',
    use: 'residential',
    floors: 6,
    households: 24,
    population: 60,
  })
  const point = { type: 'Point', coordinates: [120.0011, 31.0011] }
  const hazard = await create('hazards', point, {
    title: '楼道堆物',
    categoryCode: '06036',
    reportedAt: '2026-11-20T07:40:00+08:00',
  })
  await create('facilities', point, {
    kind: 'aed',
    works: { title: '更换电极片', startsOn: '2026-11-01', endsOn: null },
  })
  await create('checkpoints', point, {
    name: '东门',
    siteType: 'estate-gate',
    intervalMinutes: 720,
    timeWindows: [{ from: '08:00', to: '20:00' }],
  })
  await create(
    'roads',
    {
      type: 'LineString',
      coordinates: [
        [120, 31],
        [120.01, 31],
      ],
    },
    { name: '槐荫路', kind: 'main' },
  )
  await create('zones', square(120, 31, 0.02), { zoneLayer: 'police', code: 'J01', name: '一号警格' })
  await create('landcover', square(120.01, 31.01, 0.001), { kind: 'water', name: '柳堤河' })
  return { community, grid, microGrid, building, hazard }
}
