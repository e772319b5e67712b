import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../geodata/demo/random.ts'
import { localPlane } from '../../geodata/editing/local-plane.ts'
import { isOver, type Job } from '../../geodata/patrols/generation.schema.ts'
import type { Plan } from '../../geodata/patrols/plan.schema.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Run } from '../../geodata/walks/run.schema.ts'
import { importFile } from '../../server/exchange/import-file.ts'
import { callApi } from '../support/call-api.ts'
import { WAIT_MS } from '../support/generate-rounds.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { signedIn } from '../support/visitor.ts'
import { iso } from '../support/walk-shift.ts'

const TONGJI = new URL('../../../shared/data/towns/tongji-shanghai.osm.pbf', import.meta.url).pathname
if (!existsSync(TONGJI)) console.log('Skipped: an evening in Tongji, because ../shared/data is not here.')
const MINUTE = 60_000
const METRES_PER_SECOND = 70 / 60

describe.skipIf(!existsSync(TONGJI))('an evening in Tongji', () => {
  onBothDatabases('from the import to what was walked', (context) => {
    const call = callApi(context)
    const ok = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
      const answer = await call(method, path, body, headers)
      expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body).slice(0, 500)}`).toBeLessThan(
        300,
      )
      return answer.body
    }

    test('60 sites are planned for 4 teams, handed out, and a round walked with errors of 6 m is seen as walked', async () => {
      await importFile(context.database, { path: TONGJI, fileName: 'tongji.osm.pbf', division: '310110' })
      const sites = await placeSites(60)
      const officer = await signedIn(context, { username: 'lin.mei', role: 'officer' })
      const now = Date.now()
      const hours = { from: iso(now - 200 * MINUTE), to: iso(now + 40 * MINUTE) }
      const made: Plan = await ok('POST', '/patrols/plans', {
        name: '晚间巡查',
        ...hours,
        teams: ['A', 'B', 'C', 'D'].map((id) => ({
          id,
          name: `${id}组`,
          people: ['lin.mei'],
          ...hours,
        })),
      })
      const { jobId } = await ok('POST', `/patrols/plans/${made.id}/generate`, { iterations: 3000, seed: 3 })
      const job = await finished(jobId)
      expect(job).toMatchObject({ state: 'done' })
      const { rounds, unserved, generated } = job.proposal!
      const visited = rounds.flatMap(({ stops }) => stops.map(({ checkpointId }) => checkpointId))
      expect(new Set([...visited, ...unserved.map(({ checkpointId }) => checkpointId)])).toEqual(
        new Set(sites),
      )
      expect(new Set(visited).size).toBeGreaterThan(50)
      expect(rounds.length).toBe(4)

      const { name, note, from, to, area, teams } = made
      const stored: Plan = await ok(
        'PUT',
        `/patrols/plans/${made.id}`,
        { name, note, from, to, area, teams, rounds, unserved, generated },
        { 'if-match': '"1"' },
      )
      await ok('POST', `/patrols/plans/${made.id}/publish`, undefined, { 'if-match': `"${stored.version}"` })

      const round = stored.rounds.toSorted((a, b) => a.stops.length - b.stops.length)[0]!
      // All but the last two stops are walked to, with the minutes on site, and a position each five seconds.
      const walked = round.stops.slice(0, -2)
      const entry = (kind: string, at: number, more: object = {}) => ({
        id: randomUUID(),
        at: iso(at),
        planId: made.id,
        roundId: round.id,
        kind,
        ...more,
      })
      const { points, end } = await walkTo(walked, now - 190 * MINUTE)
      expect(end).toBeLessThan(now)
      const entries = [entry('begin', now - 190 * MINUTE)]
      for (let at = 0; at < points.length; at += 500) {
        const some = points.slice(at, at + 500)
        entries.push(entry('position', Date.parse(some.at(-1)!.at), { points: some }))
      }
      entries.push(entry('end', end + 1000))
      const { body: answer } = await officer.call('POST', '/patrols/sync', { device: 'phone', entries })
      expect(answer.entries.map(({ state }: { state: string }) => state)).toEqual(entries.map(() => 'taken'))

      const run = await matched(made.id)
      expect(run.stops.slice(0, -2).map(({ state }) => state)).toEqual(walked.map(() => 'visited'))
      const skipped = run.stops.slice(-2).map(({ state }) => state)
      expect(skipped).not.toContain('visited')
      expect(run.counts.planned).toBe(round.stops.length)
      expect(run.counts.adherence).toBeCloseTo(walked.length / round.stops.length, 6)
    }, 240_000)

    /** Checkpoints beside streets of the middle of the town, some with hours in which they are open. */
    async function placeSites(count: number): Promise<number[]> {
      const { features } = await ok('GET', '/roads?limit=1000')
      const random = createRandom(60)
      const ids: number[] = []
      const roads = random.shuffle(
        (features as { geometry: { coordinates: LngLat[] }; properties: { walkable: boolean } }[]).filter(
          ({ properties }) => properties.walkable,
        ),
      )
      for (const { geometry } of roads) {
        if (ids.length === count) break
        const [lng, lat] = geometry.coordinates[0]!
        const body = await ok('POST', '/checkpoints', {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [lng, lat] },
          properties: {
            name: `点位${ids.length}`,
            siteType: 'estate-gate',
            risk: 'medium',
            intervalMinutes: 720,
            serviceMinutes: 3,
          },
        })
        ids.push(body.id)
      }
      return ids
    }

    async function finished(jobId: string): Promise<Job> {
      for (const end = performance.now() + WAIT_MS; performance.now() < end; await wait(100)) {
        const job: Job = await ok('GET', `/patrols/jobs/${jobId}`)
        if (isOver(job.state)) return job
      }
      throw new Error('The search did not end.')
    }

    async function matched(planId: number): Promise<Run> {
      for (const end = performance.now() + WAIT_MS; performance.now() < end; await wait(100)) {
        const { runs } = await ok('GET', `/patrols/runs?plan=${planId}`)
        if (runs.length === 1) {
          const run: Run = await ok('GET', `/patrols/runs/${runs[0].id}`)
          if (run.stops.some(({ state }) => state === 'visited')) return run
        }
      }
      throw new Error('No visit was found.')
    }

    async function walkTo(stops: { lngLat: LngLat; dwellMinutes: number }[], begun: number) {
      const random = createRandom(6)
      const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next())
      const points: { at: string; lngLat: LngLat; accuracyMetres: number }[] = []
      let now = begun
      const see = (lngLat: LngLat) => {
        const seen = localPlane(lngLat).toLngLat([6 * normal(), 6 * normal()])
        points.push({ at: iso(now), lngLat: [seen[0], seen[1]], accuracyMetres: 6 })
        now += 5000
      }
      const { legs } = await ok('POST', '/patrols/paths', { points: stops.map(({ lngLat }) => lngLat) })
      for (const [at, { lngLat, dwellMinutes }] of stops.entries()) {
        for (let second = 0; second <= dwellMinutes * 60; second += 5) see(lngLat)
        if (at + 1 === stops.length) break
        const coordinates: LngLat[] = legs[at].coordinates
        for (let next = 1; next < coordinates.length; next++) {
          const [from, to] = [coordinates[next - 1]!, coordinates[next]!]
          const metres = Math.hypot(...localPlane(from).toMetres(to))
          for (let gone = 0; gone < metres; gone += 5 * METRES_PER_SECOND)
            see([
              from[0] + (gone / metres) * (to[0] - from[0]),
              from[1] + (gone / metres) * (to[1] - from[1]),
            ])
        }
      }
      return { points, end: now }
    }
  })
})
