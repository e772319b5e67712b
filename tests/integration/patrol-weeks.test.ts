import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { isOver } from '../../geodata/patrols/generation.schema.ts'
import type { Plan } from '../../geodata/patrols/plan.schema.ts'
import type { WeekJob } from '../../geodata/patrols/week.schema.ts'
import { callApi } from '../support/call-api.ts'
import { WAIT_MS } from '../support/generate-rounds.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { twoAreas } from '../support/two-areas.ts'

const AREA = ['990101001001']
/** Far enough ahead that plans of it are never over. */
const DAYS = [
  '2099-11-22',
  '2099-11-23',
  '2099-11-24',
  '2099-11-25',
  '2099-11-26',
  '2099-11-27',
  '2099-11-28',
]
const team = (id: string, more: object = {}) => ({
  id,
  name: `${id}组`,
  from: '18:00',
  to: '22:00',
  start: [120.0001, 31.0001],
  end: [120.0001, 31.0001],
  ...more,
})
const week = (more: object = {}) => ({
  name: '一周',
  days: DAYS,
  from: '18:00',
  to: '22:00',
  area: AREA,
  teams: [team('A'), team('B', { from: '19:00', break: { from: '20:00', to: '20:30', minutes: 15 } })],
  iterations: 100,
  ...more,
})

onBothDatabases('planning a week', (context) => {
  const { inA } = twoAreas(context)
  const call = callApi(context)
  let sites: number[] = []

  beforeAll(async () => {
    sites = await patrolTown(context, 20)
    // A third is visited daily, a third every second day, a third once a week.
    for (const [at, id] of sites.entries())
      await context.database.sql`
        UPDATE checkpoint SET interval_minutes = ${[1440, 2880, 10_080][at % 3]!}, grace_minutes = 240 WHERE id = ${id}`
  })

  async function begin(asked: object, by = call): Promise<string> {
    const answer = await by('POST', '/patrols/weeks', asked)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 202 })
    return answer.body.jobId
  }
  const jobOf = async (id: string, by = call): Promise<WeekJob> =>
    (await by('GET', `/patrols/weeks/${id}`)).body
  async function until(id: string, holds: (job: WeekJob) => boolean, by = call): Promise<WeekJob> {
    for (const end = performance.now() + WAIT_MS; performance.now() < end; await wait(100)) {
      const job = await jobOf(id, by)
      if (holds(job)) return job
    }
    throw new Error(`It did not come: ${JSON.stringify(await jobOf(id, by)).slice(0, 500)}`)
  }
  const finish = (id: string, by = call) => until(id, ({ state }) => isOver(state), by)
  const make = (id: string) => call('POST', `/patrols/weeks/${id}/plans`)
  const countPlans = async () =>
    (await context.database.sql<[{ n: number }]>`SELECT count(*)::int AS n FROM patrol_plan`)[0].n
  const visited = ({ rounds }: Pick<Plan, 'rounds'>) =>
    rounds.flatMap(({ stops }) => stops.map(({ checkpointId }) => checkpointId!))

  test('a week becomes a draft a day, once only, and later days count what earlier ones mean to visit', async () => {
    const id = await begin(week())
    const job = await finish(id)
    expect(job, JSON.stringify(job.problem)).toMatchObject({ state: 'done', progress: 1, planIds: null })
    const { days, wanted, planned, missed } = job.proposal!
    // 7 daily, 7 on four days, 6 once.
    expect([wanted, planned, missed]).toEqual([7 * 7 + 7 * 4 + 6, wanted, []])
    const of = (at: number) => days.filter((day) => visited(day).includes(sites[at]!)).map(({ date }) => date)
    expect([of(0), of(1)]).toEqual([DAYS, [DAYS[0], DAYS[2], DAYS[4], DAYS[6]]])
    expect(of(2)).toHaveLength(1)

    const before = await countPlans()
    const [first, second] = await Promise.all([make(id), make(id)])
    expect([first.status, second.status].sort(), JSON.stringify(first.body)).toEqual([200, 201])
    expect(second.body).toEqual(first.body)
    expect(await countPlans()).toBe(before + 7)
    const plans: Plan[] = first.body.plans
    expect(plans.map(({ name, state, from }) => [name, state, from])).toEqual(
      DAYS.map((date) => [`一周 ${date.slice(5)}`, 'draft', `${date}T10:00:00.000Z`]),
    )
    expect(plans.map(visited)).toEqual(days.map(visited))
    expect((await jobOf(id)).planIds).toEqual(plans.map((plan) => plan.id))
    const ids = plans.flatMap(({ rounds }) =>
      rounds.flatMap((round) => [round.id, ...round.stops.map((stop) => stop.id)]),
    )
    expect(new Set(ids).size).toBe(ids.length)

    // The fourth day as it stands, and as it is once the three before it are walked as planned.
    const shift = `from=${DAYS[3]}T18:00:00%2B08:00&to=${DAYS[3]}T22:00:00%2B08:00&area=${AREA}`
    const due = async (query = '') => (await call('GET', `/patrols/due?${shift}&ids=${sites}${query}`)).body
    expect((await due()).counts).toMatchObject({ never: 20, later: 0 })
    const counted = await due('&planned=true')
    expect(counted.counts.never).toBe(
      days
        .slice(3)
        .flatMap(visited)
        .filter((site) => !days.slice(0, 3).flatMap(visited).includes(site)).length,
    )
    const daily = counted.sites.find(
      ({ checkpointId }: { checkpointId: number }) => checkpointId === sites[0],
    )
    expect(daily).toMatchObject({ state: 'due', neededVisits: 1, lastVisitAt: null })
    expect(daily.plannedAt > `${DAYS[2]}T10:00` && daily.plannedAt < `${DAYS[2]}T14:00`).toBe(true)

    // A plan that is deleted or closed is counted no more, and not made again.
    await call('DELETE', `/patrols/plans/${plans[2]!.id}`, undefined, { 'if-match': '"1"' })
    expect((await make(id)).body.plans).toHaveLength(6)
    const again = (await due('&planned=true')).sites.find(
      ({ checkpointId }: { checkpointId: number }) => checkpointId === sites[0],
    )
    expect(again.plannedAt < `${DAYS[1]}T14:00`).toBe(true)
  })

  test('what cannot be stored leaves no plan of the week behind', async () => {
    const id = await begin(week({ days: DAYS.slice(0, 3) }))
    await finish(id)
    const before = await countPlans()
    const gone = sites.at(-1)!
    const [row] = await context.database.sql`SELECT proposal FROM patrol_job WHERE id = ${id}`
    const proposal = JSON.parse(
      JSON.stringify(row!.proposal).replaceAll(`"checkpointId":${gone}`, '"checkpointId":9999999'),
    )
    await context.database.sql`
      UPDATE patrol_job SET proposal = ${JSON.stringify(proposal)}::text::jsonb WHERE id = ${id}`
    expect(await make(id)).toMatchObject({ status: 422, body: { code: 'invalid-body' } })
    expect(await countPlans()).toBe(before)
    expect((await jobOf(id)).planIds).toBeNull()
  })

  test('a cancel keeps the best so far; before, there are no plans of it', async () => {
    const id = await begin(week({ iterations: 10_000_000, seconds: 300 }))
    await until(id, ({ state, proposal }) => state === 'running' && proposal !== null)
    expect(await make(id)).toMatchObject({ status: 409, body: { code: 'wrong-state' } })
    expect(await call('DELETE', `/patrols/weeks/${id}`)).toMatchObject({ status: 204 })
    const job = await finish(id)
    expect(job).toMatchObject({ state: 'cancelled', proposal: { missed: [] } })
    expect(job.proposal!.days).toHaveLength(7)
    expect(await make(id)).toMatchObject({ status: 201 })
  })

  test('the stream tells the week as it gets better and ends with the search', async () => {
    const id = await begin(week({ days: DAYS.slice(0, 2) }))
    const response = await (await context.app()).request(`/api/v1/patrols/weeks/${id}/events`)
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const last = (await response.text()).trim().split('\n\n').at(-1)!
    expect(JSON.parse(last.slice(last.indexOf('data: ') + 6))).toEqual(await jobOf(id))
  })

  test('nonsense starts no search: no day, 15 days, hours past the shift, cells and people that there are not', async () => {
    const days = Array.from({ length: 15 }, (_, day) => `2099-11-${String(day + 1).padStart(2, '0')}`)
    for (const wrong of [
      { days: [] },
      { days },
      { days: ['2099-11-22', '2099-12-22'] },
      { days: ['2099-02-30'] },
      { to: '30:00' },
      { teams: [] },
      { teams: [team('A', { to: '23:00' })] },
      { teams: [team('A', { people: ['niemand'] })] },
      { area: ['990101009009'] },
      { seconds: 301 },
      { more: 1 },
    ])
      expect(await call('POST', '/patrols/weeks', week(wrong)), JSON.stringify(wrong)).toMatchObject({
        status: 422,
      })
    expect(await call('GET', `/patrols/weeks/${randomUUID()}`)).toMatchObject({ status: 404 })
    expect(await make(randomUUID())).toMatchObject({ status: 404 })
    expect(await call('GET', '/patrols/weeks/1')).toMatchObject({ status: 400 })
  })

  test('someone with an area plans weeks of its sites alone, and sees nobody else’s', async () => {
    const others = await begin(week({ area: [], days: DAYS.slice(0, 2) }))
    const own = inA().call
    expect(await own('POST', '/patrols/weeks', week({ area: ['990101001002'] }))).toMatchObject({
      status: 422,
    })
    const id = await begin(week({ area: [], days: DAYS.slice(0, 2) }), own)
    await finish(id, own)
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/events'],
      ['DELETE', ''],
      ['POST', '/plans'],
    ] as const) {
      expect(await own(method, `/patrols/weeks/${others}${path}`)).toMatchObject({ status: 404 })
      expect(await call(method, `/patrols/weeks/${id}${path}`)).toMatchObject({ status: 404 })
    }
    expect(await own('GET', `/patrols/jobs/${id}`)).toMatchObject({ status: 404 })
    const made = await own('POST', `/patrols/weeks/${id}/plans`)
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.body.plans.map(({ area }: Plan) => area)).toEqual([AREA, AREA])
    await finish(others)
  })
})
