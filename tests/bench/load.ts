import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

export interface LoadOrder {
  port: number
  /** Asked for in turn, by whichever connection is free. */
  paths: string[]
  connections: number
  seconds: number
  /** Ask with the ETag of the first round, and count 304s. */
  revalidate: boolean
  /** Requests are due at this pace, whatever came of those before. Left out: as fast as they are answered. */
  perSecond?: number | undefined
}
export interface LoadReport {
  requests: number
  seconds: number
  bytes: number
  statuses: Record<string, number>
  /** Where a pace was given: milliseconds of each request from when it was due to the end of its answer. */
  latencies: number[]
}

/** Keep-alive requests over bare sockets, so that the generator costs far less than the server under test. */
export async function runLoad(order: LoadOrder): Promise<LoadReport> {
  const etags = new Map<string, string>()
  if (order.revalidate) await pass(order, { etags, until: () => false, rounds: 1 })
  const started = performance.now()
  const deadline = started + order.seconds * 1000
  const report = await pass(order, {
    etags,
    until: () => performance.now() > deadline,
    rounds: Number.POSITIVE_INFINITY,
  })
  return { ...report, seconds: (performance.now() - started) / 1000 }
}

interface Pass {
  etags: Map<string, string>
  until(): boolean
  rounds: number
}

async function pass({ port, paths, connections, perSecond }: LoadOrder, { etags, until, rounds }: Pass) {
  const report = { requests: 0, bytes: 0, statuses: {} as Record<string, number>, latencies: [] as number[] }
  const started = performance.now()
  let next = 0
  const work = async () => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    const reader = responses(socket)
    while (!until() && next < paths.length * rounds) {
      const due = perSecond && started + (next / perSecond) * 1000
      const path = paths[next++ % paths.length]!
      if (due && due > performance.now()) await wait(due - performance.now())
      const etag = etags.get(path)
      socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept-Encoding: br\r\n${etag ? `If-None-Match: ${etag}\r\n` : ''}\r\n`,
      )
      const response = await reader()
      report.requests++
      if (due) report.latencies.push(performance.now() - due)
      report.bytes += response.bytes
      report.statuses[response.status] = (report.statuses[response.status] ?? 0) + 1
      if (rounds === 1 && response.etag) etags.set(path, response.etag)
    }
    socket.destroy()
  }
  await Promise.all(Array.from({ length: connections }, work))
  return report
}

/** Reads one response a call; bodies are counted by Content-Length and dropped. */
function responses(socket: Socket) {
  let head = ''
  let missing = 0
  let found: { status: string; etag: string | undefined; bytes: number } | undefined
  let done: (() => void) | undefined
  let failed: ((error: Error) => void) | undefined
  socket.on('data', (chunk: Buffer) => {
    let body = chunk.length
    if (!found) {
      head += chunk.toString('latin1')
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      const bytes = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
      found = { status: head.slice(9, 12), etag: /\r\netag: (.*)\r\n/i.exec(head)?.[1], bytes }
      missing = bytes
      body = head.length - end - 4
    }
    missing -= body
    if (missing <= 0) done?.()
  })
  socket.on('error', (error) => failed?.(error))
  socket.on('close', () => failed?.(new Error('The server closed the connection.')))
  return async () => {
    head = ''
    found = undefined
    await new Promise<void>((resolve, reject) => {
      done = resolve
      failed = reject
    })
    return found!
  }
}
