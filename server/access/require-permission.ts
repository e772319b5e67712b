import type { MiddlewareHandler } from 'hono'
import { PERMISSIONS, type Permission } from '../../geodata/access/permissions.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AppEnv } from './app-env.ts'
import { may } from './identity.ts'

/** What every route stands behind: throws not-signed-in, password-change-required or not-permitted. */
export const requirePermission =
  (permission: Permission): MiddlewareHandler<AppEnv> =>
  async (context, next) => {
    const identity = context.var.identity
    if (permission !== 'public') {
      if (identity.mustChangePassword && permission !== 'self')
        throw new Problem(
          'password-change-required',
          'This password was given to you by someone else. Change it first: PUT /api/v1/session/password.',
        )
      if (!may(identity, permission)) {
        if (identity.kind === 'anonymous')
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
