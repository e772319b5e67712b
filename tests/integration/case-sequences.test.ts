import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { Role } from '../../geodata/access/roles.ts'
import type { Identity } from '../../server/access/identity.ts'
import { createApp } from '../../server/app.ts'
import { ADMINISTRATOR, askedBy } from '../support/administrator.ts'
import {
  type Attempt,
  EVERY_ACTION,
  expectedEntry,
  isInState,
  modelOf,
  mustBeTaken,
  NEEDS_REASON,
} from '../support/case-model.ts'
import { type CountedDay, countMinutes } from '../support/count-minutes.ts'
import { onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { type LimitTold, recountClocks, type ToldEntry } from '../support/recount-clocks.ts'

/** GRIDWARD_TEST_SEQUENCES: how many; GRIDWARD_TEST_SEED: which. */
const SEQUENCES = Number(process.env.GRIDWARD_TEST_SEQUENCES ?? 30)
const SEED = Number(process.env.GRIDWARD_TEST_SEED ?? 7)

const STANDARD = 'GB/T 47678.5-2026'
const CATEGORIES = ['06036', '09012', '06010', '06001']
const SEVERITIES = ['low', 'medium', 'high', 'critical']
/** As they stand in `people`, made in this order. */
const ROLES: Role[] = [
  'administrator',
  'supervisor',
  'coordinator',
  'officer',
  'planner',
  'viewer',
  'department',
  'department',
  'department',
]
const FIRST = Date.parse('2026-01-01T00:00:00+08:00')

/** The straight way, of which some sequences have gone a part before they begin. */
const STRAIGHT = ['accept', 'file', 'dispatch', 'take', 'finish', 'submit', 'close']

const stepArbitrary = fc.record({
  pick: fc.nat(1000),
  /** Seven in ten do something that the state allows. */
  sane: fc.integer({ min: 0, max: 9 }).map((roll) => roll < 7),
  who: fc.oneof(fc.constantFrom(0, 0, 0, 1, 6, 7), fc.nat(ROLES.length - 1)),
  minutes: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 4000 })),
  isStale: fc.integer({ min: 0, max: 19 }).map((roll) => roll === 0),
  hasReason: fc.integer({ min: 0, max: 9 }).map((roll) => roll > 0),
  amount: fc.constantFrom(undefined, 1, 0.5, 4, 100),
  untilMinutes: fc.constantFrom(60, 4000, 30_000, 0, 600_000),
  to: fc.nat(1),
  /** Of what a phone sends later: so long ago. */
  minutesAgo: fc.constantFrom(0, 0, 0, 0, 5, 60),
  /** Somebody else does something at the same moment. */
  rival: fc.option(fc.nat(1000), { freq: 8 }),
})
type Step = typeof stepArbitrary extends fc.Arbitrary<infer T> ? T : never

onBothDatabases('random sequences of what is done to cases', (context) => {
  let now = FIRST
  const apps: TestApp[] = []
  const departments: number[] = []
  let departmentOfPerson: (number | null)[] = []
  let limits: LimitTold[] = []
  let counted: ReturnType<typeof countMinutes>

  beforeAll(async () => {
    const { sql } = context.database
    for (const name of ['甲科', '乙科']) {
      const [row] = await sql<[{ id: number }]>`INSERT INTO department (name) VALUES (${name}) RETURNING id`
      departments.push(row.id)
    }
    departmentOfPerson = ROLES.map((role, index) =>
      role === 'department' ? (departments[index - 6] ?? null) : null,
    )
    for (const [index, role] of ROLES.entries()) {
      const username = `seq-${index}`
      const [{ id }] = await sql<[{ id: number }]>`
        INSERT INTO person (username, name, email, role, everywhere, department_id)
        VALUES (${username}, ${username}, ${`${username}@x`}, ${role}, true, ${departmentOfPerson[index]!}) RETURNING id`
      const identity: Identity = { ...ADMINISTRATOR, name: username, role, personId: id }
      apps.push(createApp({ ...context.deps, now: () => new Date(now) }, askedBy(identity)))
    }
    limits = await sql<LimitTold[]>`SELECT clock, category_code, severity, kind, amount FROM case_limit`
    counted = countMinutes(
      await sql<CountedDay[]>`SELECT to_char(day, 'YYYY-MM-DD') AS day, kind FROM calendar_day`,
    )
  })

  const send = async (who: number, path: string, body: object, version?: number) => {
    const headers = {
      'content-type': 'application/json',
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    }
    const response = await apps[who]!.request(`/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return { status: response.status, body: await response.json() }
  }
  const entriesOf = async (id: number) => {
    const rows = await context.database.sql<
      (Omit<ToldEntry, 'at' | 'due_at'> & { at: Date; due_at: Date | null })[]
    >`
      SELECT seq, at, kind, action, from_state, to_state, actor, department_id, reason, due_at, detail, note, photos, role
      FROM case_entry WHERE hazard_id = ${id} ORDER BY seq`
    return rows.map((row) => ({
      ...row,
      at: row.at.toISOString(),
      due_at: row.due_at?.toISOString() ?? null,
    }))
  }
  const versionOf = async (id: number) => {
    const [row] = await context.database.sql<
      [{ version: number }]
    >`SELECT version FROM hazard WHERE id = ${id}`
    return row.version
  }

  test(`${SEQUENCES} sequences leave no illegal state, no lost or altered row, and clocks as counted minute by minute`, async () => {
    const sequence = fc.record({
      day: fc.nat(500),
      minute: fc.oneof(fc.nat(1439), fc.constantFrom(480, 720, 840, 1080)),
      code: fc.constantFrom(...CATEGORIES),
      severity: fc.constantFrom(...SEVERITIES),
      ahead: fc.constantFrom(0, 0, 3, 3, 3, 4, 6, 7),
      steps: fc.array(stepArbitrary, { minLength: 1, maxLength: 14 }),
    })
    let taken = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(sequence, async ({ day, minute, code, severity, ahead, steps }) => {
        now = FIRST + (day * 1440 + minute) * 60_000
        const begun = await send(0, '/cases', {
          id: randomUUID(),
          lngLat: [120, 31],
          title: '序列',
          category: { standard: STANDARD, kind: 'matter', code },
          severity,
        })
        expect(begun.status, JSON.stringify(begun.body)).toBe(201)
        const { id } = begun.body
        const recount = recountClocks(counted, limits, { code, severity })
        for (const [index, action] of STRAIGHT.slice(0, ahead).entries()) {
          now += 7 * 60_000
          const body = { action, ...(action === 'dispatch' ? { departmentId: departments[day % 2] } : {}) }
          expect(await send(0, `/cases/${id}/actions`, body, index + 1)).toMatchObject({ status: 200 })
        }
        let entries = await entriesOf(id)
        for (const step of steps) {
          now += step.minutes * 60_000
          const before = entries
          const outcome = await doStep(id, step, before, recount)
          entries = await entriesOf(id)
          expect(entries.slice(0, before.length), 'what was told stays as it was').toEqual(before)
          expect(entries.length - before.length, 'one entry for each that was taken').toBe(outcome)
          // Of two at once, both are taken only when the first leaves the version as it was.
          if (outcome === 2)
            expect(entries[before.length]).toMatchObject({
              to_state: before.at(-1)!.to_state,
              due_at: before.at(-1)!.due_at,
            })
          if (outcome > 0) taken += outcome
          else refused += 1
        }
        await expectWhole(id, entries, recount)
      }),
      { numRuns: SEQUENCES, seed: SEED },
    )
    console.log(
      `${context.engine}: ${SEQUENCES} sequences from seed ${SEED}: ${taken} actions taken, ${refused} refused`,
    )
    expect(taken).toBeGreaterThan(SEQUENCES)
    expect(refused).toBeGreaterThan(SEQUENCES / 2)
  }, 900_000)

  /** Tries a step, and what a rival does at the same time; returns how many were taken. */
  async function doStep(
    id: number,
    step: Step,
    entries: ToldEntry[],
    recount: ReturnType<typeof recountClocks>,
  ) {
    const model = modelOf(entries)
    const version = await versionOf(id)
    const run = recount(entries).at(-1)
    const ask = (pick: number, who: number) => {
      const fitting = EVERY_ACTION.filter((action) => isInState(model, action))
      const from = step.sane ? fitting : EVERY_ACTION
      const action = from[pick % from.length]!
      const at = new Date(now - step.minutesAgo * 60_000).toISOString()
      const attempt: Attempt = {
        action,
        role: ROLES[who]!,
        department: departmentOfPerson[who]!,
        at,
        hasReason: step.hasReason,
        amount: step.amount,
        untilMinutes: step.untilMinutes + (step.untilMinutes > 0 ? step.minutesAgo * -1 : 0),
        to: departments[step.to]!,
      }
      const body = {
        action,
        ...(step.hasReason && NEEDS_REASON.includes(action) ? { reason: '有原因' } : {}),
        ...(action === 'note' ? { note: '看过' } : {}),
        ...(action === 'dispatch' ? { departmentId: attempt.to } : {}),
        ...(action === 'suspend'
          ? { until: new Date(Date.parse(at) + attempt.untilMinutes * 60_000).toISOString() }
          : {}),
        ...(action === 'ask-extension' && step.amount !== undefined ? { amount: step.amount } : {}),
        ...(step.minutesAgo > 0 ? { at } : {}),
      }
      return { attempt, body }
    }
    const { attempt, body } = ask(step.pick, step.who)
    if (step.rival !== null) {
      const rival = ask(step.rival, 0)
      const answers = await Promise.all([
        send(step.who, `/cases/${id}/actions`, body, version),
        send(0, `/cases/${id}/actions`, rival.body, version),
      ])
      for (const { status } of answers) expect([200, 403, 409, 412, 422]).toContain(status)
      const moves = answers.filter((answer) => answer.status === 200)
      return moves.length
    }
    const answer = await send(step.who, `/cases/${id}/actions`, body, version + (step.isStale ? 1 : 0))
    const expected = !step.isStale && mustBeTaken(model, attempt, run)
    const why = `${attempt.role} ${attempt.action} in ${model.state}: ${JSON.stringify(answer.body.detail ?? '')}`
    expect(answer.status === 200, why).toBe(expected)
    if (!expected) {
      expect([403, 409, 412, 422], why).toContain(answer.status)
      return 0
    }
    const { seq, kind, action, fromState, toState, departmentId } = answer.body.entries.at(-1)
    expect({
      seq,
      kind,
      action,
      from_state: fromState,
      to_state: toState,
      department_id: departmentId,
    }).toEqual({
      seq: entries.length + 1,
      ...expectedEntry(model, attempt),
    })
    return 1
  }

  /** History, clocks, projection, hazard and events of one case say the same. */
  async function expectWhole(id: number, entries: ToldEntry[], recount: ReturnType<typeof recountClocks>) {
    const { sql } = context.database
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, index) => index + 1))
    for (const [index, entry] of entries.entries()) {
      expect(entry.from_state).toBe(entries[index - 1]?.to_state ?? null)
      const run = recount(entries.slice(0, index + 1)).at(-1)!
      expect(entry.due_at, `deadline after entry ${entry.seq}`).toBe(
        run.stopped === null && run.paused === null ? run.due : null,
      )
    }
    const clocks = await sql<Record<string, unknown>[]>`
      SELECT clock, run, limit_kind AS kind, limit_amount AS amount, started_at AS started, due_at AS due, stopped_at AS stopped, paused_at AS paused,
        paused_minutes AS "pausedMinutes", extensions
      FROM case_clock WHERE hazard_id = ${id} ORDER BY started_at, stopped_at NULLS LAST, run`
    const asText = (value: unknown) => (value instanceof Date ? value.toISOString() : value)
    const byRun = (a: { clock: string; run: number }, b: { clock: string; run: number }) =>
      a.clock.localeCompare(b.clock) || a.run - b.run
    const stored = clocks.map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, value]) => [key, asText(value)])),
    )
    expect((stored as { clock: string; run: number }[]).sort(byRun)).toEqual(recount(entries).sort(byRun))
    const model = modelOf(entries)
    const last = entries.at(-1)!
    const [row] = await sql<Record<string, unknown>[]>`
      SELECT h.state, h.due_at AS due, c.entries, c.department_id AS owner, c.was_suspended AS "wasSuspended", c.extensions,
        c.suspended_until IS NOT NULL AS "isSuspended", c.extension_asked IS NOT NULL AS "isAsked",
        (SELECT count(*)::int FROM event e WHERE e.layer = 'hazards' AND e.feature_id = h.id) AS events,
        (SELECT count(*)::int FROM feature_version v WHERE v.layer = 'hazards' AND v.feature_id = h.id) + 1 = h.version AS versions
      FROM hazard h JOIN hazard_case c ON c.hazard_id = h.id WHERE h.id = ${id}`
    expect({ ...row, due: asText(row!.due) }).toEqual({
      state: model.state,
      due: last.due_at,
      entries: entries.length,
      owner: model.owner,
      wasSuspended: model.wasSuspended,
      extensions: model.extensions,
      isSuspended: model.isSuspended,
      isAsked: model.isAsked,
      events: entries.length,
      versions: true,
    })
  }
})
