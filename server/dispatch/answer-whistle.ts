import type { Division, TaskChange, WhistleAnswer } from '../../geodata/dispatch/whistle.schema.ts'
import { isEnded } from '../../geodata/hazards/workflow.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { type Doer, departmentOf } from '../cases/doer.ts'
import type { Deps } from '../platform/deps.ts'
import { speaksFor, tellCase } from './case-entry.ts'
import { hazardOfWhistle } from './whistle.store.ts'

type Parts = Pick<Deps, 'database' | 'now'>

/**
 * A called department comes, or says why not; once. Late answers are taken and stay late. Returns the case. Throws not-found,
 * not-permitted for another’s department, wrong-state when it has answered or the case is over, invalid-body when it was not called.
 */
export async function answerWhistle(
  deps: Parts,
  id: number,
  { department: named, accepted, reason }: WhistleAnswer,
  doer: Doer,
): Promise<number> {
  const hazardId = await hazardOfWhistle(deps.database.sql, id)
  await tellCase(deps, hazardId, doer, async (tx, { now, state }) => {
    if (isEnded(state.state))
      throw new Problem('wrong-state', `The case is “${state.state}”: nobody waits for an answer any more.`, {
        extra: { state: state.state },
      })
    const departmentId = await speaksFor(tx, doer, named)
    const [call] = await tx<{ name: string; answer: string | null; late: boolean }[]>`
      SELECT d.name, k.answer, k.due_at < ${now}::text::timestamptz AS late
      FROM whistle_call k JOIN department d ON d.id = k.department_id
      WHERE k.whistle_id = ${id} AND k.department_id = ${departmentId} FOR UPDATE OF k`
    if (!call)
      throw new Problem('invalid-body', `The department ${departmentId} was not called by this whistle.`, {
        issues: [{ at: '/department', message: 'was not called' }],
      })
    if (call.answer !== null)
      throw new Problem(
        'wrong-state',
        `“${call.name}” has answered already: ${call.answer}. What is to be done now goes into the division of the work.`,
      )
    await tx`
      UPDATE whistle_call SET answer = ${accepted ? 'accepted' : 'declined'}, answered_at = ${now}::text::timestamptz,
        answered_by = ${doer.actor.name}, reason = ${reason}
      WHERE whistle_id = ${id} AND department_id = ${departmentId}`
    return {
      answer: undefined,
      told: {
        kind: 'whistle-answer',
        action: accepted ? 'accept' : 'decline',
        reason,
        detail: { whistle: id, department: { id: departmentId, name: call.name }, accepted, late: call.late },
      },
    }
  })
  return hazardId
}

/** Who does what by when, as it was agreed when they met; further meetings add to it. Returns the case. Throws not-found, wrong-state, invalid-body. */
export async function divideWork(
  deps: Parts,
  id: number,
  { tasks, note }: Division,
  doer: Doer,
): Promise<number> {
  const hazardId = await hazardOfWhistle(deps.database.sql, id)
  await tellCase(deps, hazardId, doer, async (tx, { state }) => {
    if (isEnded(state.state))
      throw new Problem('wrong-state', `The case is “${state.state}”: there is no work to divide.`, {
        extra: { state: state.state },
      })
    const called = await tx<{ id: number; name: string; answer: string | null }[]>`
      SELECT d.id, d.name, k.answer FROM whistle_call k JOIN department d ON d.id = k.department_id
      WHERE k.whistle_id = ${id} FOR UPDATE OF k`
    const able = new Map(
      called.filter(({ answer }) => answer !== 'declined').map(({ id, name }) => [id, name]),
    )
    const issues = tasks.flatMap(({ department }, at) =>
      able.has(department)
        ? []
        : [{ at: `/tasks/${at}/department`, message: `${department} was not called, or has declined` }],
    )
    if (issues.length > 0)
      throw new Problem(
        'invalid-body',
        'Work can only be given to departments that were called and have not declined. Call them first.',
        { issues },
      )
    const [{ count }] = await tx<[{ count: number }]>`
      SELECT count(*)::int AS count FROM division_task WHERE whistle_id = ${id}`
    if (count + tasks.length > MOST_TASKS)
      throw new Problem('too-many-kept', `A whistle keeps at most ${MOST_TASKS} tasks; it has ${count}.`)
    const made = await tx<{ id: number }[]>`
      INSERT INTO division_task (whistle_id, department_id, task, due_day)
      SELECT ${id}::bigint, department, task, due
      FROM jsonb_to_recordset(${JSON.stringify(tasks)}::text::jsonb) AS row (department bigint, task text, due date)
      RETURNING id`
    const ids = made.map(({ id }) => id).sort((a, b) => a - b)
    return {
      answer: undefined,
      told: {
        kind: 'division',
        action: 'divide',
        note,
        detail: {
          whistle: id,
          tasks: tasks.map(({ department, task, due }, at) => ({
            id: ids[at]!,
            department: { id: department, name: able.get(department)! },
            task,
            due,
          })),
        },
      },
    }
  })
  return hazardId
}

const MOST_TASKS = 200

/** A task is done, dropped or open again. Returns the case. Throws not-found, not-permitted for another’s department, wrong-state when it is so already. */
export async function settleTask(
  deps: Parts,
  { whistle, task: taskId }: { whistle: number; task: number },
  { state, note }: TaskChange,
  doer: Doer,
): Promise<number> {
  const hazardId = await hazardOfWhistle(deps.database.sql, whistle)
  await tellCase(deps, hazardId, doer, async (tx, { now }) => {
    const [task] = await tx<{ department: number; name: string; task: string; due: string; state: string }[]>`
      SELECT d.id AS department, d.name, k.task, to_char(k.due_day, 'YYYY-MM-DD') AS due, k.state
      FROM division_task k JOIN department d ON d.id = k.department_id
      WHERE k.id = ${taskId} AND k.whistle_id = ${whistle} FOR UPDATE OF k`
    if (!task) throw new Problem('not-found', `The whistle ${whistle} has no task ${taskId}.`)
    const own = await departmentOf(tx, doer)
    if ((own !== undefined || doer.role === 'department') && own !== task.department)
      throw new Problem('not-permitted', `The task is of “${task.name}”. Only its own people settle it.`)
    if (task.state === state)
      throw new Problem('wrong-state', `The task is “${state}” already. Look at the case again.`, {
        extra: { state },
      })
    await tx`
      UPDATE division_task SET state = ${state}, note = ${note},
        settled_at = ${state === 'open' ? null : now}::text::timestamptz,
        settled_by = ${state === 'open' ? null : doer.actor.name}
      WHERE id = ${taskId}`
    const { department, name, due } = task
    return {
      answer: undefined,
      told: {
        kind: 'division',
        action: state,
        note,
        detail: { whistle, task: { id: taskId, department: { id: department, name }, task: task.task, due } },
      },
    }
  })
  return hazardId
}
