import { expect } from 'vitest'
import type { Role } from '../../geodata/access/roles.ts'
import type { DatabaseContext } from './on-both-databases.ts'
import { put, spot } from './small-hierarchy.ts'
import { clientOf, supervisor } from './writer.ts'

/** Those who handle cases, with people who are there, and cases for them. */
export function caseActors(context: DatabaseContext) {
  const made = new Map<string, number>()
  /** Somebody with a role who reaches everything; of a department if given. */
  async function as(role: Role, departmentId: number | null = null) {
    const name = `${role}-${departmentId ?? 'none'}`
    let personId = made.get(name)
    if (personId === undefined) {
      const [row] = await context.database.sql<[{ id: number }]>`
        INSERT INTO person (username, name, email, role, everywhere, department_id)
        VALUES (${name}, ${name}, ${`${name}@people.invalid`}, ${role === 'kiosk' ? 'viewer' : role}, true, ${departmentId})
        RETURNING id`
      personId = row.id
      made.set(name, personId)
    }
    return clientOf(context, supervisor('everywhere', { name, personId, role }))
  }
  type Client = Awaited<ReturnType<typeof as>>
  const get = async (client: Client, id: number) => (await client.call('GET', `/cases/${id}`)).body
  const act = async (client: Client, id: number, body: object) =>
    client.call('POST', `/cases/${id}/actions`, body, { 'if-match': `"${(await get(client, id)).version}"` })
  /** Does it, which must be taken. */
  async function must(client: Client, id: number, ...actions: (string | object)[]) {
    for (const action of actions) {
      const answer = await act(client, id, typeof action === 'string' ? { action } : action)
      expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
    }
  }
  /** A hazard at a spot, as an administrator reports it. */
  async function hazardAt(client: Client, east: number, north: number): Promise<number> {
    const { ids } = await client.save({
      puts: [
        put('hazards', -1, null, spot(east, north), {
          title: '楼道堆物',
          categoryCode: '06036',
          reportedAt: '2026-01-05T07:40:00+08:00',
        }),
      ],
    })
    return ids['-1']
  }
  return { as, get, act, must, hazardAt }
}
