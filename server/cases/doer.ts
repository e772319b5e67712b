import type { Context } from 'hono'
import { PERMISSIONS, type Permission } from '../../geodata/access/permissions.ts'
import type { CaseState } from '../../geodata/hazards/case-state.ts'
import { type ActionName, STEPS, TRANSITIONS } from '../../geodata/hazards/workflow.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { type Actor, actorOf } from '../access/actor.ts'
import type { AppEnv } from '../access/app-env.ts'
import { may } from '../access/identity.ts'
import type { Reach } from '../access/reach.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'

/** Somebody who does something to a case. */
export interface Doer {
  actor: Actor
  reach: Reach
  role: string | undefined
  may(permission: Permission): boolean
}

export const doerOf = (context: Context<AppEnv>): Doer => {
  const { identity } = context.var
  return {
    actor: actorOf(context),
    reach: identity.reach,
    role: identity.role,
    may: (permission) => may(identity, permission),
  }
}

export const permissionOf = (action: ActionName): Permission =>
  action === 'note'
    ? 'note'
    : action in STEPS
      ? STEPS[action as keyof typeof STEPS].permission
      : TRANSITIONS[action as keyof typeof TRANSITIONS].permission

/** The department of a person; undefined: of none. */
export async function departmentOf(
  sql: Sql | TransactionSql,
  { actor: { personId } }: Doer,
): Promise<number | undefined> {
  if (personId === undefined) return undefined
  const [row] = await sql<{ departmentId: number | null }[]>`
    SELECT department_id AS "departmentId" FROM person WHERE id = ${personId}`
  return row?.departmentId ?? undefined
}

/**
 * Why somebody may not do this to the case; undefined: they may. Whoever is of a department handles its cases and no others,
 * and somebody with the role of one needs to be of one.
 */
export function refusal(
  doer: Doer,
  departmentId: number | undefined,
  state: Pick<CaseState, 'departmentId'>,
  action: ActionName,
): Problem | undefined {
  const permission = permissionOf(action)
  if (!doer.may(permission))
    return new Problem(
      'not-permitted',
      `${doer.actor.name} may not do “${action}”: it needs the permission “${permission}” (${PERMISSIONS[permission].en}). An administrator can give it.`,
    )
  if (permission !== 'handle' || (departmentId === undefined && doer.role !== 'department')) return undefined
  if (departmentId !== undefined && departmentId === state.departmentId) return undefined
  return new Problem(
    'not-permitted',
    departmentId === undefined
      ? `${doer.actor.name} belongs to no department, so there is no case to handle. An administrator can name one.`
      : 'The case is another department’s, or nobody’s yet. Only the department that has it can handle it.',
  )
}
