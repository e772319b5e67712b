import { createHash } from 'node:crypto'
import { decodeText, type TextEncoding } from '../../../geodata/dispatch/hotline/decode-text.ts'
import {
  HOTLINE_LIMITS,
  type HotlineCrs,
  type HotlineReport,
  type HotlineRow,
  ROW_OUTCOMES,
  type RowOutcome,
} from '../../../geodata/dispatch/hotline/hotline.schema.ts'
import {
  HOTLINE_COLUMNS,
  type MappedColumns,
  mapColumns,
  NEEDED_COLUMNS,
} from '../../../geodata/dispatch/hotline/hotline-columns.ts'
import { type CsvRow, parseCsv } from '../../../geodata/dispatch/hotline/parse-csv.ts'
import { type ReadRow, readRow } from '../../../geodata/dispatch/hotline/read-row.ts'
import { rowNote } from '../../../geodata/dispatch/hotline/row-notes.ts'
import { Problem } from '../../../geodata/shared/problem.ts'
import { recordAudit } from '../../audit/record-audit.store.ts'
import type { Doer } from '../../cases/doer.ts'
import { transact } from '../../features/transact.store.ts'
import { recordEvents } from '../../live/events.store.ts'
import type { TransactionSql } from '../../platform/database.ts'
import type { Deps } from '../../platform/deps.ts'
import { beginOrders } from './begin-orders.ts'
import { findPlaces } from './find-places.store.ts'
import { insertOrders, knownOrders, type OrderToStore } from './order.store.ts'

export interface OrderFile {
  bytes: Uint8Array
  fileName: string
  /** What its coordinates are in; needed where it has any. */
  crs: HotlineCrs | undefined
  dryRun: boolean
}

type ReportRow = HotlineReport['rows'][number]

/**
 * Orders of a file as cases, all of it in one transaction; the same order again changes nothing. Rows that lack a place or a
 * category are kept and wait for them; what cannot be an order is told and left out. A dry run tells what would be done.
 * Throws unreadable-file, too-large, invalid-parameter when the file has coordinates and nobody says in which system.
 */
export async function importOrders(
  { database, now }: Pick<Deps, 'database' | 'now'>,
  file: OrderFile,
  doer: Doer,
): Promise<HotlineReport> {
  const { rows, columns, headings, encoding } = readFile(file)
  const nowIso = (now?.() ?? new Date()).toISOString()
  const read = rows.map(({ line, cells }) => ({
    line,
    ...readRow(cells, columns.at, { crs: file.crs, nowIso, headings: headings.length }),
  }))
  const report: HotlineReport = {
    dryRun: file.dryRun,
    fileName: file.fileName,
    encoding,
    counts: Object.fromEntries(ROW_OUTCOMES.map((outcome) => [outcome, 0])) as Record<RowOutcome, number>,
    columns: {
      found: Object.fromEntries(Object.entries(columns.at).map(([column, at]) => [column, headings[at]!])),
      personal: columns.personal,
      unknown: columns.unknown,
      repeated: columns.repeated,
    },
    masked: read.reduce((sum, { masked }) => sum + masked, 0),
    rows: [],
  }
  await transact(database.sql, async (tx) => {
    // One file after the other: of the same order in two of them the second then is there already.
    await tx`SELECT pg_advisory_xact_lock(hashtextextended('gridward.hotline', 0))`
    const { told, orders } = await decide(tx, read)
    report.rows = told
    for (const { outcome } of told) report.counts[outcome]++
    if (!file.dryRun) await store(tx, orders, file.fileName, report, doer)
  })
  return report
}

interface Sheet {
  rows: CsvRow[]
  columns: MappedColumns
  headings: string[]
  encoding: TextEncoding
}

function readFile({ bytes, crs }: OrderFile): Sheet {
  const decoded = decodeText(bytes)
  if (!decoded)
    throw new Problem(
      'unreadable-file',
      'The file is no text in UTF-8, UTF-16 or GB18030. In the spreadsheet, save it as CSV and import that.',
    )
  const parsed = parseCsv(decoded.text, { ...HOTLINE_LIMITS, rows: HOTLINE_LIMITS.rows + 1 })
  if ('fault' in parsed) throw FAULTS[parsed.fault.code](parsed.fault.line)
  const at = Math.max(0, parsed.rows.slice(0, MOST_TITLES).findIndex(isHeading))
  const headings = parsed.rows[at]?.cells ?? []
  const rows = parsed.rows.slice(at + 1)
  const columns = mapColumns(headings)
  const missing = NEEDED_COLUMNS.filter((column) => columns.at[column] === undefined)
  if (missing.length > 0)
    throw new Problem(
      'unreadable-file',
      `No line among the first ${MOST_TITLES} has a column ${missing.map((column) => `“${HOTLINE_COLUMNS[column].zh}” (${HOTLINE_COLUMNS[column].en})`).join(', ')}. Found: ${headings.slice(0, 30).join(', ').slice(0, 300) || 'nothing'}. Take the template: GET /api/v1/hotline/template.`,
    )
  if (crs === undefined && hasCoordinates(rows, columns))
    throw new Problem(
      'invalid-parameter',
      'The file has coordinates, and only whoever made it knows in which system: say crs=EPSG:4326 (WGS 84), crs=GCJ-02 (maps in China) or crs=BD-09 (Baidu).',
      { issues: [{ at: 'crs', message: 'is needed: the file has coordinates' }] },
    )
  return { rows, columns, headings, encoding: decoded.encoding }
}

/** Exports begin with a title, a period, who made them. */
const MOST_TITLES = 10
const isHeading = ({ cells }: CsvRow): boolean => {
  const { at } = mapColumns(cells)
  return NEEDED_COLUMNS.every((column) => at[column] !== undefined)
}

const hasCoordinates = (rows: readonly CsvRow[], { at: { lng, lat } }: MappedColumns): boolean =>
  lng !== undefined && lat !== undefined && rows.some(({ cells }) => cells[lng] || cells[lat])

const unreadable = (detail: string) => new Problem('unreadable-file', detail)
const FAULTS = {
  'quote-open': (line: number) =>
    unreadable(`A cell that begins with a quote in line ${line} has no end. Close the quote.`),
  'too-many-rows': (line: number) =>
    new Problem(
      'too-large',
      `The file goes on behind line ${line}; ${HOTLINE_LIMITS.rows} orders are imported at once. Cut it.`,
    ),
  'too-many-columns': (line: number) =>
    unreadable(`Line ${line} has more than ${HOTLINE_LIMITS.columns} columns. Is it a table of orders?`),
  'cell-too-long': (line: number) =>
    unreadable(
      `A cell in line ${line} has more than ${HOTLINE_LIMITS.cell} characters. Is a quote missing before it?`,
    ),
}

interface OrderDecided extends OrderToStore {
  told: ReportRow
}

/** What becomes of each row. */
async function decide(
  tx: TransactionSql,
  read: readonly (ReadRow & { line: number })[],
): Promise<{ told: ReportRow[]; orders: OrderDecided[] }> {
  const known = await knownOrders(
    tx,
    read.flatMap(({ row }) => row?.number ?? []),
  )
  const seen = new Map<string, { line: number; hash: string }>()
  const told: ReportRow[] = []
  const fresh: { row: HotlineRow; hash: string; told: ReportRow }[] = []
  for (const { line, number, row, notes } of read) {
    const tell = (outcome: RowOutcome, more: ReportRow['notes'], hazard: number | null = null) =>
      told.push({ line, number, outcome, hazard, notes: more })
    if (!row) {
      tell('refused', notes)
      continue
    }
    const hash = createHash('sha256').update(JSON.stringify(row)).digest('hex')
    const before = known.get(row.number)
    const first = seen.get(row.number)
    if (before) {
      const isSame = before.hash === hash
      tell(isSame ? 'exists' : 'differs', [rowNote(isSame ? 'exists' : 'differs')], before.hazard)
    } else if (first)
      tell('repeated', [rowNote(first.hash === hash ? 'repeated' : 'repeated-differs', first.line)])
    else {
      seen.set(row.number, { line, hash })
      tell('waits', notes)
      fresh.push({ row, hash, told: told.at(-1)! })
    }
  }
  const places = await findPlaces(
    tx,
    fresh.map(({ row }) => row),
  )
  const orders = fresh.map(({ row, hash, told: line }, index) => {
    const { lngLat, notes } = places[index]!
    line.notes = [...line.notes, ...notes]
    if (lngLat && row.category) line.outcome = 'created'
    return { row, hash, hazardId: null, lngLat: lngLat ?? null, told: line }
  })
  return { told, orders }
}

async function store(
  tx: TransactionSql,
  orders: readonly OrderDecided[],
  fileName: string,
  report: HotlineReport,
  doer: Doer,
): Promise<void> {
  if (orders.length === 0) return
  const ready = orders.flatMap(({ row, lngLat, told }) =>
    row.category && lngLat ? [{ told, order: { ...row, category: row.category, lngLat } }] : [],
  )
  const { hazardIds, events } = await beginOrders(
    tx,
    ready.map(({ order }) => order),
    doer,
  )
  for (const [index, { told }] of ready.entries()) told.hazard = hazardIds[index]!
  const stored = orders.map(({ told, ...order }) => ({ ...order, hazardId: told.hazard }))
  await insertOrders(tx, stored, { fileName, actor: doer.actor.name })
  const { counts, masked, columns } = report
  await recordAudit(tx, doer.actor, {
    kind: 'case',
    detail: { what: 'hotline-import', fileName, counts, masked, leftOut: columns.personal.length },
  })
  await recordEvents(tx, doer.actor, events)
}
