import { createServer } from 'node:net'
import type { Page } from 'playwright-core'

/** A port that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/**
 * What a Node process that was started with `--inspect=127.0.0.1:port` holds after collection, MB. The page, an empty one, is
 * there for its WebSocket, which Node 20 lacks.
 */
export async function serverHeap(page: Page, port: number): Promise<number> {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    webSocketDebuggerUrl: string
  }[]
  // As text: what tsx makes of a function names helpers that the page lacks.
  const used = await page.evaluate<number>(`new Promise((resolve, reject) => {
    const methods = ['HeapProfiler.enable', 'HeapProfiler.collectGarbage', 'HeapProfiler.collectGarbage',
      'Runtime.getHeapUsage']
    const socket = new WebSocket(${JSON.stringify(target!.webSocketDebuggerUrl)})
    const ask = (id) => socket.send(JSON.stringify({ id, method: methods[id] }))
    socket.onopen = () => ask(0)
    socket.onerror = () => reject(new Error('The process does not answer.'))
    socket.onmessage = ({ data }) => {
      const { id, result } = JSON.parse(data)
      if (typeof id !== 'number') return
      if (id + 1 < methods.length) return ask(id + 1)
      socket.close()
      resolve(result.usedSize)
    }
  })`)
  return used / 1e6
}
