import type { Context } from 'hono'

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i

export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host)

/**
 * The origin under which this request reached us, e.g. https://grid.example.cn: of GRIDWARD_URL or of loopback;
 * undefined when it names a host that is not ours. A request without a Host (HTTP/1.0, tests) is judged by its URL.
 */
export function ownOrigin(context: Context, publicUrl: string | undefined): string | undefined {
  const host = context.req.header('host')?.toLowerCase()
  if (host === undefined) return new URL(context.req.url).origin
  if (publicUrl !== undefined) {
    const { protocol, host: ours, port } = new URL(publicUrl)
    const withPort = port ? ours : `${ours}:${protocol === 'https:' ? 443 : 80}`
    if (host === ours || host === withPort) return publicUrl
  }
  return LOOPBACK.test(host) ? `http://${host}` : undefined
}

/** The same, to begin addresses in an answer with. */
export const originFor = (context: Context, publicUrl: string | undefined): string =>
  ownOrigin(context, publicUrl) ?? new URL(context.req.url).origin
