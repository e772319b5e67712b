import { randomInt } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import {
  CANCEL_REQUEST,
  errorMessage,
  finalStatus,
  GSS_REQUEST,
  type Message,
  MessageReader,
  message,
  PROTOCOL_3,
  readText,
  SSL_REQUEST,
  startupMessage,
  withOneReady,
} from './wire.ts'

/** One PostgreSQL backend that takes protocol bytes and answers at once, as PGlite's execProtocolRaw does. */
export type Backend = (request: Buffer) => Buffer

export interface Relay {
  close(): Promise<void>
}

interface Client {
  socket: Socket
  reader: MessageReader
  /** Whole messages that were not run yet. */
  inbox: Message[]
  /** Names of the statements it prepared: they live in the shared session and are closed with it. */
  statements: Set<string>
  pid: number
  secret: number
  gone: boolean
}

const SYNC = message('S')
/** After these the backend says ReadyForQuery, and outside a transaction the next client may have its turn. */
const ENDS_TURN = new Set(['S', 'Q', 'F'])
/** A turn begins when there is something to answer; Parse and Bind alone are kept until then. */
const BEGINS_TURN = new Set(['S', 'Q', 'F', 'H', 'd', 'c', 'f'])
const IDLE_TRANSACTION_MS = 60_000

/**
 * Lets many connections share one backend. A client has the backend to itself from its first message to the
 * ReadyForQuery that ends it, and for the whole of a transaction; the others wait in line. Anything less mixes up
 * portals, unnamed statements and transactions of different clients (pglite-socket 0.2.11 takes turns by message).
 *
 * The session is shared: SET outside a transaction, temporary tables and session advisory locks are seen by all, and
 * LISTEN does not work. A statement that runs cannot be cancelled; one that waits can.
 */
export async function startRelay(
  backend: Backend,
  path: string,
  idleTransactionMs = IDLE_TRANSACTION_MS,
): Promise<Relay> {
  const greeting = openSession(backend)
  const clients = new Map<number, Client>()
  let waiting: Client[] = []
  /** Has the backend to itself until a ReadyForQuery outside a transaction. */
  let owner: Client | undefined
  /** Statements of clients that left, to be closed when nobody has the backend. */
  const stale: Buffer[] = []
  let idleTimer: NodeJS.Timeout | undefined
  let scheduled = false
  let nextPid = 1

  function accept(socket: Socket) {
    const client: Client = {
      socket,
      reader: new MessageReader(),
      inbox: [],
      statements: new Set(),
      pid: nextPid++,
      secret: randomInt(2 ** 31),
      gone: false,
    }
    clients.set(client.pid, client)
    socket.setNoDelay(true)
    socket.on('data', (chunk) => receive(client, chunk as Buffer))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => leave(client))
  }

  function receive(client: Client, chunk: Buffer) {
    // Evicted: what it still sends belonged to the transaction that it lost.
    if (client.gone) return
    client.reader.push(chunk)
    try {
      for (let next = client.reader.next(); next; next = client.reader.next()) {
        if (next.type === '') open(client, next.bytes)
        else if (next.type === 'X') client.socket.end()
        else client.inbox.push(next)
      }
    } catch (error) {
      client.socket.end(
        errorMessage('FATAL', '08P01', `Not the PostgreSQL protocol: ${(error as Error).message}`),
      )
      return
    }
    if (client.inbox.some(({ type }) => BEGINS_TURN.has(type)) || owner === client) lineUp(client)
  }

  function open(client: Client, bytes: Buffer) {
    const code = bytes.length >= 8 ? bytes.readInt32BE(4) : 0
    if (code === SSL_REQUEST || code === GSS_REQUEST) client.socket.write('N')
    else if (code === CANCEL_REQUEST && bytes.length >= 16) {
      cancel(bytes.readInt32BE(8), bytes.readInt32BE(12))
      client.socket.end()
    } else if (code === PROTOCOL_3) {
      client.reader.opening = false
      const key = message('K', client.pid, client.secret)
      client.socket.write(Buffer.concat([greeting, key, message('Z', Buffer.from('I'))]))
    } else throw new RangeError(`request code ${code}`)
  }

  /** What runs holds this thread, so only a request that still waits can be cancelled. */
  function cancel(pid: number, secret: number) {
    const client = clients.get(pid)
    if (!client || client.secret !== secret || owner === client || !waiting.includes(client)) return
    waiting = waiting.filter((other) => other !== client)
    const end = client.inbox.findIndex(({ type }) => ENDS_TURN.has(type))
    if (end === -1) return
    client.inbox.splice(0, end + 1)
    client.socket.write(
      Buffer.concat([
        errorMessage('ERROR', '57014', 'canceling statement due to user request'),
        message('Z', Buffer.from('I')),
      ]),
    )
    if (client.inbox.some(({ type }) => BEGINS_TURN.has(type))) lineUp(client)
  }

  function lineUp(client: Client) {
    if (client !== owner && !waiting.includes(client)) waiting.push(client)
    if (scheduled) return
    scheduled = true
    // One turn for each round of the event loop: sockets are read in between.
    setImmediate(turn)
  }

  function turn() {
    scheduled = false
    owner ??= waiting.shift()
    if (!owner) return
    const client = owner
    if (client.inbox.length > 0) {
      // Only what the owner says makes it wait anew: others that ask take turns here, too.
      clearTimeout(idleTimer)
      run(client)
      if (owner === client && !client.gone) watch(client)
    }
    if (owner ? owner.inbox.length > 0 : waiting.length > 0) lineUp(owner ?? waiting[0]!)
  }

  function watch(client: Client) {
    idleTimer = setTimeout(() => evict(client), idleTransactionMs)
    idleTimer.unref()
  }

  function run(client: Client) {
    const end = client.inbox.findIndex(({ type }) => ENDS_TURN.has(type))
    const batch = client.inbox.splice(0, end === -1 ? client.inbox.length : end + 1)
    for (const { type, bytes } of batch) {
      if (type === 'P') client.statements.add(readText(bytes, 5))
      if (type === 'C' && bytes[5] === 0x53) client.statements.delete(readText(bytes, 6))
    }
    const said = backend(
      batch.length === 1 ? batch[0]!.bytes : Buffer.concat(batch.map(({ bytes }) => bytes)),
    )
    // Flush asks for no ReadyForQuery. The end of a COPY does, without being the end of a turn.
    const answer = withOneReady(said, batch.at(-1)!.type !== 'H')
    if (answer.length > 0 && !client.gone) client.socket.write(answer)
    if (end === -1 || finalStatus(answer) !== 'I') return
    owner = undefined
    sweep()
    if (client.inbox.some(({ type }) => BEGINS_TURN.has(type))) waiting.push(client)
  }

  /** A client that holds a transaction and says nothing would stop everyone: it loses the transaction. */
  function evict(client: Client) {
    if (owner !== client) return
    if (waiting.length === 0) return watch(client)
    const seconds = Math.round(idleTransactionMs / 1000)
    const text = `The transaction did nothing for ${seconds} s while others waited for the embedded database; it was rolled back.`
    client.socket.end(errorMessage('FATAL', '25P03', text))
    leave(client)
  }

  function leave(client: Client) {
    if (client.gone) return
    client.gone = true
    clients.delete(client.pid)
    waiting = waiting.filter((other) => other !== client)
    client.inbox = []
    const closing = [...client.statements].filter(Boolean).map((name) => message('C', Buffer.from('S'), name))
    if (owner === client) {
      clearTimeout(idleTimer)
      const status = finalStatus(backend(SYNC))
      if (status !== 'I') backend(message('Q', 'ROLLBACK'))
      owner = undefined
    }
    // A statement is closed only between turns: inside another client's failed transaction it would be an error.
    if (closing.length > 0) stale.push(...closing)
    sweep()
    if (waiting.length > 0) lineUp(waiting[0]!)
  }

  function sweep() {
    if (owner || stale.length === 0) return
    backend(Buffer.concat([...stale.splice(0), SYNC]))
  }

  const server = createServer(accept)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const client of clients.values()) {
          client.socket.destroy()
          leave(client)
        }
      }),
  }
}

/** Opens the one session and returns its greeting without key and ReadyForQuery, which are each client's own. */
function openSession(backend: Backend): Buffer {
  const answer = backend(startupMessage({ user: 'postgres', database: 'postgres', client_encoding: 'UTF8' }))
  backend(message('Q', "SET TIME ZONE 'UTC'"))
  const reader = new MessageReader()
  reader.opening = false
  reader.push(answer)
  const kept: Buffer[] = []
  for (let next = reader.next(); next; next = reader.next()) {
    if (next.type === 'R' || next.type === 'S') kept.push(next.bytes)
  }
  return Buffer.concat(kept)
}
