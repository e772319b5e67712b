export interface CsvRow {
  /** Of the file, from 1: where the row begins. */
  line: number
  cells: string[]
}

export interface CsvLimits {
  rows: number
  columns: number
  /** Characters of one cell. */
  cell: number
}

export type CsvFault = {
  code: 'quote-open' | 'too-many-rows' | 'too-many-columns' | 'cell-too-long'
  line: number
}

/**
 * RFC 4180, and what programs make of it: separated by comma, semicolon or tab (whichever the first line has most of), any
 * line ending, quotes within quotes doubled, a quote inside an unquoted cell taken as it is. Rows without text are left
 * out. Stops at the first fault.
 */
export function parseCsv(text: string, limits: CsvLimits): { rows: CsvRow[] } | { fault: CsvFault } {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  const separator = findSeparator(source)
  const rows: CsvRow[] = []
  let line = 1
  let row: CsvRow = { line, cells: [] }
  let at = 0
  const endRow = (): CsvFault | undefined => {
    if (row.cells.some((cell) => cell.trim() !== '')) rows.push(row)
    row = { line, cells: [] }
    return rows.length > limits.rows ? { code: 'too-many-rows', line } : undefined
  }
  while (at < source.length) {
    let cell: string
    if (source[at] === '"') {
      const begun = line
      const end = closingQuote(source, at + 1)
      if (end < 0) return { fault: { code: 'quote-open', line: begun } }
      cell = source.slice(at + 1, end).replaceAll('""', '"')
      line += countBreaks(cell)
      at = end + 1
      // What stands between the closing quote and the separator belongs to the cell.
      const rest = endOfCell(source, at, separator)
      cell += source.slice(at, rest)
      at = rest
    } else {
      const end = endOfCell(source, at, separator)
      cell = source.slice(at, end)
      at = end
    }
    if (cell.length > limits.cell) return { fault: { code: 'cell-too-long', line } }
    if (row.cells.push(cell.trim()) > limits.columns) return { fault: { code: 'too-many-columns', line } }
    if (source[at] === separator) {
      at++
      // A separator at the very end: one more, empty cell.
      if (at === source.length) row.cells.push('')
      continue
    }
    if (at < source.length) {
      if (source[at] === '\r' && source[at + 1] === '\n') at++
      at++
      line++
    }
    const fault = endRow()
    if (fault) return { fault }
  }
  const fault = row.cells.length > 0 ? endRow() : undefined
  return fault ? { fault } : { rows }
}

/** Of the first row; what stands within quotes is not counted. */
function findSeparator(source: string): string {
  const counts: Record<string, number> = { ',': 0, ';': 0, '\t': 0 }
  let isQuoted = false
  for (const char of source) {
    if (char === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (char === '\n' || char === '\r') break
    else if (Object.hasOwn(counts, char)) counts[char]! += 1
  }
  return Object.keys(counts).reduce((best, each) => (counts[each]! > counts[best]! ? each : best))
}

/** Where the quote that ends the cell stands; -1: nowhere. */
function closingQuote(source: string, from: number): number {
  let at = source.indexOf('"', from)
  while (at >= 0 && source[at + 1] === '"') at = source.indexOf('"', at + 2)
  return at
}

function endOfCell(source: string, from: number, separator: string): number {
  let at = from
  while (at < source.length && source[at] !== separator && source[at] !== '\n' && source[at] !== '\r') at++
  return at
}

const countBreaks = (cell: string): number => cell.match(/\r\n|\r|\n/g)?.length ?? 0
