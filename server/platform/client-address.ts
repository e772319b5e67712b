import { isIP } from 'node:net'

/**
 * The address of whoever asked. Each proxy puts the address that it was asked from at the end of X-Forwarded-For, so
 * with `trustedProxies` of them the client's is that many from the end; what stands before it anyone may have written.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string | undefined {
  if (trustedProxies > 0 && forwardedFor) {
    const hops = forwardedFor.split(',').slice(-trustedProxies)
    const named = bare(hops[0]!.trim())
    if (isIP(named)) return named
  }
  return socketAddress === undefined ? undefined : bare(socketAddress)
}

/** Without port and brackets; IPv4 as IPv4. */
const bare = (address: string): string =>
  address
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+(\.\d+){3}$)/i, '')
