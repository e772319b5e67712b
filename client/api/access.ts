import type { NewPerson, Person, PersonPatch } from '../../geodata/access/people.schema.ts'
import type { Role } from '../../geodata/access/roles.ts'
import type { OpenSession, Session } from '../../geodata/access/session.schema.ts'
import type { NewToken, Token } from '../../geodata/access/token.schema.ts'
import { requestJson, withQuery } from './request.ts'
import { sendJson } from './send-json.ts'

const API = '/api/v1'

export const getSession = () => requestJson<Session>(`${API}/session`)

export const signIn = (username: string, password: string) =>
  sendJson<Session>('POST', `${API}/session`, { username, password })

export const signInAs = (role: Role) => sendJson<Session>('POST', `${API}/session/demo`, { role })

/** Makes this browser a kiosk for as long as the token is good. */
export const becomeKiosk = (token: string) => sendJson<Session>('POST', `${API}/session/kiosk`, { token })

export const signOut = () => sendJson<void>('DELETE', `${API}/session`)

export const changePassword = (current: string, next: string) =>
  sendJson<Session>('PUT', `${API}/session/password`, { current, next })

/** A page of its own: the service asks for the name and the password, then leads back. */
export const OIDC_URL = `${API}/session/oidc`

export const setUp = (input: { secret: string; username: string; name: string; password: string }) =>
  sendJson<Session>('POST', `${API}/set-up`, input)

export const listPeople = (q: string, signal?: AbortSignal) =>
  requestJson<{ people: Person[] }>(
    withQuery(`${API}/people`, { q: q || undefined }),
    signal ? { signal } : {},
  ).then(({ people }) => people)

/** The password is answered once, and only if the server made it. */
export const addPerson = (input: NewPerson) =>
  sendJson<{ person: Person; password?: string }>('POST', `${API}/people`, input)

export const changePerson = ({ id, version }: Pick<Person, 'id' | 'version'>, patch: PersonPatch) =>
  sendJson<Person>('PATCH', `${API}/people/${id}`, patch, version)

export const resetPassword = (id: number) =>
  sendJson<{ password: string }>('POST', `${API}/people/${id}/password-reset`)

export const listSessions = (person: number | undefined) =>
  requestJson<{ sessions: OpenSession[] }>(withQuery(`${API}/sessions`, { person })).then(
    ({ sessions }) => sessions,
  )

export const endSession = (id: number) => sendJson<void>('DELETE', `${API}/sessions/${id}`)

export const listTokens = () => requestJson<{ tokens: Token[] }>(`${API}/tokens`).then(({ tokens }) => tokens)

/** The secret is answered once. */
export const createToken = (input: NewToken) =>
  sendJson<{ token: Token; secret: string }>('POST', `${API}/tokens`, input)

export const revokeToken = (id: number) => sendJson<void>('DELETE', `${API}/tokens/${id}`)
