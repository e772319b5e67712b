import type { Context } from 'hono'
import { PERMISSIONS, type Permission } from '../../geodata/access/permissions.ts'
import type { AppEnv } from '../access/app-env.ts'
import { may } from '../access/identity.ts'
import type { Reach } from '../access/reach.ts'

/** Whom analyses are shown to. */
export interface Reader {
  reach: Reach
  /** All that they have: some answers take more than “read”. */
  permissions: readonly Permission[]
}

const ALL = Object.keys(PERMISSIONS) as Permission[]

export function readerOf({ var: { identity } }: Context<AppEnv>): Reader {
  return { reach: identity.reach, permissions: ALL.filter((permission) => may(identity, permission)) }
}
