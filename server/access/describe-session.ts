import { PERMISSIONS, type Permission } from '../../geodata/access/permissions.ts'
import { ROLE_NAMES } from '../../geodata/access/roles.ts'
import type { Session } from '../../geodata/access/session.schema.ts'
import { readSettings } from '../settings/settings.store.ts'
import { describeReach } from './area.store.ts'
import { type Identity, may } from './identity.ts'
import type { Access } from './open-access.ts'
import { getPerson, hasAdministrator } from './person.store.ts'

/** Who asks, what they may do, and how one may sign in here. */
export async function describeSession(access: Access, identity: Identity): Promise<Session> {
  const { database, env } = access
  const { sql } = database
  const isAnonymous = identity.kind === 'anonymous'
  const [isDemo, settings, person, area] = await Promise.all([
    access.isDemo(),
    readSettings(sql, env),
    identity.personId === undefined || identity.kind !== 'person'
      ? undefined
      : getPerson(sql, identity.personId),
    isAnonymous ? [] : describeReach(sql, identity.reach),
  ])
  const { publishedLayers, areaName, reviewNumber } = settings.values
  const isNew = isAnonymous && !isDemo && !(await hasAdministrator(sql))
  return {
    state: isNew ? 'set-up' : isAnonymous ? 'anonymous' : 'signed-in',
    demoRoles: isDemo ? ROLE_NAMES.filter((role) => role !== 'kiosk') : [],
    oidc: env.access.oidc ? { title: env.access.oidc.title } : null,
    person: person ? { id: person.id, username: person.username, name: person.name } : null,
    kind: identity.kind,
    name: identity.name,
    sessionId: identity.kind === 'person' && identity.credentialId ? Number(identity.credentialId) : null,
    role: identity.role ?? null,
    mustChangePassword: identity.mustChangePassword,
    permissions: (Object.keys(PERMISSIONS) as Permission[]).filter((permission) => may(identity, permission)),
    area,
    publishedLayers,
    publicMap: publishedLayers.length > 0 ? { name: areaName, reviewNumber } : null,
  }
}
