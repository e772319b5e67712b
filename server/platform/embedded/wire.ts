/** Framing of the PostgreSQL protocol, version 3: what a relay must know of it and no more. */
export const PROTOCOL_3 = 196_608
export const SSL_REQUEST = 80_877_103
export const GSS_REQUEST = 80_877_104
export const CANCEL_REQUEST = 80_877_102

export interface Message {
  /** First byte as a character; empty for the untyped messages that open a connection. */
  type: string
  /** The whole message, type and length included. */
  bytes: Buffer
}

/** PostgreSQL's own limit; a program that speaks something else is found by it. */
const LONGEST_OPENING = 10_000

/** Cuts a byte stream into messages. `opening`: the next message has no type byte. */
export class MessageReader {
  opening = true
  #chunks: Buffer[] = []
  #length = 0

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#length += chunk.length
  }

  /** The next whole message, or undefined until more bytes come. Throws a RangeError when the length is impossible. */
  next(): Message | undefined {
    const header = this.opening ? 4 : 5
    if (this.#length < header) return undefined
    const head = this.#peek(header)
    const length = head.readInt32BE(header - 4) + header - 4
    if (length < header || (this.opening && length > LONGEST_OPENING))
      throw new RangeError(`A message claims ${length} bytes.`)
    if (this.#length < length) return undefined
    const all = this.#peek(this.#length)
    this.#chunks = all.length > length ? [all.subarray(length)] : []
    this.#length -= length
    return {
      type: this.opening ? '' : String.fromCharCode(all[0]!),
      bytes: all.subarray(0, length),
    }
  }

  /** Joins chunks only when a message spans them, so that a large one is copied once. */
  #peek(bytes: number): Buffer {
    if (this.#chunks[0]!.length < bytes) this.#chunks = [Buffer.concat(this.#chunks)]
    return this.#chunks[0]!
  }
}

export function message(type: string, ...parts: (string | number | Buffer)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(`${part}\0`)
      if (typeof part !== 'number') return part
      const bytes = Buffer.alloc(4)
      bytes.writeInt32BE(part)
      return bytes
    }),
  )
  const head = Buffer.alloc(5, type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

export function startupMessage(parameters: Record<string, string>): Buffer {
  const body = Object.entries(parameters).map(([key, value]) => `${key}\0${value}\0`)
  const bytes = Buffer.from(`12345678${body.join('')}\0`)
  bytes.writeInt32BE(bytes.length, 0)
  bytes.writeInt32BE(PROTOCOL_3, 4)
  return bytes
}

export const errorMessage = (severity: 'ERROR' | 'FATAL', code: string, text: string): Buffer =>
  message('E', `S${severity}`, `V${severity}`, `C${code}`, `M${text}`, Buffer.of(0))

/** The text up to the next zero byte. */
export function readText(bytes: Buffer, from: number): string {
  return bytes.toString('utf8', from, bytes.indexOf(0, from))
}

/** The transaction status of a final ReadyForQuery: I idle, T in a transaction, E in a failed one; else undefined. */
export function finalStatus(answer: Buffer): 'I' | 'T' | 'E' | undefined {
  const at = answer.length - 6
  if (at < 0 || answer[at] !== 0x5a || answer.readInt32BE(at + 1) !== 5) return undefined
  const status = String.fromCharCode(answer[at + 5]!)
  return status === 'I' || status === 'T' || status === 'E' ? status : undefined
}

const READY_BYTES = 6

/**
 * An answer with one ReadyForQuery, at its end, or with none where the request did not ask for it. PGlite says it after
 * every error and once more for the Sync that follows; a client would take the second one as the answer to its next query.
 */
export function withOneReady(answer: Buffer, isAsked: boolean): Buffer {
  let length = answer.length
  while (finalStatus(answer.subarray(0, length - (isAsked ? READY_BYTES : 0)))) length -= READY_BYTES
  return answer.subarray(0, length)
}
