import type { Identity } from '../../server/access/identity.ts'
import type { CellSet, Reach } from '../../server/access/reach.ts'
import type { DatabaseContext } from './on-both-databases.ts'
import { client } from './small-hierarchy.ts'

export const cells = (some: Partial<CellSet>): CellSet => ({
  communities: [],
  grids: [],
  'micro-grids': [],
  ...some,
})

/** Someone who may do everything within an area; without one, nothing. */
export const supervisor = (reach: Reach, more: Partial<Identity> = {}): Identity => ({
  kind: 'person',
  name: 'weiduan',
  personId: 7,
  credentialId: undefined,
  role: 'administrator',
  scopes: undefined,
  reach,
  layers: undefined,
  mustChangePassword: false,
  ...more,
})

/** The client of someone who is not an administrator of everything. */
export function clientOf(context: DatabaseContext, identity: Identity) {
  const app = context.appFor(identity)
  return client(Object.create(context, { app: { value: () => app } }) as DatabaseContext)
}
