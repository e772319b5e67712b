import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

export interface FakeProvider {
  issuer: string
  /** Who is signed in at the provider, and consents, from now on. */
  person: { sub: string; preferred_username?: string; name?: string }
  /** What is wrong with the next id_tokens. */
  fault: 'none' | 'another key' | 'another audience' | 'another nonce'
  /** Follows the address that the server sent somebody to; gives the address that they come back to. */
  consent(authorization: string): Promise<string>
  stop(): Promise<void>
}

export const CLIENT = { clientId: 'gridward', clientSecret: 'a secret of the client' }

/** A small OpenID Connect provider on loopback: discovery, authorization, token, keys and userinfo; RS256, PKCE. */
export async function startFakeProvider(): Promise<FakeProvider> {
  const [keys, otherKeys] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const codes = new Map<string, { asked: URLSearchParams; person: FakeProvider['person'] }>()
  const persons = new Map<string, FakeProvider['person']>()
  const provider: FakeProvider = {
    issuer: '',
    person: { sub: 'subject-1' },
    fault: 'none',
    async consent(authorization) {
      const { searchParams } = new URL(authorization)
      const code = randomUUID()
      codes.set(code, { asked: searchParams, person: provider.person })
      const back = new URL(searchParams.get('redirect_uri')!)
      back.searchParams.set('code', code)
      back.searchParams.set('state', searchParams.get('state')!)
      return back.href
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const idToken = (asked: URLSearchParams, person: FakeProvider['person']) =>
    new SignJWT({
      ...person,
      nonce: provider.fault === 'another nonce' ? 'x' : (asked.get('nonce') ?? undefined),
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(provider.issuer)
      .setAudience(provider.fault === 'another audience' ? 'somebody else' : CLIENT.clientId)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(provider.fault === 'another key' ? otherKeys.privateKey : keys.privateKey)

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url!, provider.issuer)
    const answer = (value: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(value))
    }
    if (pathname === '/.well-known/openid-configuration')
      return answer({
        issuer: provider.issuer,
        authorization_endpoint: `${provider.issuer}/authorize`,
        token_endpoint: `${provider.issuer}/token`,
        userinfo_endpoint: `${provider.issuer}/userinfo`,
        jwks_uri: `${provider.issuer}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      })
    if (pathname === '/keys') return answer({ keys: [jwk] })
    if (pathname === '/userinfo')
      return answer(persons.get(request.headers.authorization?.slice('Bearer '.length) ?? '') ?? {})
    if (pathname !== '/token') return answer({}, 404)
    let body = ''
    for await (const chunk of request) body += chunk
    const form = new URLSearchParams(body)
    const given = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    // Each code once, and only for whoever began: they know what the challenge was made of.
    if (!given || !form.get('code_verifier') || form.get('redirect_uri') !== given.asked.get('redirect_uri'))
      return answer({ error: 'invalid_grant' }, 400)
    const token = randomUUID()
    persons.set(token, given.person)
    answer({
      access_token: token,
      token_type: 'Bearer',
      expires_in: 300,
      id_token: await idToken(given.asked, given.person),
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  provider.issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return provider
}
