import type { LimitInput } from '../../api/cases.ts'

/** What a limit is of: two of the same would contradict each other. */
export const limitKey = ({ clock, category, severity }: LimitInput): string =>
  JSON.stringify([clock, category && [category.standard, category.kind, category.code], severity])

/** A row that is being edited; an amount that is not entered yet is empty. */
export type LimitDraft = Omit<LimitInput, 'amount'> & { id: string; amount: number | '' }

export type LimitFault = 'twice' | 'amount'

/** The first thing that keeps rows from being stored, and in which of them. */
export function faultOf(rows: readonly LimitDraft[]): { id: string; fault: LimitFault } | undefined {
  const seen = new Set<string>()
  for (const row of rows) {
    if (row.amount === '' || !(row.amount > 0)) return { id: row.id, fault: 'amount' }
    const key = limitKey({ ...row, amount: row.amount })
    if (seen.has(key)) return { id: row.id, fault: 'twice' }
    seen.add(key)
  }
  return undefined
}

export const toLimits = (rows: readonly LimitDraft[]): LimitInput[] =>
  rows.map(({ id: _, ...row }) => ({ ...row, amount: Number(row.amount) }))

/** How many rows were added, changed or taken away. */
export function countChanges(before: readonly LimitInput[], rows: readonly LimitDraft[]): number {
  const text = (row: LimitInput) => `${limitKey(row)} ${row.kind} ${row.amount}`
  const was = new Map(before.map((row) => [limitKey(row), text(row)]))
  let changes = 0
  for (const row of toLimits(rows)) {
    const key = limitKey(row)
    if (was.get(key) !== text(row)) changes++
    was.delete(key)
  }
  return changes + was.size
}
