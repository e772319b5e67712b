import { beforeAll, expect, test } from 'vitest'
import { readDispatchEntry } from '../../geodata/dispatch/read-entry.ts'
import { sweepWhistles } from '../../server/dispatch/sweep-whistles.ts'
import { caseActors } from '../support/case-actor.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { twoAreas } from '../support/two-areas.ts'
import { cells } from '../support/writer.ts'

onBothDatabases('whistles', (context) => {
  const { all, areas, by, inWest } = twoAreas(context)
  const inEast = () => by([cells({ grids: [areas.a.east] })])
  const { as, get, act, must, hazardAt } = caseActors(context)
  let [police, fire, idle] = [0, 0, 0]

  beforeAll(async () => {
    const add = async (name: string, more: object = {}) =>
      (await all.call('POST', '/departments', { name, ...more })).body.id as number
    ;[police, fire, idle] = [await add('派出所'), await add('消防站'), await add('已撤销', { active: false })]
  })
  const callTo = (id: number, departments: number[], more: object = {}) =>
    all.call('POST', `/cases/${id}/whistles`, { departments, reason: '多部门联合处置', ...more })
  const openCase = async (to: number) => {
    const id = await hazardAt(all, 5, 5)
    await must(all, id, 'accept', 'file', { action: 'dispatch', departmentId: to }, 'take')
    return id
  }

  test('called departments answer for themselves alone, once, and say why not; all of it stands in the history', async () => {
    const id = await openCase(police)
    const called = await callTo(id, [police, fire])
    expect(called, JSON.stringify(called.body)).toMatchObject({ status: 201 })
    const [{ id: whistle, calls }] = called.body.whistles
    expect(calls.map((call: { answer: string; late: boolean }) => [call.answer, call.late])).toEqual([
      ['waiting', false],
      ['waiting', false],
    ])
    const [policeman, fireman, officer] = [
      await as('department', police),
      await as('department', fire),
      await as('officer'),
    ]
    const answer = (client: typeof policeman, body: object) =>
      client.call('POST', `/whistles/${whistle}/answers`, body)
    expect(await answer(officer, { accepted: true })).toMatchObject({ status: 403 })
    expect(await answer(await as('department'), { accepted: true })).toMatchObject({ status: 403 })
    expect(await answer(fireman, { accepted: true, department: police })).toMatchObject({ status: 403 })
    expect(await answer(fireman, { accepted: false })).toMatchObject({ status: 422 })
    expect(await answer(fireman, { accepted: false, reason: '不属于本部门职责' })).toMatchObject({
      status: 200,
    })
    expect(await answer(fireman, { accepted: true })).toMatchObject({
      status: 409,
      body: { code: 'wrong-state' },
    })
    expect(await answer(all, { accepted: true })).toMatchObject({ status: 422 })
    expect((await answer(policeman, { accepted: true })).body.whistles[0].calls).toMatchObject([
      { department: { name: '派出所' }, answer: 'accepted', mayAnswer: false },
      { department: { name: '消防站' }, answer: 'declined', reason: '不属于本部门职责' },
    ])
    const { entries, state } = await get(all, id)
    expect(state).toBe('handling')
    expect(
      entries.slice(-3).map(({ kind, action }: { kind: string; action: string }) => [kind, action]),
    ).toEqual([
      ['whistle', 'call'],
      ['whistle-answer', 'decline'],
      ['whistle-answer', 'accept'],
    ])
    expect(await inWest().call('GET', `/cases/${id}/whistles`)).toMatchObject({ status: 200 })
    expect(await inEast().call('GET', `/cases/${id}/whistles`)).toMatchObject({ status: 404 })
    expect(
      await inEast().call('POST', `/whistles/${whistle}/answers`, { department: fire, accepted: true }),
    ).toMatchObject({ status: 404 })
  })

  test('nobody is called twice, given up departments and cases that are over are not called at all', async () => {
    const id = await openCase(police)
    expect(await callTo(id, [fire, fire])).toMatchObject({ status: 422 })
    expect(await callTo(id, [idle])).toMatchObject({
      status: 422,
      body: { issues: [{ at: '/departments' }] },
    })
    expect(await callTo(id, [999_999])).toMatchObject({ status: 422 })
    expect(await callTo(id, [fire], { answerWithin: { kind: 'urgent-hours', amount: 0 } })).toMatchObject({
      status: 422,
    })
    expect(await callTo(id, [fire])).toMatchObject({ status: 201 })
    expect(await callTo(id, [fire])).toMatchObject({ status: 409 })
    expect(await (await as('officer')).call('POST', `/cases/${id}/whistles`, {})).toMatchObject({
      status: 403,
    })
    const over = await hazardAt(all, 5, 6)
    await must(all, over, { action: 'reject', reason: '重复' })
    expect(await callTo(over, [fire])).toMatchObject({ status: 409, body: { code: 'wrong-state' } })
    const both = await Promise.all([callTo(id, [police]), callTo(id, [police])])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  test('work goes to those who came; the case is not closed over open tasks without a reason', async () => {
    const id = await openCase(police)
    const [{ id: whistle }] = (await callTo(id, [police, fire])).body.whistles
    await all.call('POST', `/whistles/${whistle}/answers`, { department: police, accepted: true })
    await all.call('POST', `/whistles/${whistle}/answers`, {
      department: fire,
      accepted: false,
      reason: '无法到场',
    })
    const divide = (department: number) =>
      all.call('POST', `/whistles/${whistle}/tasks`, {
        tasks: [
          { department: police, task: '劝离', due: '2026-01-09' },
          { department, task: '清理', due: '2026-01-08' },
        ],
        note: '现场会商',
      })
    expect(await divide(fire)).toMatchObject({
      status: 422,
      body: { issues: [{ at: '/tasks/1/department' }] },
    })
    const divided = await divide(police)
    const tasks = divided.body.whistles[0].tasks
    expect(
      tasks.map((task: { task: string; state: string; late: boolean }) => [task.task, task.state, task.late]),
    ).toEqual([
      ['清理', 'open', true],
      ['劝离', 'open', true],
    ])
    const owed = async () =>
      (await all.call('GET', '/dispatch/owed?overdue=true')).body.owed
        .filter((each: { hazard: number }) => each.hazard === id)
        .map((each: { kind: string; what: string; dueAt: string }) => [each.kind, each.what, each.dueAt])
    expect(await owed()).toEqual([
      ['task', '清理', '2026-01-08T16:00:00.000Z'],
      ['task', '劝离', '2026-01-09T16:00:00.000Z'],
    ])
    expect([await sweepWhistles(context.deps), await sweepWhistles(context.deps)]).toEqual([2, 0])
    const settle = async (client: typeof all, task: number, body: object) =>
      client.call('POST', `/whistles/${whistle}/tasks/${task}`, body)
    expect(await settle(await as('department', fire), tasks[0].id, { state: 'done' })).toMatchObject({
      status: 403,
    })
    expect(await settle(all, 999_999, { state: 'done' })).toMatchObject({ status: 404 })
    expect(await settle(all, tasks[1].id, { state: 'dropped' })).toMatchObject({ status: 422 })
    expect(await settle(await as('department', police), tasks[0].id, { state: 'done' })).toMatchObject({
      status: 200,
    })
    expect(await settle(all, tasks[0].id, { state: 'done' })).toMatchObject({ status: 409 })
    await must(all, id, 'finish', 'submit')
    const refused = await act(all, id, { action: 'close' })
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'wrong-state', missing: ['tasks'], openTasks: 1 },
    })
    expect(await owed()).toEqual([['task', '劝离', '2026-01-09T16:00:00.000Z']])
    await must(all, id, { action: 'close', reason: '余下工作转入日常巡查' })
    expect(await owed()).toEqual([])
    const { entries } = await get(all, id)
    expect(entries.at(-1)).toMatchObject({ action: 'close', reason: '余下工作转入日常巡查' })
    const [early, late] = [
      { department: '派出所', task: '清理', due: '2026-01-08' },
      { department: '派出所', task: '劝离', due: '2026-01-09' },
    ]
    expect(entries.flatMap(readDispatchEntry)).toEqual([
      { code: 'called', values: { departments: ['派出所', '消防站'] } },
      { code: 'comes', values: { department: '派出所' } },
      { code: 'declines', values: { department: '消防站' } },
      { code: 'task', values: late },
      { code: 'task', values: early },
      { code: 'task-overdue', values: late },
      { code: 'task-overdue', values: early },
      { code: 'done', values: early },
    ])
    const [{ id: unanswered }] = (await callTo(await openCase(police), [fire])).body.whistles
    const hazard = await context.database.sql`SELECT hazard_id FROM whistle WHERE id = ${unanswered}`
    await must(all, hazard[0]!.hazard_id, 'finish', 'submit', 'close')
    expect(
      await all.call('POST', `/whistles/${unanswered}/answers`, { department: fire, accepted: true }),
    ).toMatchObject({ status: 409, body: { code: 'wrong-state' } })
  })

  test('a case that cannot be told of an overdue answer holds up no other', async () => {
    const { sql } = context.database
    const [broken, sound] = [await openCase(police), await openCase(police)]
    for (const id of [broken, sound]) await callTo(id, [fire])
    await sql`
      UPDATE whistle_call SET due_at = now() - interval '1 minute' WHERE whistle_id IN (
        SELECT id FROM whistle WHERE hazard_id IN (${broken}, ${sound}))`
    await sql`UPDATE hazard_case SET entries = entries + 5 WHERE hazard_id = ${broken}`
    const failures: unknown[] = []
    expect(await sweepWhistles(context.deps, (error) => failures.push(error))).toBe(1)
    expect(failures).toMatchObject([{ constraint_name: 'case_entry_follows' }])
    await sql`UPDATE hazard_case SET entries = entries - 5 WHERE hazard_id = ${broken}`
    expect((await get(all, sound)).entries.at(-1)).toMatchObject({ action: 'whistle-overdue' })
    expect([await sweepWhistles(context.deps), await sweepWhistles(context.deps)]).toEqual([1, 0])
  })

  test('an answer that is overdue is told once, shown as late and can still be given', async () => {
    const id = await openCase(police)
    const [{ id: whistle }] = (await callTo(id, [fire])).body.whistles
    const waiting = async (query: string) =>
      (await all.call('GET', `/dispatch/owed?${query}`)).body.owed.filter(
        (each: { hazard: number }) => each.hazard === id,
      )
    expect(await waiting('overdue=true')).toEqual([])
    await context.database.sql`
      UPDATE whistle_call SET due_at = now() - interval '1 minute' WHERE whistle_id = ${whistle}`
    expect(await waiting(`department=${fire}&overdue=true`)).toMatchObject([
      { kind: 'answer', department: { name: '消防站' }, what: '多部门联合处置', late: true },
    ])
    expect(await waiting(`department=${police}`)).toEqual([])
    const own = await (await as('department', fire)).call('GET', '/dispatch/owed?department=mine')
    expect(own.body.owed.map((each: { hazard: number }) => each.hazard)).toContain(id)
    const nobodys = await (await as('department')).call('GET', '/dispatch/owed?department=mine')
    expect(nobodys.body).toEqual({ owed: [], total: 0 })
    expect((await inEast().call('GET', '/dispatch/owed')).body.owed).toEqual([])
    expect((await inWest().call('GET', '/dispatch/owed?overdue=true&limit=1')).body.owed).toHaveLength(1)
    const told = [await sweepWhistles(context.deps), await sweepWhistles(context.deps)]
    expect(told[1]).toBe(0)
    const { entries } = await get(all, id)
    expect(entries.filter(({ kind }: { kind: string }) => kind === 'escalated')).toMatchObject([
      { action: 'whistle-overdue', actor: 'gridward', detail: { whistle, departments: [{ id: fire }] } },
    ])
    const late = await all.call('POST', `/whistles/${whistle}/answers`, { department: fire, accepted: true })
    expect(late.body.whistles[0].calls).toMatchObject([{ answer: 'accepted', late: true }])
    expect(await waiting('')).toEqual([])
  })
})
