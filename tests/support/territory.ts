import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { AnalysisPartHead } from '../../geodata/coverage/analysis.schema.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox, LngLat } from '../../geodata/shared/geojson.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { type CampaignsThere, campaignsIn } from './access-campaigns.ts'
import { leaderOf } from './access-duties.ts'
import { callApi } from './call-api.ts'
import { EVENING } from './evening.ts'
import type { DatabaseContext } from './on-both-databases.ts'
import { square } from './one-of-each.ts'
import { decodeStrictly } from './strict-mvt.ts'
import { collection, feature } from './upload-geojson.ts'

type Shape = { geometry: unknown; properties: Record<string, unknown> }

/** A community with one of everything in it, and ways to ask for more. What an administrator would see. */
export interface Territory {
  name: string
  /** Stands in the name of everything that stands here, and nowhere else. */
  mark: string
  code: string
  bbox: Bbox
  /** In the building. */
  inside: LngLat
  ids: Record<LayerId, number>
  noteId: number
  photoId: string
  personId: number
  batchId: number
  picture: Uint8Array
  now(): string
  unique(): string
  file(): FormData
  /** A further feature that would stand in free ground here. */
  another(layer: LayerId): Shape & { type: 'Feature' }
  /** The same, stored. */
  fresh(layer: LayerId): Promise<{ feature: StoredFeature; etag: string }>
  stored(layer: LayerId): Promise<{ feature: StoredFeature; etag: string }>
  renamed(layer: LayerId): Record<string, unknown>
  changeSet(): Promise<{ id: string; puts: object[]; deletes: object[] }>
  etagOf(path: string): Promise<string>
  freshNote(): Promise<number>
  deletedNote(): Promise<{ id: number; etag: string }>
  freshPhoto(): Promise<string>
  view(): Promise<{ id: number; etag: string }>
  /** A published plan of a patrol here, and others that are drafts. */
  planId: number
  /** Somebody's walk of its round, with a position at `inside`. */
  runId: number
  campaigns: CampaignsThere
  /** A search for its rounds. */
  jobId: string
  /** An analysis of it that is done, with a part `gap`, and further ones. */
  analysisId: string
  freshAnalysis(): Promise<string>
  patrol(): { area: string[] }
  freshPlan(): Promise<{ id: number; etag: string }>
  /** z/x/y of the tile with `inside`. */
  tile(z: number): string
  isInTile(bytes: Uint8Array, layer: LayerId): boolean
}

const GAP = (bbox: Bbox): AnalysisPartHead => ({
  part: 'gap',
  geometry: 'Point',
  count: 1,
  bbox,
  fields: [{ name: 'name', type: 'text' }],
})

let serial = 0
const unique = () => String(++serial).padStart(5, '0')

/** Builds a territory whose south-western corner is at `lng`, 31° north. `code`: twelve digits. */
export async function buildTerritory(
  context: DatabaseContext,
  { lng, code, mark, picture }: { lng: number; code: string; mark: string; picture: Uint8Array },
): Promise<Territory> {
  const call = callApi(context)
  const must = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const answer = await call(method, path, body, headers)
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300)
    return answer
  }
  const at = (east: number, north: number): LngLat => [lng + east, 31 + north]
  const point = (east: number, north: number) => ({ type: 'Point', coordinates: at(east, north) })
  const line = (north: number) => ({
    type: 'LineString',
    coordinates: [at(0.0005, north), at(0.0045, north)],
  })
  const properties: Record<LayerId, () => Record<string, unknown>> = {
    communities: () => ({ name: `${mark}社区` }),
    grids: () => ({ name: `${mark}网格` }),
    'micro-grids': () => ({ name: `${mark}微网格` }),
    buildings: () => ({ name: `${mark}幢`, use: 'residential', households: 24 }),
    zones: () => ({ name: `${mark}警格`, zoneLayer: 'police' }),
    landcover: () => ({ name: `${mark}河`, kind: 'water' }),
    roads: () => ({ name: `${mark}路`, kind: 'main' }),
    facilities: () => ({ name: `${mark}急救点`, kind: 'aed', status: 'in-service' }),
    checkpoints: () => ({ name: `${mark}东门`, siteType: 'estate-gate', intervalMinutes: 720 }),
    hazards: () => ({
      title: `${mark}堆物`,
      severity: 'critical',
      categoryCode: '06036',
      reportedAt: '2026-11-20T07:40:00+08:00',
    }),
  }
  const shape: Record<LayerId, unknown> = {
    communities: square(lng, 31, 0.02),
    grids: square(lng, 31, 0.01),
    'micro-grids': square(lng, 31, 0.005),
    buildings: square(lng + 0.001, 31.001, 0.0005),
    zones: square(lng + 0.0005, 31.0005, 0.002),
    landcover: square(lng + 0.003, 31.003, 0.001),
    roads: line(0.002),
    facilities: point(0.0011, 0.0011),
    checkpoints: point(0.0012, 0.0012),
    hazards: point(0.0013, 0.0013),
  }
  const another: Territory['another'] = (layer) => {
    const step = serial % 50
    unique()
    const small = (west: number, north: number, size: number) =>
      square(lng + west + (step % 10) * size * 1.5, 31 + north + Math.floor(step / 10) * size * 1.5, size)
    const where: Record<LayerId, unknown> = {
      communities: square(lng, 32 + serial * 0.001, 0.0005),
      grids: small(0.011, 0.011, 0.0004),
      'micro-grids': small(0.0055, 0.0055, 0.0002),
      buildings: small(0.002, 0.0035, 0.00005),
      zones: small(0.001, 0.001, 0.0001),
      landcover: small(0.001, 0.001, 0.0001),
      roads: line(0.0025),
      facilities: point(0.0021, 0.0021),
      checkpoints: point(0.0022, 0.0022),
      hazards: point(0.0023, 0.0023),
    }
    const code = layer === 'communities' ? { code: `9902${String(serial).padStart(8, '0')}` } : {}
    return {
      type: 'Feature',
      geometry: where[layer],
      properties: { ...properties[layer](), ...code },
    }
  }

  const ids = {} as Record<LayerId, number>
  for (const layer of LAYER_IDS) {
    const own = layer === 'communities' ? { code } : {}
    const { body } = await must('POST', `/${layer}`, {
      type: 'Feature',
      geometry: shape[layer],
      properties: { ...properties[layer](), ...own },
    })
    ids[layer] = body.id
    // A second version, so that the first is in the history.
    await must(
      'PATCH',
      `/${layer}/${body.id}`,
      { properties: layer === 'hazards' ? { title: `${mark}堆物二` } : { name: `${mark}二` } },
      { 'if-match': '"1"' },
    )
  }
  await must('POST', '/duties/changes', { puts: [leaderOf(ids.buildings, `${mark}楼栋长`)] })
  const newNote = async () =>
    (await must('POST', '/notes', { layer: 'buildings', feature: ids.buildings, text: `${mark}备注` })).body
      .id as number
  const newPhoto = async () => {
    const app = await context.app()
    const response = await app.request(`/api/v1/photos?layer=buildings&feature=${ids.buildings}`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: picture as BodyInit,
    })
    expect(response.status).toBe(201)
    return ((await response.json()) as { id: string }).id
  }
  const etagOf = async (path: string) => {
    const { body, headers } = await must('GET', path.replace('/api/v1', ''))
    return headers.get('etag') ?? `"${body.version}"`
  }
  const stored: Territory['stored'] = async (layer) => {
    const { body } = await must('GET', `/${layer}/${ids[layer]}`)
    return { feature: body, etag: `"${body.version}"` }
  }
  const file = () => {
    const form = new FormData()
    const name = `${mark}导入`
    form.set(
      'file',
      new File(
        [collection(feature({ kind: 'aed', name }, { type: 'Point', coordinates: at(0.004, 0.004) }))],
        'more.geojson',
      ),
    )
    form.set('layer', 'facilities')
    form.set('source', 'test')
    return form
  }
  const imported = await (await context.app()).request('/api/v1/imports', { method: 'POST', body: file() })
  expect(imported.status).toBe(201)
  const { batchId } = (await imported.json()) as { batchId: number }
  const patrol = () => {
    return {
      name: `${mark}夜巡`,
      ...EVENING,
      area: [code],
      teams: [{ id: 'A', name: '甲组', ...EVENING, start: at(0.0014, 0.0012) }],
      rounds: [
        {
          id: randomUUID(),
          teamId: 'A',
          stops: [
            { id: randomUUID(), checkpointId: ids.checkpoints, lngLat: at(0.001, 0.001), dwellMinutes: 5 },
          ],
          legs: ['street', 'street'],
        },
      ],
    }
  }
  const freshPlan = async () => {
    const { body } = await must('POST', '/patrols/plans', patrol())
    return { id: body.id as number, etag: `"${body.version}"` }
  }
  const published = await freshPlan()
  await must('POST', `/patrols/plans/${published.id}/publish`, undefined, { 'if-match': published.etag })
  const [run] = await context.database.sql<[{ id: number }]>`
    INSERT INTO patrol_run (plan_id, plan_version, round_id, team_id, team_name, person, starts_at, ends_at, begun_at, ended_at)
    SELECT id, version, (body #>> '{rounds,0,id}')::uuid, 'A', '甲组', 'weiduan', starts_at, ends_at, starts_at,
      starts_at + interval '1 hour' FROM patrol_plan WHERE id = ${published.id} RETURNING id`
  await context.database.sql`
    INSERT INTO patrol_position (run_id, at, geom)
    SELECT id, begun_at, ST_SetSRID(ST_MakePoint(${lng + 0.0012}::float8, 31.0012), 4326) FROM patrol_run WHERE id = ${run.id}`
  const job = await must('POST', `/patrols/plans/${published.id}/generate`, { iterations: 1 })
  async function freshAnalysis(): Promise<string> {
    const id = randomUUID()
    await context.database.sql`
      INSERT INTO analysis (id, kind, title, area, everywhere, params, reads, state, result, parts, created_by, finished_at)
      VALUES (${id}, 'overlay', ${`${mark}覆盖`}, ${[code]}::text[], false, '{"none":1}', '{}', 'done', '{}',
        ${JSON.stringify([GAP([lng, 31, lng + 0.02, 31.02])])}::text::jsonb, 'somebody', now())`
    await context.database
      .sql`INSERT INTO analysis_area SELECT ${id}, 'communities', id FROM community WHERE code = ${code}`
    await context.database.sql`
      INSERT INTO analysis_feature (analysis_id, part, seq, properties, geom)
      VALUES (${id}, 'gap', 1, jsonb_build_object('name', ${mark}::text), ST_SetSRID(ST_MakePoint(${lng + 0.0012}::float8, 31.0012), 4326))`
    return id
  }
  const people = await must('POST', '/people', { username: `of-${code}`, name: '某人', role: 'viewer' })

  return {
    name: code,
    mark,
    code,
    bbox: [lng, 31, lng + 0.02, 31.02],
    inside: at(0.0012, 0.0012),
    ids,
    noteId: await newNote(),
    photoId: await newPhoto(),
    personId: people.body.person.id,
    batchId,
    picture,
    now: () => new Date().toISOString(),
    unique,
    file,
    another,
    fresh: async (layer) => {
      const { body } = await must('POST', `/${layer}`, another(layer))
      return { feature: body, etag: `"${body.version}"` }
    },
    stored,
    renamed: (layer) =>
      layer === 'hazards' ? { title: `${mark}${unique()}` } : { name: `${mark}${unique()}` },
    changeSet: async () => {
      const { feature } = await stored('buildings')
      const { id, version, geometry } = feature
      const changed = { ...feature.properties, name: `${mark}${unique()}` }
      return {
        id: randomUUID(),
        puts: [{ layer: 'buildings', id, version, geometry, properties: changed }],
        deletes: [],
      }
    },
    etagOf,
    freshNote: newNote,
    deletedNote: async () => {
      const id = await newNote()
      await must('DELETE', `/notes/${id}`, undefined, { 'if-match': '"1"' })
      return { id, etag: '"1"' }
    },
    freshPhoto: newPhoto,
    planId: published.id,
    runId: run.id,
    campaigns: await campaignsIn(must, { mark, code, building: ids.buildings }),
    jobId: job.body.jobId,
    analysisId: await freshAnalysis(),
    freshAnalysis,
    patrol,
    freshPlan,
    view: async () => {
      const { body } = await must('POST', '/views', { name: `视图 ${unique()}`, query: '' })
      return { id: body.id, etag: `"${body.version}"` }
    },
    tile: (z) => {
      const [x, y] = at(0.0012, 0.0012)
      const tiles = 2 ** z
      const latitude = (y * Math.PI) / 180
      const row = Math.floor(((1 - Math.asinh(Math.tan(latitude)) / Math.PI) / 2) * tiles)
      return `${z}/${Math.floor(((x + 180) / 360) * tiles)}/${row}`
    },
    isInTile: (bytes, layer) =>
      bytes.length > 0 &&
      (decodeStrictly(bytes, [-100_000, 100_000]).get(layer) ?? []).some(({ id }) => id === ids[layer]),
  }
}
