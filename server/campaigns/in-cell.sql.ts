import { Problem } from '../../geodata/shared/problem.ts'

const TABLES: Record<number, string> = { 12: 'community', 15: 'grid', 17: 'micro_grid' }

/** Whether alias t, a building or point, lies in the cell with a code. Throws invalid-parameter for what is no such code. */
export function inCellSql(code: string, bind: (code: string) => string): string {
  const table = /^\d+$/.test(code) ? TABLES[code.length] : undefined
  if (table) return `t.${table}_id = (SELECT cell.id FROM ${table} cell WHERE cell.code = ${bind(code)})`
  throw new Problem(
    'invalid-parameter',
    `parent=${code.slice(0, 40)} is not the code of a cell: a community has 12 digits, a grid 15, a micro-grid 17.`,
  )
}
