import { Agent, request } from 'node:http'

const AGAIN_MS = 200

/** Who listens to a server's events as a browser does: it comes back with the last id that it heard. */
export interface SseReader {
  /** Of the events that it heard, in the order in which it heard them. */
  ids: number[]
  /** How often it had to connect. */
  connections: number
  /** How often it was told to load again. */
  resets: number
}

export interface SseReaders {
  readers: SseReader[]
  /** Resolves when each has heard an event with this id or a later one; rejects after so long. */
  until(id: number, seconds?: number): Promise<void>
  /** Resolves when all are connected for the n-th time. */
  connected(times?: number, seconds?: number): Promise<void>
  close(): void
}

/** `heard`: called for each event of each reader. */
export function openReaders(
  url: string,
  count: number,
  headers: Record<string, string>,
  heard: (id: number) => void = () => {},
): SseReaders {
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY })
  let closed = false
  const readers = Array.from({ length: count }, (): SseReader => {
    const reader: SseReader = { ids: [], connections: 0, resets: 0 }
    let lastId: string | undefined
    const again = () => {
      if (!closed) setTimeout(connect, AGAIN_MS * (0.5 + (readers.indexOf(reader) % 10) / 10))
    }
    function read(block: string) {
      const fields = new Map(
        block.split('\n').map((line) => line.split(/: (.*)/s) as [string, string | undefined]),
      )
      const [id, event] = [fields.get('id'), fields.get('event')]
      if (id !== undefined) lastId = id
      if (event === 'reset') reader.resets++
      else if (id !== undefined && event !== undefined) {
        reader.ids.push(Number(id))
        heard(Number(id))
      }
    }
    function connect() {
      if (closed) return
      const asked = request(
        `${url}/api/v1/events`,
        { agent, headers: { ...headers, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) } },
        (response) => {
          if (response.statusCode !== 200) {
            response.resume()
            return again()
          }
          reader.connections++
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => {
            const blocks = (text + chunk).split('\n\n')
            text = blocks.pop()!
            for (const block of blocks) read(block)
          })
          response.once('close', again)
          response.on('error', () => {})
        },
      )
      asked.once('error', again)
      asked.end()
    }
    connect()
    return reader
  })
  async function all(what: string, is: (reader: SseReader) => boolean, seconds: number) {
    const end = performance.now() + seconds * 1000
    while (!readers.every(is)) {
      if (performance.now() > end)
        throw new Error(`${readers.filter((reader) => !is(reader)).length} of ${count} readers ${what}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  return {
    readers,
    until: (id, seconds = 60) => all(`have not heard ${id}`, ({ ids }) => (ids.at(-1) ?? 0) >= id, seconds),
    connected: (times = 1, seconds = 60) =>
      all('are not connected', ({ connections }) => connections >= times, seconds),
    close() {
      closed = true
      agent.destroy()
    },
  }
}
