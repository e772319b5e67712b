import { beforeAll, describe, expect, test } from 'vitest'
import { afterDeletion } from '../../geodata/editing/change-set.ts'
import { ENDED_STATES } from '../../geodata/hazards/deadline.ts'
import type { HazardReplay } from '../../geodata/hazards/replay.schema.ts'
import { playTimeline } from '../../geodata/hazards/replay-player.ts'
import { makeTimeline, STATUS } from '../../geodata/hazards/replay-timeline.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { client, put, spot } from '../support/small-hierarchy.ts'

const DAY = 86_400_000
const PATH = '/history/hazards'
const iso = (time: number) => new Date(Math.floor(time / 1000) * 1000).toISOString()

onBothDatabases('the replay of hazards', (context) => {
  const { call, save, get } = client(context)
  const replay = async (from: number, to: number, more = ''): Promise<HazardReplay> => {
    const answer = await call('GET', `${PATH}?from=${iso(from)}&to=${iso(to)}${more}`)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
    return answer.body
  }
  const statusOf = (played: HazardReplay, id: number, at: number) => {
    const player = playTimeline(makeTimeline(played))
    player.seek((at - Date.parse(played.from)) / 1000)
    return player.status[played.hazards.id.indexOf(id)]
  }

  describe('of the demo area', () => {
    beforeAll(() => seedDemo(context.database, { buildings: 300, seed: 3 }))

    test('at any moment hazards stand as the last entry of each history up to then says', async () => {
      const now = Date.now()
      for (const [from, to] of [
        [now - 30 * DAY, now],
        [now - 3 * DAY, now - 2 * DAY],
      ] as const) {
        const played = await replay(from, to)
        expect(played.to).toBe(iso(to))
        const player = playTimeline(makeTimeline(played))
        for (const share of [0, 0.21, 0.5, 0.93, 1]) {
          const at = iso(from + share * (to - from))
          // Reckoned by the database, from all histories.
          const [wanted] = await context.database.sql`
            WITH told AS (
              SELECT DISTINCT ON (hazard_id) to_state <> ALL(${[...ENDED_STATES]}::text[]) AS stands, due_at
              FROM case_entry WHERE at <= ${at} ORDER BY hazard_id, seq DESC)
            SELECT count(*) FILTER (WHERE stands)::int AS standing,
              count(*) FILTER (WHERE stands AND date_trunc('second', due_at) < ${at})::int AS overdue FROM told`
          player.seek((Date.parse(at) - Date.parse(played.from)) / 1000)
          const { counts } = player
          const standing = counts[STATUS.open]! + counts[STATUS.soon]! + counts[STATUS.overdue]!
          expect({ standing, overdue: counts[STATUS.overdue] }, at).toEqual({ ...wanted })
        }
      }
    })

    test('a box leaves out what lies elsewhere', async () => {
      const now = Date.now()
      const all = await replay(now - 30 * DAY, now)
      const [lng, lat] = [all.hazards.lng[0]!, all.hazards.lat[0]!]
      const near = [lng - 0.001, lat - 0.001, lng + 0.001, lat + 0.001]
      const some = await replay(now - 30 * DAY, now, `&bbox=${near}`)
      expect(some.hazards.id).toContain(all.hazards.id[0])
      expect(some.hazards.id.length).toBeLessThan(all.hazards.id.length)
      expect(some.hazards.lng.every((each) => Math.abs(each - lng) < 0.0011)).toBe(true)
    })
  })

  test('a deleted hazard is there until it went, and again since it came back', async () => {
    const began = Date.now()
    // Replays count whole seconds.
    const anotherSecond = () => new Promise((resolve) => setTimeout(resolve, 1001))
    const made = await save({
      puts: [
        put('hazards', -1, null, spot(500, 500), {
          title: '回放',
          categoryCode: 'L0001',
          reportedAt: iso(began),
        }),
      ],
    })
    const id = made.ids['-1']
    const { version, geometry, properties } = await get('hazards', id)
    const there = Date.now()
    await anotherSecond()
    await save({ deletes: [{ layer: 'hazards', id, version }] })
    const gone = Date.now()
    const deleted = await replay(began - DAY, gone)
    expect(statusOf(deleted, id, there)).not.toBe(STATUS.none)
    expect(statusOf(deleted, id, gone)).toBe(STATUS.none)
    await anotherSecond()
    await save({ puts: [put('hazards', id, afterDeletion(version), geometry, properties)] })
    const back = await replay(began - DAY, Date.now())
    expect(statusOf(back, id, began - 2000)).toBe(STATUS.none)
    expect(statusOf(back, id, gone)).toBe(STATUS.none)
    expect(statusOf(back, id, Date.now())).not.toBe(STATUS.none)
    const later = await replay(gone, Date.now())
    expect(statusOf(later, id, gone)).toBe(STATUS.none)
  })

  test.each([
    ['a time that is still to come', DAY, 2 * DAY, 'still to come'],
    ['an end before the beginning', -DAY, -2 * DAY, 'not after from'],
    ['more than a season', -200 * DAY, 0, 'more than 124 days'],
  ])('%s is refused with what to do', async (_, from, to, words) => {
    const now = Date.now()
    const answer = await call('GET', `${PATH}?from=${iso(now + from)}&to=${iso(now + to)}`)
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } })
    expect(answer.body.detail).toContain(words)
  })

  test('what is still to come is left out: the answer ends now', async () => {
    const now = Date.now()
    const { to, now: told } = await replay(now - DAY, now + DAY)
    expect(Date.parse(to)).toBeGreaterThanOrEqual(Math.floor(now / 1000) * 1000)
    expect(Date.parse(to)).toBeLessThanOrEqual(Date.parse(told))
  })
})
