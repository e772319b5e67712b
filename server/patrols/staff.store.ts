import { mayRole, ROLE_NAMES } from '../../geodata/access/roles.ts'
import type { Sql } from '../platform/database.ts'

const WALKERS = ROLE_NAMES.filter((role) => mayRole(role, 'walk'))

/** Those who may walk patrols and may sign in, by name. */
export async function listStaff(sql: Sql): Promise<{ username: string; name: string; role: string }[]> {
  const rows = await sql<{ username: string; name: string; role: string }[]>`
    SELECT username, name, role FROM person
    WHERE role = ANY(${WALKERS}::text[]) AND disabled_at IS NULL ORDER BY name, username`
  return [...rows]
}
