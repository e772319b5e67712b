import type { Sql } from '../platform/database.ts'
import { type AuditFilter, type AuditLine, listAuditLines } from './audit.store.ts'
import type { ExportPiece } from './tell-export.ts'

const PAGE_ROWS = 1000

const COLUMNS: [heading: string, value: (line: AuditLine) => string | number | boolean | null][] = [
  ['id', ({ id }) => id],
  ['at', ({ at }) => at],
  ['actor', ({ actor }) => actor],
  ['person_id', ({ personId }) => personId],
  ['from', ({ from }) => from],
  ['request_id', ({ requestId }) => requestId],
  ['kind', ({ kind }) => kind],
  ['layer', ({ layer }) => layer],
  ['feature_id', ({ featureId }) => featureId],
  ['version', ({ version }) => version],
  ['import_id', ({ batchId }) => batchId],
  ['name', ({ name }) => name],
  ['shape_changed', ({ shapeChanged }) => shapeChanged],
  ['before', ({ before }) => before],
  ['after', ({ after }) => after],
  ['detail', ({ detail }) => detail],
]

/**
 * Entries of the audit trail as CSV (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows it; newest first.
 * before, after and detail are JSON without shapes. What is written while it is read is not in it.
 */
export async function* auditCsv(
  sql: Sql,
  filter: AuditFilter,
  signal: AbortSignal,
): AsyncGenerator<ExportPiece> {
  yield { text: `\ufeff${COLUMNS.map(([heading]) => heading).join(',')}\r\n`, rows: 0 }
  let before: number | undefined
  do {
    signal.throwIfAborted()
    const { entries, next } = await listAuditLines(sql, filter, { limit: PAGE_ROWS, before })
    const lines = entries.map((line) => `${COLUMNS.map(([, value]) => csvField(value(line))).join(',')}\r\n`)
    if (lines.length > 0) yield { text: lines.join(''), rows: lines.length }
    before = next
  } while (before !== undefined)
}

/** Quoted where it has to be. A text that a spreadsheet would take for a formula gets an apostrophe before it. */
export function csvField(value: string | number | boolean | null): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
