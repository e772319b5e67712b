import { rmSync } from 'node:fs'
import { createConnection, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Relay, startRelay } from './relay.ts'
import { makeSocketPath } from './socket-folder.ts'
import { errorMessage, message, startupMessage } from './wire.ts'

let relay: Relay
let path: string
let status: 'I' | 'T'
let seen: string[]

const ready = () => message('Z', Buffer.from(status))

/** BEGIN and ROLLBACK change the status; everything else is answered with ReadyForQuery. */
function backend(request: Buffer): Buffer {
  if (request[0] === 0) return Buffer.concat([message('R', 0), message('S', 'TimeZone', 'UTC'), ready()])
  const text = request.toString('latin1', 5, request.length - 1)
  seen.push(text)
  if (text === 'BEGIN') status = 'T'
  if (text === 'ROLLBACK') status = 'I'
  return ready()
}

async function start(idleTransactionMs: number) {
  status = 'I'
  seen = []
  path = makeSocketPath()
  relay = await startRelay(backend, path, idleTransactionMs)
}

function connect(allowHalfOpen = false): { socket: Socket; received(): string } {
  const socket = createConnection({ path, allowHalfOpen })
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  socket.on('error', () => {})
  socket.write(startupMessage({ user: 'postgres' }))
  return { socket, received: () => text }
}

const until = async (condition: () => boolean) => {
  for (let tries = 0; tries < 200 && !condition(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 5))
  expect(condition()).toBe(true)
}

afterEach(async () => {
  await relay.close()
  rmSync(dirname(path), { recursive: true, force: true })
})

test('a transaction that does nothing while others wait is rolled back and its client told', async () => {
  await start(60)
  const idle = connect()
  idle.socket.write(message('Q', 'BEGIN'))
  await until(() => seen.includes('BEGIN'))
  const other = connect()
  other.socket.write(message('Q', 'OTHER'))
  await until(() => seen.includes('OTHER'))
  expect(seen.indexOf('ROLLBACK')).toBeLessThan(seen.indexOf('OTHER'))
  expect(idle.received()).toContain('25P03')
})

test('others that keep asking do not keep alive a transaction that does nothing', async () => {
  await start(150)
  const idle = connect()
  idle.socket.write(message('Q', 'BEGIN'))
  await until(() => seen.includes('BEGIN'))
  const other = connect()
  const asking = setInterval(() => other.socket.write(message('Q', 'OTHER')), 40)
  try {
    await until(() => seen.includes('OTHER'))
  } finally {
    clearInterval(asking)
  }
})

test('what an evicted client still sends is not run', async () => {
  await start(60)
  const idle = connect(true)
  idle.socket.write(message('Q', 'BEGIN'))
  await until(() => seen.includes('BEGIN'))
  const other = connect()
  other.socket.write(message('Q', 'OTHER'))
  await until(() => idle.received().includes('25P03'))
  idle.socket.write(message('Q', 'LATE'))
  await new Promise((resolve) => setTimeout(resolve, 50))
  other.socket.write(message('Q', 'LAST'))
  await until(() => seen.includes('LAST'))
  expect(seen).not.toContain('LATE')
  idle.socket.destroy()
})

test('a transaction that does nothing keeps the backend while nobody waits', async () => {
  await start(20)
  const idle = connect()
  idle.socket.write(message('Q', 'BEGIN'))
  await new Promise((resolve) => setTimeout(resolve, 100))
  idle.socket.write(message('Q', 'STILL MINE'))
  await until(() => seen.includes('STILL MINE'))
  expect(seen).not.toContain('ROLLBACK')
})

test('a message cut into single bytes is put together again', async () => {
  await start(1000)
  const slow = connect()
  for (const byte of message('Q', 'IN PIECES')) {
    slow.socket.write(Buffer.of(byte))
    await new Promise((resolve) => setImmediate(resolve))
  }
  await until(() => seen.includes('IN PIECES'))
})

test('a request for encryption is declined and the plain session goes on', async () => {
  await start(1000)
  const socket = createConnection(path)
  const request = Buffer.alloc(8)
  request.writeInt32BE(8, 0)
  request.writeInt32BE(80_877_103, 4)
  socket.write(request)
  const [first] = await new Promise<Buffer>((resolve) =>
    socket.once('data', (chunk) => resolve(chunk as Buffer)),
  )
  expect(first).toBe('N'.charCodeAt(0))
  socket.destroy()
})

test('an error message ends its fields with a zero byte, as the protocol asks', () => {
  expect(errorMessage('ERROR', '57014', 'x').at(-1)).toBe(0)
})
