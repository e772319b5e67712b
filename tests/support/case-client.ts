import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Identity } from '../../server/access/identity.ts'
import { createApp } from '../../server/app.ts'
import { ADMINISTRATOR, askedBy } from './administrator.ts'
import { type Answer, callApi } from './call-api.ts'
import type { DatabaseContext } from './on-both-databases.ts'

export const CLUTTER = { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06036' }

/** A report as it is sent; a new one each time. */
export const caseReport = (more: object = {}) => ({
  id: randomUUID(),
  lngLat: [120.004, 31.004],
  title: '三号楼楼道堆物',
  category: CLUTTER,
  ...more,
})

/** Asks about cases at the moment that `clock` says; `as` somebody, else as an administrator. */
export function caseClient(context: DatabaseContext, clock: { now: number }) {
  const apps = new Map<string, ReturnType<typeof createApp>>()
  const as = (identity: Partial<Identity> = {}) => {
    const key = JSON.stringify(identity)
    const app =
      apps.get(key) ??
      createApp(
        { ...context.deps, now: () => new Date(clock.now) },
        askedBy({ ...ADMINISTRATOR, ...identity }),
      )
    apps.set(key, app)
    return callApi(Object.create(context, { app: { value: async () => app } }) as DatabaseContext)
  }
  const get = async (id: number) => (await as()('GET', `/cases/${id}`)).body
  const act = async (id: number, action: object, who: Partial<Identity> = {}): Promise<Answer> =>
    as(who)('POST', `/cases/${id}/actions`, action, { 'if-match': `"${(await get(id)).version}"` })
  /** Does what must be taken; the case as it is then. */
  const done = async (id: number, action: object, who: Partial<Identity> = {}) => {
    const answer = await act(id, action, who)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return answer.body
  }
  const begin = async (more: object = {}) => {
    const answer = await as()('POST', '/cases', caseReport(more))
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const newDepartment = async (name: string): Promise<number> => {
    const [row] = await context.database.sql<
      [{ id: number }]
    >`INSERT INTO department (name) VALUES (${name}) RETURNING id`
    return row.id
  }
  /** A case that a department has, in its state `dispatched`. */
  const dispatched = async (departmentId: number, more: object = {}) => {
    const { id } = await begin(more)
    await done(id, { action: 'accept' })
    await done(id, { action: 'file' })
    return done(id, { action: 'dispatch', departmentId })
  }
  return { as, get, act, done, begin, newDepartment, dispatched }
}
