import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { Job } from '../../geodata/patrols/generation.schema.ts'
import type { Round } from '../../geodata/patrols/plan.schema.ts'
import { generateRounds } from '../support/generate-rounds.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { spot } from '../support/small-hierarchy.ts'
import { twoAreas } from '../support/two-areas.ts'

const LONG = { iterations: 10_000_000, seconds: 300 }

onBothDatabases('generating rounds', (context) => {
  const { inA } = twoAreas(context)
  const { call, jobOf, until, finish, make, begin } = generateRounds(context)
  let sites: number[] = []
  let far = 0

  beforeAll(async () => {
    sites = await patrolTown(context, 20)
    const { body } = await call('POST', '/checkpoints', {
      type: 'Feature',
      geometry: spot(17.5, 17.5),
      properties: { name: '孤岛', siteType: 'other', risk: 'low' },
    })
    far = body.id
  })

  const visitsOf = (rounds: Round[]) =>
    rounds.flatMap(({ stops }) => stops.map(({ checkpointId }) => checkpointId)).sort()

  test('every site is visited or says why not, the plan is stored as proposed and published', async () => {
    const plan = await make()
    const job = await finish(await begin(plan, { iterations: 500 }))
    expect(job).toMatchObject({ state: 'done', progress: 1, kind: 'visit', planVersion: 1, problem: null })
    const { rounds, unserved, generated, metres, visits } = job.proposal!
    expect(visitsOf(rounds)).toEqual([...sites].sort())
    expect(unserved).toEqual([{ checkpointId: far, reason: 'unreachable', visit: 1 }])
    expect(visits).toBe(20)
    expect(metres).toBeGreaterThan(1000)
    expect(generated).toMatchObject({ iterations: 500, settings: { iterations: 500, seed: 1 } })
    expect((await call('GET', `/patrols/plans/${plan.id}`)).body).toEqual(plan)
    const {
      id: _id,
      version: _version,
      state,
      createdBy,
      createdAt,
      updatedAt,
      publishedAt,
      publishedVersion,
      ...input
    } = plan
    expect([state, createdBy, createdAt, updatedAt, publishedAt, publishedVersion]).toHaveLength(6)
    const stored = await call(
      'PUT',
      `/patrols/plans/${plan.id}`,
      { ...input, rounds, unserved, generated },
      { 'if-match': '"1"' },
    )
    expect(stored.status, JSON.stringify(stored.body)).toBe(200)
    expect(stored.body.rounds).toEqual(rounds)
    expect(
      await call('POST', `/patrols/plans/${plan.id}/publish`, undefined, { 'if-match': '"2"' }),
    ).toMatchObject({ status: 200, body: { publishedVersion: 2 } })
  })

  test('the same seed and steps give the same rounds, ids and all', async () => {
    const plan = await make()
    const [first, second, other] = await Promise.all(
      [{ seed: 7 }, { seed: 7 }, { seed: 8 }].map(async (more) =>
        finish(await begin(plan, { iterations: 300, unpredictability: 0.8, ...more })),
      ),
    )
    expect(second!.proposal!.rounds).toEqual(first!.proposal!.rounds)
    expect(other!.proposal!.rounds).not.toEqual(first!.proposal!.rounds)
    const { entropy, most, plans } = first!.proposal!.guessing!
    expect(plans).toBe(6)
    expect(entropy).toBeGreaterThan(0)
    expect(entropy).toBeLessThanOrEqual(most)
    expect(second!.proposal!.guessing).toEqual(first!.proposal!.guessing)
  })

  test('a cancel ends a long search, and the best so far is kept', async () => {
    const plan = await make()
    const id = await begin(plan, LONG)
    await until(id, ({ proposal, state }) => state === 'running' && proposal !== null)
    expect(await call('DELETE', `/patrols/jobs/${id}`)).toMatchObject({ status: 204 })
    const job = await finish(id)
    expect(job.state).toBe('cancelled')
    expect(visitsOf(job.proposal!.rounds)).toEqual([...sites].sort())
    // Once more changes nothing.
    expect(await call('DELETE', `/patrols/jobs/${id}`)).toMatchObject({ status: 204 })
    expect(await jobOf(id)).toEqual(job)
  })

  test('another process ends it too', async () => {
    const id = await begin(await make(), LONG)
    await until(id, ({ state }) => state === 'running')
    await context.database.sql`UPDATE patrol_job SET cancel_requested = true WHERE id = ${id}`
    expect((await finish(id)).state).toBe('cancelled')
  })

  test('more than run at once wait, and one that waits can be cancelled without taking a turn', async () => {
    const plan = await make()
    const ids = [await begin(plan, LONG), await begin(plan, LONG), await begin(plan, LONG)]
    await until(ids[1]!, ({ state }) => state === 'running')
    expect((await jobOf(ids[2]!)).state).toBe('waiting')
    const last = await begin(plan, { iterations: 10 })
    await call('DELETE', `/patrols/jobs/${ids[2]}`)
    expect(await finish(ids[2]!)).toMatchObject({ state: 'cancelled', proposal: null })
    expect((await jobOf(last)).state).toBe('waiting')
    await call('DELETE', `/patrols/jobs/${ids[0]}`)
    await call('DELETE', `/patrols/jobs/${ids[1]}`)
    expect((await finish(last)).state).toBe('done')
  })

  test('the stream tells a job as it goes on and ends with it', async () => {
    const id = await begin(await make(), { iterations: 2000 })
    const response = await (await context.app()).request(`/api/v1/patrols/jobs/${id}/events`)
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const messages = (await response.text()).trim().split('\n\n')
    const last = messages.at(-1)!
    expect(last).toMatch(/^event: job\ndata: /)
    const job: Job = JSON.parse(last.slice(last.indexOf('data: ') + 6))
    expect(job.state).toBe('done')
    expect(job).toEqual(await jobOf(id))
  })

  test('whoever opens a plan again finds the search that runs, and those that are over', async () => {
    const plan = await make()
    const jobs = async () => (await call('GET', `/patrols/plans/${plan.id}/jobs`)).body.jobs as Job[]
    expect(await jobs()).toEqual([])
    const first = await finish(await begin(plan, { iterations: 10 }))
    const id = await begin(plan, LONG)
    await until(id, ({ state, proposal }) => state === 'running' && proposal !== null)
    expect(await jobs()).toMatchObject([
      { id, state: 'running', proposal: null },
      { id: first.id, state: 'done', proposal: null },
    ])
    await call('DELETE', `/patrols/jobs/${id}`)
    await finish(id)
    expect(await call('GET', '/patrols/plans/999999/jobs')).toMatchObject({ status: 404 })
  })

  test('a server that was stopped leaves no search that runs for ever', async () => {
    const plan = await make()
    const id = randomUUID()
    await context.database.sql`
      INSERT INTO patrol_job (id, plan_id, plan_version, settings, state, created_by, updated_at)
      VALUES (${id}, ${plan.id}, 1, '{"kind":"visit"}', 'running', 'x', now() - interval '2 minutes')`
    expect(await jobOf(id)).toMatchObject({ state: 'failed', problem: { code: 'unavailable' } })
  })

  test('nothing to visit, or nobody to do it, is a plan without rounds and no failure', async () => {
    const none = await finish(await begin(await make({ teams: [] }), { iterations: 10 }))
    expect(none).toMatchObject({ state: 'done', proposal: { rounds: [], visits: 0 } })
    expect(none.proposal!.unserved).toHaveLength(21)
    const empty = await make({ area: ['990101001002'] })
    expect(await finish(await begin(empty, { iterations: 10 }))).toMatchObject({
      state: 'done',
      proposal: { rounds: [], unserved: [], metres: 0 },
    })
  })

  test('what is refused starts no search', async () => {
    const plan = await make()
    const path = `/patrols/plans/${plan.id}/generate`
    for (const wrong of [
      { seconds: 301 },
      { seed: -1 },
      { kind: 'fly' },
      { kind: 'week' },
      { balance: 2 },
      { more: 1 },
    ])
      expect(await call('POST', path, wrong)).toMatchObject({ status: 422 })
    await call('POST', `/patrols/plans/${plan.id}/close`, undefined, { 'if-match': '"1"' })
    expect(await call('POST', path, {})).toMatchObject({ status: 409, body: { code: 'wrong-state' } })
    expect(await call('GET', `/patrols/jobs/${randomUUID()}`)).toMatchObject({ status: 404 })
    expect(await call('GET', '/patrols/jobs/1')).toMatchObject({ status: 400 })
  })

  test('someone with an area plans with its sites alone, and sees no search for another', async () => {
    const own = await make()
    const answer = await inA().call('POST', `/patrols/plans/${own.id}/generate`, { iterations: 10 })
    expect(answer.status).toBe(202)
    const other = await make({ area: ['990101001002'] })
    const id = await begin(other, { iterations: 10 })
    for (const [method, path] of [
      ['GET', `/patrols/jobs/${id}`],
      ['GET', `/patrols/jobs/${id}/events`],
      ['DELETE', `/patrols/jobs/${id}`],
      ['POST', `/patrols/plans/${other.id}/generate`],
      ['GET', `/patrols/plans/${other.id}/jobs`],
    ] as const)
      expect(await inA().call(method, path, method === 'POST' ? {} : undefined)).toMatchObject({
        status: 404,
      })
    await finish(answer.body.jobId)
    await finish(id)
  })
})
