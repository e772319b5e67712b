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

/**
 * The network that quotas are counted by: an IPv6 client has the lower 64 bits of its address to itself (RFC 6177 §2) and
 * could ask from another one each time.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail] = address.replace(/%.*$/, '').split('::')
  const groups = (text = '') => (text === '' ? [] : text.split(':'))
  const [before, after] = [groups(head), groups(tail)]
  // An IPv4 address at the end stands for two groups.
  const missing = 8 - before.length - after.length - (address.includes('.') ? 1 : 0)
  const all = tail === undefined ? before : [...before, ...Array(missing).fill('0'), ...after]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}

/** Without port and brackets; IPv4 as IPv4. */
const bare = (address: string): string =>
  address
    .replace(/^\[([^\]]*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+(\.\d+){3}$)/i, '')
