import { createHash } from 'node:crypto'
import { type CleanedWhere, createAdapterFactory } from 'better-auth/adapters'
import type { Sql } from '../../platform/database.ts'

type Row = Record<string, unknown>

/** Never stored: nothing is asked of a provider after the sign-in. */
const NOT_KEPT = new Set([
  'accessToken',
  'refreshToken',
  'idToken',
  'accessTokenExpiresAt',
  'refreshTokenExpiresAt',
])

const OPERATORS: Partial<Record<NonNullable<CleanedWhere['operator']>, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
}

/** What a cookie holds is not in the database: only its hash is. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * The sign-in library's tables over the product's own driver. Columns are the library's names in snake case, ids the
 * numbers of identity columns; only the operators that the library uses here are known, others throw.
 */
export function libraryAdapter(sql: Sql) {
  return createAdapterFactory({
    config: {
      adapterId: 'gridward',
      supportsNumericIds: true,
      supportsJSON: false,
      supportsDates: true,
      supportsBooleans: true,
      transaction: false,
    },
    adapter: () => {
      const find = async (model: string, where: CleanedWhere[] | undefined, more = ''): Promise<Row[]> => {
        const { text, values } = condition(model, where)
        const rows = await sql.unsafe<Row[]>(`SELECT * FROM ${quote(model)} WHERE ${text} ${more}`, values)
        return rows.map((row) => restore(model, row, where))
      }
      const change = async (model: string, where: CleanedWhere[], update: Row): Promise<Row[]> => {
        const entries = columns(model, update)
        const { text, values } = condition(model, where, entries.length)
        const set = entries.map(([column], at) => `${quote(column)} = $${at + 1}`).join(', ')
        const rows = await sql.unsafe<Row[]>(`UPDATE ${quote(model)} SET ${set} WHERE ${text} RETURNING *`, [
          ...entries.map(([, value]) => value),
          ...values,
        ])
        return rows.map((row) => restore(model, row, where))
      }
      const remove = async (model: string, where: CleanedWhere[]): Promise<Row[]> => {
        const { text, values } = condition(model, where)
        return sql.unsafe<Row[]>(`DELETE FROM ${quote(model)} WHERE ${text} RETURNING *`, values)
      }
      return {
        async create({ model, data }) {
          const entries = columns(model, data)
          const [row] = await sql.unsafe<Row[]>(
            `INSERT INTO ${quote(model)} (${entries.map(([column]) => quote(column)).join(', ')})
             VALUES (${entries.map((_, at) => `$${at + 1}`).join(', ')}) RETURNING *`,
            entries.map(([, value]) => value),
          )
          // The caller goes on with the token that it made.
          return {
            ...camel(row!),
            ...('token' in data ? { token: data.token } : {}),
          } as unknown as typeof data
        },
        findOne: async <T>({ model, where }: { model: string; where: CleanedWhere[] }) =>
          ((await find(model, where, 'LIMIT 1'))[0] as T | undefined) ?? null,
        findMany: async <T>({ model, where, limit, sortBy, offset }: FindMany) =>
          (await find(
            model,
            where,
            `${sortBy ? `ORDER BY ${quote(snake(sortBy.field))} ${sortBy.direction === 'desc' ? 'DESC' : 'ASC'}` : ''}
             LIMIT ${Number(limit)} OFFSET ${Number(offset ?? 0)}`,
          )) as T[],
        count: async ({ model, where }) => (await find(model, where)).length,
        update: async <T>({ model, where, update }: { model: string; where: CleanedWhere[]; update: T }) =>
          ((await change(model, where, update as Row))[0] as T | undefined) ?? null,
        updateMany: async ({ model, where, update }) => (await change(model, where, update)).length,
        delete: async ({ model, where }) => {
          await remove(model, where)
        },
        deleteMany: async ({ model, where }) => (await remove(model, where)).length,
      }
    },
  })
}

interface FindMany {
  model: string
  where?: CleanedWhere[] | undefined
  limit: number
  sortBy?: { field: string; direction: 'asc' | 'desc' } | undefined
  offset?: number | undefined
}

function condition(model: string, where: CleanedWhere[] | undefined, before = 0) {
  const values: unknown[] = []
  const bind = (value: unknown) => `$${before + values.push(value)}`
  const parts = (where ?? []).map(({ field, operator, value, connector, mode }, at) => {
    const column = quote(snake(field))
    const joined = at === 0 ? '' : connector === 'OR' ? ' OR ' : ' AND '
    if (mode === 'insensitive') throw new Error(`The adapter compares ${model}.${field} as it is.`)
    if (value === null) return `${joined}${column} IS ${operator === 'ne' ? 'NOT ' : ''}NULL`
    const stored = (one: unknown) => (isToken(model, field) ? hashToken(String(one)) : one)
    if (operator === 'in' || operator === 'not_in') {
      const list = (value as unknown[]).map((one) => bind(stored(one)))
      const known = list.length === 0 ? 'NULL' : list.join(', ')
      return `${joined}${column} ${operator === 'in' ? 'IN' : 'NOT IN'} (${known})`
    }
    const sign = OPERATORS[operator ?? 'eq']
    if (!sign) throw new Error(`The adapter does not know the operator ${operator} (${model}.${field}).`)
    return `${joined}${column} ${sign} ${bind(stored(value))}`
  })
  return { text: parts.join('') || 'true', values: values as never[] }
}

const columns = (model: string, data: Row): [string, never][] =>
  Object.entries(data)
    .filter(([field, value]) => value !== undefined && !NOT_KEPT.has(field))
    .map(([field, value]) => [
      snake(field),
      (isToken(model, field) ? hashToken(String(value)) : value) as never,
    ])

/** Found by its token, a session has that token again. */
function restore(model: string, row: Row, where: CleanedWhere[] | undefined): Row {
  const token = where?.find(({ field, operator }) => isToken(model, field) && operator === 'eq')?.value
  return { ...camel(row), ...(token === undefined ? {} : { token }) }
}

const isToken = (model: string, field: string) => model === 'session' && field === 'token'
const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
const snake = (field: string) => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const camel = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )
