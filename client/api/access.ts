import type { NewPerson, Person, PersonPatch } from '../../geodata/access/people.schema.ts'
import type { Role } from '../../geodata/access/roles.ts'
import type { OpenSession, Session } from '../../geodata/access/session.schema.ts'
import type { NewToken, Token } from '../../geodata/access/token.schema.ts'
import { requestJson, withQuery } from './request.ts'

const API = '/api/v1'

const json = (method: string, body?: unknown, version?: number): RequestInit => ({
  method,
  headers: {
    accept: 'application/json, application/problem+json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
  },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
})

export const getSession = () => requestJson<Session>(`${API}/session`)

export const signIn = (username: string, password: string) =>
  requestJson<Session>(`${API}/session`, json('POST', { username, password }))

export const signInAs = (role: Role) => requestJson<Session>(`${API}/session/demo`, json('POST', { role }))

/** Makes this browser a kiosk for as long as the token is good. */
export const becomeKiosk = (token: string) =>
  requestJson<Session>(`${API}/session/kiosk`, json('POST', { token }))

export const signOut = () => requestJson<void>(`${API}/session`, json('DELETE'))

export const changePassword = (current: string, next: string) =>
  requestJson<Session>(`${API}/session/password`, json('PUT', { current, next }))

/** A page of its own: the service asks for the name and the password, then leads back. */
export const OIDC_URL = `${API}/session/oidc`

export const setUp = (input: { secret: string; username: string; name: string; password: string }) =>
  requestJson<Session>(`${API}/set-up`, json('POST', input))

export const listPeople = (q: string, signal?: AbortSignal) =>
  requestJson<{ people: Person[] }>(
    withQuery(`${API}/people`, { q: q || undefined }),
    signal ? { signal } : {},
  ).then(({ people }) => people)

/** The password is answered once, and only if the server made it. */
export const addPerson = (input: NewPerson) =>
  requestJson<{ person: Person; password?: string }>(`${API}/people`, json('POST', input))

export const changePerson = ({ id, version }: Pick<Person, 'id' | 'version'>, patch: PersonPatch) =>
  requestJson<Person>(`${API}/people/${id}`, json('PATCH', patch, version))

export const resetPassword = (id: number) =>
  requestJson<{ password: string }>(`${API}/people/${id}/password-reset`, json('POST'))

export const listSessions = (person: number | undefined) =>
  requestJson<{ sessions: OpenSession[] }>(withQuery(`${API}/sessions`, { person })).then(
    ({ sessions }) => sessions,
  )

export const endSession = (id: number) => requestJson<void>(`${API}/sessions/${id}`, json('DELETE'))

export const listTokens = () => requestJson<{ tokens: Token[] }>(`${API}/tokens`).then(({ tokens }) => tokens)

/** The secret is answered once. */
export const createToken = (input: NewToken) =>
  requestJson<{ token: Token; secret: string }>(`${API}/tokens`, json('POST', input))

export const revokeToken = (id: number) => requestJson<void>(`${API}/tokens/${id}`, json('DELETE'))
