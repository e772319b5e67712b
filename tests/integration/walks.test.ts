import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { callApi } from '../support/call-api.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { spot } from '../support/small-hierarchy.ts'
import { twoAreas } from '../support/two-areas.ts'
import { signedIn, type Visitor } from '../support/visitor.ts'
import { iso, publishRound, walkAlong } from '../support/walk-shift.ts'

const MINUTE = 60_000

onBothDatabases('walking rounds', (context) => {
  twoAreas(context)
  const call = callApi(context)
  let ids: number[] = []
  let lin: Visitor
  let he: Visitor

  beforeAll(async () => {
    ids = await patrolTown(context, 8)
    lin = await signedIn(context, { username: 'lin.mei', role: 'officer', area: ['990101001001'] })
    he = await signedIn(context, { username: 'he.jun', role: 'officer', area: ['990101001001'] })
  })

  const stopAt = (number: number) => ({ id: ids[number]!, east: (number % 8) * 5 + 0.5, north: 0.1 })
  const round = (more: Partial<Parameters<typeof publishRound>[1]> = {}) =>
    publishRound(context, { people: ['lin.mei'], stops: [stopAt(0), stopAt(1)], ...more })
  const sync = async (entries: object[], who = lin) => {
    const answer = await who.call('POST', '/patrols/sync', { device: 'phone', entries })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return answer.body.entries
  }
  const count = async (table: string, where = 'true') =>
    (await context.database.sql.unsafe(`SELECT count(*)::int AS n FROM ${table} WHERE ${where}`))[0]!.n
  const at = spot(0.5, 0.1).coordinates

  test('my round holds all that is needed without a network, and nobody else is given it', async () => {
    const { planId, roundId, stops } = await round()
    const { body } = await lin.call('GET', '/patrols/mine')
    const mine = body.rounds.find((one: { roundId: string }) => one.roundId === roundId)
    expect(mine).toMatchObject({
      plan: { id: planId, version: 1, name: '夜巡' },
      team: { id: 'A', people: ['lin.mei'] },
      duty: null,
      stops: [
        {
          id: stops[0]!.id,
          name: '点位1',
          siteType: 'estate-gate',
          windows: null,
          checkedIn: null,
          records: [],
        },
        { name: '点位2', dwellMinutes: 5 },
      ],
    })
    expect(mine.path.length).toBeGreaterThan(2)
    expect(Date.parse(mine.stops[1].arrivesAt)).toBeGreaterThan(Date.parse(mine.stops[0].leavesAt))
    expect(JSON.stringify((await he.call('GET', '/patrols/mine')).body)).not.toContain(roundId)
  })

  test('a round that is over, not yet near, withdrawn or a draft is not mine', async () => {
    const rounds = [await round({ hours: [-400, -200] }), await round({ hours: [1500, 1600] })]
    const closed = await round()
    await call('POST', `/patrols/plans/${closed.planId}/close`, undefined, { 'if-match': '"1"' })
    const { body } = await lin.call('GET', '/patrols/mine')
    const seen = body.rounds.map(({ roundId }: { roundId: string }) => roundId)
    for (const { roundId } of [...rounds, closed]) expect(seen).not.toContain(roundId)
  })

  test('what is sent twice, in any order, together or at once is there once', async () => {
    const { entry, stops } = await round()
    const now = Date.now()
    const begin = entry('begin', now - 60 * MINUTE)
    const entries = [
      entry('check-in', now - 50 * MINUTE, {
        stopId: stops[0]!.id,
        lngLat: at,
        accuracyMetres: 8,
        dwellSeconds: 60,
      }),
      entry('record', now - 49 * MINUTE, {
        stopId: stops[0]!.id,
        outcome: 'dissuaded',
        count: 2,
        note: '停车',
      }),
      entry('report', now - 48 * MINUTE, {
        hazard: '09012',
        severity: 'high',
        description: '占道',
        lngLat: at,
      }),
      begin,
    ]
    const before = await count('hazard')
    const first = await sync([...entries, entries[2]!])
    expect(first.map(({ state }: { state: string }) => state)).toEqual([
      'taken',
      'taken',
      'taken',
      'taken',
      'known',
    ])
    expect(first[0].visit).toBe('visited')
    expect(first[4].hazardId).toBe(first[2].hazardId)
    const again = await Promise.all([sync(entries), sync(entries.toReversed())])
    expect(again[0]).toEqual(first.slice(0, 4).map((one: object) => ({ ...one, state: 'known' })))
    expect(again[1].every(({ state }: { state: string }) => state === 'known')).toBe(true)
    expect(await count('hazard')).toBe(before + 1)
    expect(await count('patrol_visit', `stop_id = '${stops[0]!.id}'`)).toBe(1)
    expect(await count('patrol_entry', `stop_id = '${stops[0]!.id}' AND kind = 'record'`)).toBe(1)
    const hazard = await call('GET', `/hazards/${first[2].hazardId}`)
    expect(hazard.body.properties).toMatchObject({
      categoryCode: '09012',
      state: 'reported',
      severity: 'high',
      description: '占道',
      communityCode: '990101001001',
    })
    const { body } = await lin.call('GET', '/patrols/mine')
    const mine = body.rounds.find((one: { roundId: string }) => one.roundId === begin.roundId)
    expect(mine).toMatchObject({
      duty: { begunAt: begin.at, endedAt: null },
      stops: [{ checkedIn: 'visited', records: [{ outcome: 'dissuaded', count: 2, note: '停车' }] }, {}],
    })
  })

  test('two phones that send the same new report at one moment make one hazard', async () => {
    const { entry } = await round()
    const now = Date.now()
    await sync([entry('begin', now - 10 * MINUTE)])
    const report = entry('report', now, { hazard: '06036', lngLat: at })
    const before = await count('hazard')
    const answers = await Promise.all([sync([report]), sync([report]), sync([report])])
    expect(answers.map(([one]) => one.state).sort()).toEqual(['known', 'known', 'taken'])
    expect(await count('hazard')).toBe(before + 1)
  })

  test('someone else’s round is refused, and so is an id of someone else', async () => {
    const { entry } = await round()
    const begin = entry('begin', Date.now() - MINUTE)
    expect(await sync([begin], he)).toMatchObject([{ state: 'refused', problem: { code: 'not-found' } }])
    expect(await sync([begin])).toMatchObject([{ state: 'taken' }])
    const own = await round({ people: ['he.jun'] })
    expect(await sync([{ ...own.entry('begin', Date.now()), id: begin.id }], he)).toMatchObject([
      { state: 'refused', problem: { code: 'id-reused' } },
    ])
  })

  test('positions count between beginning and end of duty alone, whatever the order in which they come', async () => {
    const { entry, roundId } = await round()
    const now = Date.now()
    const walk = (from: number, to: number) =>
      entry('position', now - from * MINUTE, {
        points: walkAlong(
          [
            [0, 0, 0],
            [1, 0, (from - to) * 60],
          ],
          now - from * MINUTE,
        ),
      })
    const [during, early] = [walk(30, 29), walk(50, 49)]
    const code = 'wrong-state'
    expect(await sync([during])).toMatchObject([{ state: 'refused', problem: { code } }])
    // Refused once is not known: it is taken when the beginning is there.
    expect(await sync([during, entry('begin', now - 40 * MINUTE)])).toMatchObject([{ state: 'taken' }, {}])
    expect(await sync([early])).toMatchObject([{ state: 'refused', problem: { code } }])
    await sync([entry('end', now - 20 * MINUTE)])
    expect(await sync([walk(15, 14)])).toMatchObject([{ state: 'refused', problem: { code } }])
    // Late, but of the time on duty; what goes beyond it is left out.
    expect(await sync([walk(21, 19)])).toMatchObject([{ state: 'taken', leftOut: 11 }])
    const stored = await count(
      'patrol_position p JOIN patrol_run r ON r.id = p.run_id',
      `r.round_id = '${roundId}'`,
    )
    expect(stored).toBe(12 + 13)
    const checkIn = entry('check-in', now - 10 * MINUTE, { stopId: randomUUID(), lngLat: at })
    expect(await sync([checkIn])).toMatchObject([{ state: 'refused', problem: { code: 'invalid-body' } }])
  })

  describe('an entry that cannot be is refused by itself, with the reason', () => {
    const refused: [string, (now: number) => object, string][] = [
      ['from the future', (now) => ({ at: iso(now + 10 * MINUTE) }), 'invalid-body'],
      ['eight days old', (now) => ({ at: iso(now - 8 * 1440 * MINUTE) }), 'invalid-body'],
      ['of no known kind', () => ({ kind: 'teleport' }), 'invalid-body'],
      ['of a plan that is not there', () => ({ planId: 999_999 }), 'not-found'],
      ['with a member that nobody knows', () => ({ admin: true }), 'invalid-body'],
      ['that ends what never began', (now) => ({ kind: 'end', at: iso(now - 100 * MINUTE) }), 'wrong-state'],
      ['beyond the poles', () => ({ kind: 'report', hazard: '06036', lngLat: [120, 91] }), 'invalid-body'],
      ['of a category of no catalogue', () => ({ kind: 'report', hazard: 'X', lngLat: at }), 'invalid-body'],
      [
        'far from the round and the area',
        () => ({ kind: 'report', hazard: '06036', lngLat: [119, 30] }),
        'outside-area',
      ],
    ]
    test.each(refused)('%s', async (_what, more, code) => {
      const { entry } = await round()
      const now = Date.now()
      const bad = { ...entry('begin', now), ...more(now) }
      const answers = await sync([entry('begin', now - MINUTE), bad, entry('end', now)])
      expect(answers).toMatchObject([
        { state: 'taken' },
        { state: 'refused', problem: { code } },
        { state: 'taken' },
      ])
    })
  })

  test('a request that is too large or names nothing is refused whole', async () => {
    const { entry } = await round()
    const many = Array.from({ length: 1001 }, () => entry('begin', Date.now()))
    const post = (entries: object[]) => lin.call('POST', '/patrols/sync', { device: 'phone', entries })
    expect(await post(many)).toMatchObject({ status: 422 })
    expect(await post([])).toMatchObject({ status: 422 })
    const long = { ...entry('record', Date.now()), note: 'x'.repeat(1_000_001) }
    expect(await post([long])).toMatchObject({ status: 413, body: { code: 'too-large' } })
  })

  test('a check-in far away, without a position or with a poor one is only probable', async () => {
    const { entry, stops } = await round()
    const now = Date.now()
    const there = { stopId: stops[0]!.id, dwellSeconds: 0 }
    const answers = await sync([
      entry('begin', now - 20 * MINUTE),
      entry('check-in', now - 9 * MINUTE, {
        ...there,
        lngLat: spot(1.05, 0.1).coordinates,
        accuracyMetres: 5,
      }),
      entry('check-in', now - 8 * MINUTE, {
        ...there,
        lngLat: spot(1.2, 0.1).coordinates,
        accuracyMetres: 5,
      }),
      entry('check-in', now - 7 * MINUTE, { ...there, lngLat: null }),
      entry('check-in', now - 6 * MINUTE, { ...there, lngLat: at, accuracyMetres: 500 }),
    ])
    expect(answers.slice(1).map(({ visit }: { visit: string }) => visit)).toEqual([
      'visited',
      'probable',
      'probable',
      'probable',
    ])
  })
})
