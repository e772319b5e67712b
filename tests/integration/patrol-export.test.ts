import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { callApi } from '../support/call-api.ts'
import { EVENING, TOMORROW } from '../support/evening.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { twoAreas } from '../support/two-areas.ts'

const run = promisify(execFile)

onBothDatabases('files of a plan', (context) => {
  const { inA } = twoAreas(context)
  const call = callApi(context)
  const rounds = [randomUUID(), randomUUID()]
  let id = 0

  beforeAll(async () => {
    const sites = await patrolTown(context, 4)
    const stop = (at: number) => ({
      id: randomUUID(),
      checkpointId: sites[at]!,
      lngLat: [120.0005 + at * 0.005, 31.0001],
      dwellMinutes: 10,
    })
    const { body, status } = await call('POST', '/patrols/plans', {
      name: '夜巡 & <一>',
      ...EVENING,
      area: ['990101001001'],
      teams: [
        { id: 'A', name: '甲组', ...EVENING, start: [120, 31] },
        { id: 'B', name: '乙组', ...EVENING, end: [120, 31] },
      ],
      rounds: [
        { id: rounds[0], teamId: 'A', stops: [stop(0), stop(1)], legs: ['street', 'street', 'street'] },
        { id: rounds[1], teamId: 'B', stops: [stop(3), stop(2)], legs: ['street', 'free', 'street'] },
      ],
    })
    expect(status, JSON.stringify(body)).toBe(201)
    id = body.id
  })

  async function file(format: string, query = '') {
    const app = await context.app()
    const response = await app.request(`/api/v1/patrols/plans/${id}/export.${format}${query}`)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  test('ways follow the streets, times follow the ways', async () => {
    const { text, headers } = await file('geojson')
    expect(headers.get('content-disposition')).toBe(`attachment; filename="patrol-plan-${id}.geojson"`)
    const { features } = JSON.parse(text)
    const [line, first, second] = features
    // 0.0055° east along the street, and what the first site lies off it, there and back.
    expect(line.properties.metres).toBeGreaterThan(520)
    expect(line.properties.metres).toBeLessThan(600)
    expect(line.properties.conflicts).toEqual([])
    const walked = (Date.parse(second.properties.arrivesAt) - Date.parse(first.properties.leavesAt)) / 60_000
    expect(walked).toBeGreaterThan(470 / 70)
    expect(walked).toBeLessThan(520 / 70)
    expect(
      features.filter(({ properties }: { properties: { kind: string } }) => properties.kind === 'stop'),
    ).toHaveLength(4)
  })

  test('one round, and a published version, can be asked for alone', async () => {
    const one = await file('gpx', `?round=${rounds[1]}`)
    expect(one.text.match(/<rte>/g)).toHaveLength(1)
    expect(one.text).toContain('乙组')
    expect((await file('gpx', `?round=${randomUUID()}`)).status).toBe(404)
    expect((await file('gpx', '?version=7')).status).toBe(404)
    expect((await file('gpx', '?round=x')).status).toBe(400)
    expect((await file('exe')).status).toBe(404)
  })

  test('GDAL reads GPX, KML and GeoJSON, with as many rounds and stops', async (skip) => {
    const folder = await mkdtemp(join(tmpdir(), 'gridward-plan-'))
    try {
      const layers = {
        gpx: ['routes', 'tracks', 'route_points'],
        kml: ['甲组', '乙组'],
        geojson: ['夜巡 & <一>'],
      }
      for (const [format, names] of Object.entries(layers)) {
        const path = join(folder, `plan.${format}`)
        await writeFile(path, (await file(format)).text)
        const { stdout } = await run('ogrinfo', ['-ro', '-al', '-so', path]).catch((error) => {
          if (error.code === 'ENOENT') return skip.skip('ogrinfo is not installed (gdal-bin)')
          throw error
        })
        for (const name of names) expect(stdout, format).toContain(`Layer name: ${name}`)
        if (format === 'gpx') {
          expect(stdout).toMatch(/Layer name: routes[\s\S]*?Feature Count: 2/)
          expect(stdout).toMatch(/Layer name: route_points[\s\S]*?Feature Count: 4/)
        }
        if (format === 'geojson') expect(stdout).toContain('Feature Count: 6')
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })

  test('a calendar has an event for each round', async () => {
    const { text, headers } = await file('ics')
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(text.match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(2)
    expect(text).toContain(`DTSTART:${TOMORROW.replaceAll('-', '')}T100000Z\r\n`)
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true)
  })

  test('a download is told in the audit trail, and is for those who reach the plan', async () => {
    await file('kml')
    const [entry] = await context.database.sql`
      SELECT detail FROM event WHERE kind = 'export' ORDER BY id DESC LIMIT 1`
    expect(entry!.detail).toMatchObject({ plan: id, version: 1, format: 'kml', rounds: 2 })
    const other = await call('POST', '/patrols/plans', { name: '全域', ...EVENING, teams: [], rounds: [] })
    expect(await inA().call('GET', `/patrols/plans/${other.body.id}/export.geojson`)).toMatchObject({
      status: 404,
    })
  })
})
