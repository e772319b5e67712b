import { LRUCache } from 'lru-cache'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Problem } from '../../geodata/shared/problem.ts'
import { networkOf } from '../platform/client-address.ts'

const WINDOW_SECONDS = 600

export interface Attempts {
  /**
   * Before a password, or a provider's answer, is looked at; undefined: it names nobody that there could be. Throws
   * too-many-requests with `retryAfterSeconds`.
   */
  begin(address: string, username: string | undefined): Promise<void>
  /** It was right. */
  succeed(address: string, username: string | undefined): Promise<void>
}

/**
 * How often signing in may be tried in this process. A person from one address: 10 in 10 minutes. A person from
 * anywhere: 50, which is 7,200 a day at most; addresses from which they signed in before are not held up by that, so
 * that strangers cannot lock them out. An address: 200, for an office behind one. Of IPv6 a network counts as one.
 */
export function limitAttempts(): Attempts {
  const limit = (keyPrefix: string, points: number) =>
    new RateLimiterMemory({ keyPrefix, points, duration: WINDOW_SECONDS })
  const byBoth = limit('both', 10)
  const byName = limit('name', 50)
  const byNetwork = limit('network', 200)
  const trusted = new LRUCache<string, true>({ max: 20_000, ttl: 30 * 86_400_000 })
  const pair = (network: string, username: string) => JSON.stringify([network, username])
  return {
    async begin(address, username) {
      const network = networkOf(address)
      await consume(byNetwork, network)
      if (username === undefined) return
      const both = pair(network, username)
      await consume(byBoth, both)
      if (!trusted.has(both)) await consume(byName, username)
    },
    async succeed(address, username) {
      const network = networkOf(address)
      await byNetwork.reward(network)
      if (username === undefined) return
      const both = pair(network, username)
      await Promise.all([byBoth.delete(both), byName.reward(username)])
      trusted.set(both, true)
    },
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    throw new Problem(
      'too-many-requests',
      `Signing in was tried too often. Wait ${retryAfterSeconds} seconds, then try again; an administrator can set a new password.`,
      { extra: { retryAfterSeconds } },
    )
  }
}
