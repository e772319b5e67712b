export type TextEncoding = 'UTF-8' | 'UTF-16' | 'GB18030'

/**
 * The text of a file whose encoding nobody tells: by its byte order mark, else valid UTF-8, else GB18030, in which
 * spreadsheets in China save. undefined: it is text in none of them (bytes of zero, or not decodable).
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncoding } | undefined {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    const text = decode(a === 0xff ? 'utf-16le' : 'utf-16be', bytes)
    return text === undefined ? undefined : { text, encoding: 'UTF-16' }
  }
  if (bytes.includes(0)) return undefined
  const utf8 = decode('utf-8', bytes)
  if (utf8 !== undefined) return { text: utf8, encoding: 'UTF-8' }
  const gb = decode('gb18030', bytes)
  return gb === undefined ? undefined : { text: gb, encoding: 'GB18030' }
}

function decode(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
