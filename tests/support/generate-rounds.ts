import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'vitest'
import { isOver, type Job } from '../../geodata/patrols/generation.schema.ts'
import type { Plan } from '../../geodata/patrols/plan.schema.ts'
import { callApi } from './call-api.ts'
import { EVENING } from './evening.ts'
import type { DatabaseContext } from './on-both-databases.ts'

/** Each search begins a thread: on a busy machine several of them take a minute. */
export const WAIT_MS = 100_000

/** A team of those hours with a post at the south-western corner of smallHierarchy. */
export const patrolTeam = (id: string, more: object = {}) => ({
  id,
  name: `${id}组`,
  ...EVENING,
  start: [120.0001, 31.0001],
  end: [120.0001, 31.0001],
  ...more,
})

/** Plans that are made and searched for. */
export function generateRounds(context: DatabaseContext) {
  const call = callApi(context)
  const jobOf = async (id: string): Promise<Job> => (await call('GET', `/patrols/jobs/${id}`)).body
  async function until(id: string, holds: (job: Job) => boolean): Promise<Job> {
    for (const end = performance.now() + WAIT_MS; performance.now() < end; await wait(100)) {
      const job = await jobOf(id)
      if (holds(job)) return job
    }
    throw new Error(`It did not come: ${JSON.stringify(await jobOf(id)).slice(0, 500)}`)
  }
  return {
    call,
    jobOf,
    until,
    finish: (id: string) => until(id, ({ state }) => isOver(state)),
    async make(more: object = {}): Promise<Plan> {
      const { status, body } = await call('POST', '/patrols/plans', {
        name: '夜巡',
        ...EVENING,
        area: ['990101001001'],
        teams: [patrolTeam('A'), patrolTeam('B')],
        ...more,
      })
      expect(status, JSON.stringify(body)).toBe(201)
      return body
    },
    async begin({ id }: Plan, settings: object): Promise<string> {
      const answer = await call('POST', `/patrols/plans/${id}/generate`, settings)
      expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 202 })
      expect(answer.headers.get('location')).toContain(answer.body.jobId)
      return answer.body.jobId
    },
  }
}
