import type { Permission } from '../../geodata/access/permissions.ts'
import type { Territory } from './territory.ts'

export interface Ask {
  method: string
  path: string
  /** JSON, or a form. */
  body?: unknown
  headers?: Record<string, string>
}
export interface Got {
  status: number
  text: string
  bytes: Uint8Array
}

/**
 * What a route does with an area. `read`: shows what is in it, and elsewhere answers as if nothing were there. `write`:
 * is refused elsewhere, and nothing changes. `everywhere`: is refused to all whose area is not everywhere. `any`: has
 * nothing to do with places.
 */
type Concern = 'read' | 'write' | 'everywhere' | 'any'

export interface Entry {
  permission: Permission
  concern: Concern
  /** A request about something that stands in the territory. */
  ask(place: Territory): Ask | Promise<Ask>
  /** Whether an answer lets something of the territory be seen; by default its mark or its ids. */
  shows?(got: Got, place: Territory): boolean
  /** Answers of those who may, where they may; by default any 2xx. */
  allowed?: number[]
  /** Of the scoped who may, where they may, when it is not as for those who reach everything. */
  allowedInArea?: number[]
  /** How a write elsewhere is refused when neither with 403 nor with 404. */
  refused?(got: Got): boolean
  /** The end of a session: asked by someone who signs in for it alone. */
  endsSession?: boolean
}
export const get = (path: string): Ask => ({ method: 'GET', path })
/** The features of a territory's box. */
export const box = ({ bbox }: Territory) => `bbox=${bbox.join(',')}`
export const body = (method: string, path: string, content: unknown): Ask => ({ method, path, body: content })
export const json = (got: Got) => JSON.parse(got.text)
export const isOk = ({ status }: Got) => status === 200

export const any = (permission: Permission, ask: Entry['ask'], more: Partial<Entry> = {}): Entry => ({
  permission,
  concern: 'any',
  ask,
  ...more,
})
export const read = (ask: Entry['ask'], shows?: Entry['shows']): Entry => ({
  permission: 'read',
  concern: 'read',
  ask,
  ...(shows ? { shows } : {}),
})
