import { Problem } from '../../geodata/shared/problem.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'

/** A transaction whose expected database errors come out as problems. */
export async function transact<T>(sql: Sql, body: (tx: TransactionSql) => Promise<T>): Promise<T> {
  try {
    return (await sql.begin(body)) as T
  } catch (error) {
    throw expectedProblem(error) ?? error
  }
}

/** The problem that a database error stands for, if it is one that an edit can run into. */
export function expectedProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error
  const { code, constraint_name: constraint, detail } = error as Record<string, string | undefined>
  if (code === '23505' && !constraint?.endsWith('_pkey'))
    return new Problem(
      'code-conflict',
      `The code is taken (${detail ?? constraint}). Choose another, or leave it out to have one made.`,
    )
  if (code === '23503' && constraint?.includes('zone_layer'))
    return new Problem(
      'invalid-body',
      'There is no such zone layer. GET /api/v1/zone-layers lists those there are.',
    )
  // The primary key is taken when two writers bring the same deleted feature back at once.
  if (code === '23503' || code === '23505' || code === '40P01')
    return new Problem('unavailable', 'Another change crossed this one, which was not made. Try again.')
  return undefined
}
