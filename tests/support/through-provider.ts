import { expect } from 'vitest'
import type { PersonRole } from '../../geodata/access/people.schema.ts'
import type { Env } from '../../server/platform/env.ts'
import { CLIENT, type FakeProvider } from './fake-provider.ts'
import type { DatabaseContext } from './on-both-databases.ts'
import { type Visitor, visitor } from './visitor.ts'

/** Browsers that sign in at the provider; `role`: of people whom nobody added. */
export function throughProvider(context: DatabaseContext, provider: () => FakeProvider) {
  const guestOf = (role?: PersonRole, env: Partial<Env> = {}) =>
    visitor(context, {
      ...env,
      access: { secret: undefined, oidc: { issuer: provider().issuer, ...CLIENT, title: '统一认证', role } },
    })
  const begin = async (guest: Visitor) => {
    const answer = await guest.call('GET', '/session/oidc')
    expect(answer.status).toBe(302)
    return answer.headers.get('location')!
  }
  const comeBack = async (guest: Visitor, address: string) => {
    const { pathname, search } = new URL(address)
    expect(pathname).toBe('/api/v1/session/oidc/callback')
    const answer = await guest.call('GET', `${pathname.replace('/api/v1', '')}${search}`)
    expect(answer.status).toBe(302)
    return answer.headers.get('location')
  }
  const goThrough = async (guest: Visitor) => comeBack(guest, await provider().consent(await begin(guest)))
  const who = async (guest: Visitor) => (await guest.call('GET', '/session')).body
  return { guestOf, begin, comeBack, goThrough, who }
}
