/** RFC 4180 to the letter: CRLF after every record, quotes where they have to be and doubled within. Throws where a text is not so. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = []
  let record: string[] = []
  let at = 0
  while (at < text.length) {
    const field = /"((?:[^"]|"")*)"|([^",\r\n]*)/y
    field.lastIndex = at
    const match = field.exec(text)!
    record.push(match[1] === undefined ? match[2]! : match[1].replaceAll('""', '"'))
    at = field.lastIndex
    if (text[at] === ',') at += 1
    else if (text.startsWith('\r\n', at)) {
      records.push(record)
      record = []
      at += 2
    } else throw new Error(`Neither a comma nor the end of the record at ${at}: ${text.slice(at, at + 40)}`)
  }
  if (record.length > 0) throw new Error('The last record does not end.')
  return records
}
