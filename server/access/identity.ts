import type { Permission } from '../../geodata/access/permissions.ts'
import { mayRole, type Role } from '../../geodata/access/roles.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from './reach.ts'

/** Who asks, found once for each request (identify). */
export interface Identity {
  /** `anonymous`: not signed in; reads what is published. */
  kind: 'person' | 'token' | 'kiosk' | 'anonymous'
  /** What history and audit show: a user name, or a token's name behind “token:”. */
  name: string
  personId: number | undefined
  /** Of the session or token that the request came with. */
  credentialId: string | undefined
  role: Role | undefined
  /** A token's own choice among what its role may; undefined: all of it. */
  scopes: readonly Permission[] | undefined
  reach: Reach
  /** Layers that may be read; undefined: all. */
  layers: ReadonlySet<LayerId> | undefined
  /** Signed in with a password that has to be changed first: nothing but that is allowed. */
  mustChangePassword: boolean
  /** Credentials were sent that are good no longer: what is not public answers this in place of what anyone may read. */
  refused?: string | undefined
}

/** Tokens look after no account, neither their owner’s nor another’s. */
export function may({ kind, role, scopes, layers }: Identity, permission: Permission): boolean {
  if (permission === 'public') return true
  if (kind === 'anonymous') return permission === 'read' && (layers?.size ?? 0) > 0
  if (role === undefined || !mayRole(role, permission)) return false
  if ((permission === 'self' || permission === 'people') && kind !== 'person') return false
  return scopes === undefined || scopes.includes(permission)
}
