import type { MiddlewareHandler } from 'hono'
import { PERMISSIONS, type Permission } from '../../geodata/access/permissions.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AppEnv } from './app-env.ts'
import { may } from './identity.ts'
import { readableLayer } from './readable-layer.ts'

/** All that is open to someone whose password has to be changed, but for what is public: signing out. */
const PASSWORD_PATH = '/api/v1/session/password'

/**
 * What every route stands behind: throws not-signed-in, password-change-required or not-permitted. Whoever is not signed
 * in and reads published layers gets no further than routes that name the layer that they read (`published`), or that
 * look it up in the address and call readableLayer themselves (`by-address`).
 */
export const requirePermission =
  (permission: Permission, published?: LayerId | 'by-address'): MiddlewareHandler<AppEnv> =>
  async (context, next) => {
    const identity = context.var.identity
    if (permission !== 'public') {
      if (identity.refused) throw new Problem('not-signed-in', identity.refused)
      if (identity.mustChangePassword && context.req.path !== PASSWORD_PATH)
        throw new Problem(
          'password-change-required',
          'This password was given to you by someone else. Change it first: PUT /api/v1/session/password.',
        )
      const limited = identity.layers !== undefined
      if (limited && published !== undefined && published !== 'by-address') readableLayer(identity, published)
      if (!may(identity, permission) || (limited && published === undefined)) {
        if (limited || identity.kind === 'anonymous')
          throw new Problem(
            'not-signed-in',
            'This needs someone who is signed in. Sign in, or send a token: Authorization: Bearer gw_….',
          )
        throw new Problem(
          'not-permitted',
          `${identity.name} may not do this: it needs the permission “${permission}” (${PERMISSIONS[permission].en}). An administrator can give it.`,
        )
      }
    }
    await next()
  }
