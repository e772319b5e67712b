import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Relay {
  url: string
  /** Like a cable that was pulled: connections stay open, and nothing goes through either way, nor does a new one. */
  cut(): void
  /** The cable is back; what was open before is gone, as with a router that was switched off. */
  mend(): void
  stop(): Promise<void>
}

/** A way to a server that can be cut without anyone being told. */
export async function startRelay(target: string): Promise<Relay> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    open.add(near)
    near.on('error', () => {})
    near.on('close', () => open.delete(near))
    if (isCut) return
    const far = connect(Number(port), hostname)
    far.on('error', () => near.destroy())
    near.on('data', (bytes) => void (isCut || far.write(bytes)))
    far.on('data', (bytes) => void (isCut || near.write(bytes)))
    near.on('close', () => far.destroy())
    far.on('close', () => void (isCut || near.destroy()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The relay has no port.')
  const dropAll = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut: () => {
      isCut = true
    },
    mend: () => {
      isCut = false
      dropAll()
    },
    stop: async () => {
      dropAll()
      server.close()
      await once(server, 'close')
    },
  }
}
