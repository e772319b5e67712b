import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { sweepPositions } from '../../server/walks/sweep-positions.ts'
import { callApi } from '../support/call-api.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { spot } from '../support/small-hierarchy.ts'
import { twoAreas } from '../support/two-areas.ts'
import { signedIn, type Visitor } from '../support/visitor.ts'
import { type Fix, publishRound, walkAlong } from '../support/walk-shift.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE

onBothDatabases('what comes from the road as a file, and how long it is kept', (context) => {
  twoAreas(context)
  const call = callApi(context)
  let ids: number[] = []
  let lin: Visitor
  let he: Visitor
  const at = spot(0.5, 0.1).coordinates

  beforeAll(async () => {
    ids = await patrolTown(context, 2)
    lin = await signedIn(context, { username: 'lin.mei', role: 'officer', area: ['990101001001'] })
    he = await signedIn(context, { username: 'he.jun', role: 'officer', area: ['990101001001'] })
  })

  const round = () =>
    publishRound(context, { people: ['lin.mei'], stops: [{ id: ids[0]!, east: 0.5, north: 0.1 }] })
  const sync = async (entries: object[], who = lin) =>
    (await who.call('POST', '/patrols/sync', { device: 'phone', entries })).body.entries
  /** As a browser sends a file. */
  async function upload(who: Visitor, path: string, body: BodyInit, type?: string) {
    const app = await context.appFor('as-signed-in')
    const cookie = [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { cookie, origin: 'http://localhost', ...(type ? { 'content-type': type } : {}) }
    const response = await app.request(`/api/v1${path}`, { method: 'POST', headers, body })
    return { status: response.status, body: await response.json() }
  }
  const count = async (table: string, where = 'true') =>
    (await context.database.sql.unsafe(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`))[0]!.n

  describe('a track of another device', () => {
    const WALK: Fix[] = [
      [0.5, 0, 0],
      [0.5, 0, 300],
      [8, 0, 900],
    ]
    const gpx = (begunAt: number, more = '') =>
      `<?xml version="1.0"?><gpx version="1.1"><trk><trkseg>${walkAlong(WALK, begunAt)
        .map(
          ({ at: time, lngLat: [lng, lat] }) =>
            `<trkpt lat="${lat}" lon="${lng}"><time>${time}</time></trkpt>`,
        )
        .join('')}${more}</trkseg></trk></gpx>`
    const pathOf = ({ planId, roundId }: { planId: number; roundId: string }) =>
      `/patrols/runs/${roundId}/gpx?plan=${planId}`
    const TYPE = 'application/gpx+xml'
    const begun = () => Math.floor(Date.now() / 1000) * 1000 - 60 * MINUTE

    test('finds its visits, and sent again, alone or as a form, adds nothing', async () => {
      const own = await round()
      const text = gpx(begun(), '<trkpt lat="31" lon="120"><time>2020-01-01T00:00:00Z</time></trkpt>')
      const first = await upload(lin, pathOf(own), text, TYPE)
      expect(first).toMatchObject({ status: 200, body: { positions: 180, leftOut: 1 } })
      const told = (await call('GET', `/patrols/runs/${first.body.runId}`)).body
      expect(told).toMatchObject({ person: 'lin.mei', stops: [{ state: 'visited' }], duty: [{}] })
      expect(told.endedAt).not.toBeNull()
      expect(told.counts.health).toBeGreaterThan(0.9)
      const form = new FormData()
      form.set('file', new File([text], 'walk.gpx'))
      for (const again of [await upload(lin, pathOf(own), text, TYPE), await upload(lin, pathOf(own), form)])
        expect(again).toMatchObject({ status: 200, body: { runId: first.body.runId, positions: 0 } })
      expect((await call('GET', `/patrols/runs/${first.body.runId}`)).body).toEqual(told)
    })

    test('of someone else’s round, of another day or that is no track is refused, and nothing is kept', async () => {
      const own = await round()
      const before = await count('patrol_run')
      expect(await upload(he, pathOf(own), gpx(begun()), TYPE)).toMatchObject({ status: 404 })
      expect(await upload(lin, pathOf(own), gpx(begun() - 2 * DAY), TYPE)).toMatchObject({
        status: 422,
        body: { code: 'invalid-body' },
      })
      expect(await upload(lin, pathOf(own), '<gpx><trk><trkseg>', TYPE)).toMatchObject({
        body: { code: 'unreadable-file' },
      })
      expect(await upload(lin, pathOf(own), '<kml></kml>', TYPE)).toMatchObject({
        body: { code: 'unsupported-format' },
      })
      expect(await upload(lin, pathOf(own), '{}', 'application/json')).toMatchObject({
        body: { code: 'unsupported-format' },
      })
      expect(await upload(lin, pathOf(own), new Uint8Array(20 * 1024 * 1024 + 1), TYPE)).toMatchObject({
        status: 413,
      })
      expect(await count('patrol_run')).toBe(before)
    })
  })

  describe('a photo of a report', () => {
    const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: '#369' } })
      .png()
      .toBuffer()
    const png = async () => new Uint8Array(await picture)
    const files = () =>
      readdirSync(join(context.deps.env.dataFolder, 'photos'), {
        recursive: true,
        withFileTypes: true,
      }).filter((entry) => entry.isFile()).length

    test('is there once however often it is sent, also at one moment, and its files too', async () => {
      const own = await round()
      const report = own.entry('report', Date.now(), { hazard: '06036', lngLat: at })
      const path = `/patrols/reports/${report.id}/photo`
      expect(await upload(lin, path, await png(), 'image/png')).toMatchObject({ status: 404 })
      const [, { hazardId }] = await sync([own.entry('begin', Date.now() - MINUTE), report])
      const answers = await Promise.all(
        Array.from({ length: 3 }, async () => upload(lin, path, await png(), 'image/png')),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201])
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
      expect(await upload(lin, path, await png(), 'image/png')).toMatchObject({
        status: 200,
        body: { id: answers[0]!.body.id, feature: hazardId, author: 'lin.mei' },
      })
      expect((await call('GET', `/photos?layer=hazards&feature=${hazardId}`)).body.photos).toHaveLength(1)
      // Full and thumb.
      expect(files()).toBe(2)
      const another = `${path}?key=00000000-0000-4000-8000-000000000077`
      expect(await upload(lin, another, await png(), 'image/png')).toMatchObject({ status: 201 })
      expect(await upload(he, path, await png(), 'image/png')).toMatchObject({ status: 404 })
    })
  })

  describe('positions', () => {
    test('are deleted when their time is over, and visits, figures and the audit trail stay', async () => {
      const own = await round()
      const begunAt = Date.now() - 30 * MINUTE
      const points = walkAlong(
        [
          [0.5, 0, 0],
          [0.5, 0, 300],
          [2, 0, 400],
        ],
        begunAt,
      )
      await sync([
        own.entry('begin', begunAt),
        own.entry('position', begunAt, { points }),
        own.entry('end', begunAt + 400_000),
      ])
      const [{ id }] = (await call('GET', `/patrols/runs?plan=${own.planId}`)).body.runs
      const before = (await call('GET', `/patrols/runs/${id}`)).body
      expect(before).toMatchObject({ stops: [{ state: 'visited' }], positionsKeptUntil: expect.any(String) })
      expect(before.positions).toHaveLength(80)
      const { sql, env } = { sql: context.database.sql, env: context.deps.env }
      const age = (days: number) => sql`
        UPDATE patrol_position SET at = at - ${days} * interval '1 day' WHERE run_id = ${id}`
      await age(29)
      await sweepPositions(sql, env)
      expect(await count('patrol_position', `run_id = ${id}`)).toBe(80)
      const settings = await call('GET', '/settings')
      expect(settings.body.values.trackDays).toBe(30)
      await age(2)
      expect(await sweepPositions(sql, env)).toBe(80)
      const after = (await call('GET', `/patrols/runs/${id}`)).body
      expect(after).toMatchObject({ positions: [], matched: [], positionsKeptUntil: null })
      expect(after.stops).toEqual(before.stops)
      expect(after.counts).toEqual(before.counts)
      const [told] = await sql`SELECT actor, detail FROM event WHERE kind = 'walk' ORDER BY id DESC LIMIT 1`
      expect(told).toMatchObject({
        actor: 'gridward',
        detail: { positionsDeleted: 80, walks: 1, trackDays: 30 },
      })
      expect((await call('GET', '/audit?kind=walk&limit=5')).status).toBe(200)
      expect(await sweepPositions(sql, env)).toBe(0)
    })

    test('are kept as long as the setting says, which has bounds', async () => {
      const { body } = await call('GET', '/settings')
      const patch = (trackDays: number | null, version: number) =>
        call('PATCH', '/settings', { trackDays }, { 'if-match': `"${version}"` })
      expect(await patch(0, body.version)).toMatchObject({ status: 422 })
      const changed = await patch(1, body.version)
      expect(changed).toMatchObject({ status: 200, body: { values: { trackDays: 1 } } })
      expect(await patch(null, changed.body.version)).toMatchObject({ body: { values: { trackDays: 30 } } })
    })

    test('are in no event that others hear', async () => {
      const texts = await context.database.sql<{ text: string }[]>`
        SELECT coalesce(after::text, '') || coalesce(detail::text, '') AS text FROM event WHERE kind <> 'put' AND kind <> 'plan'`
      expect(texts.filter(({ text }) => text.includes('lngLat') || text.includes('points'))).toEqual([])
      const [bodies] = await context.database.sql`
        SELECT count(*)::int AS n FROM patrol_entry WHERE kind <> 'report' AND body::text ~ 'lngLat|coordinates|points'`
      expect(bodies!.n).toBe(0)
    })
  })
})
