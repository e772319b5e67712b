import type { PersonRole } from '../../geodata/access/people.schema.ts'
import { ROLES } from '../../geodata/access/roles.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { emailOf } from './library/profile-to-person.ts'

/** Roles that are shown with an area of their own: the first community. */
const LOCAL: readonly PersonRole[] = ['officer', 'department', 'supervisor']

/** The person that demo mode signs in as, made on first use and given the role again on every one. */
export async function demoPerson(sql: Sql, role: PersonRole): Promise<number> {
  return (await sql.begin((tx) => demoPersonIn(tx, role))) as number
}

/** The same, with other things in one transaction. */
export async function demoPersonIn(tx: TransactionSql, role: PersonRole): Promise<number> {
  const username = `demo-${role}`
  const { zh, en } = ROLES[role]
  const [person] = await tx<[{ id: number }]>`
    INSERT INTO person (username, name, email, role, everywhere, demo)
    VALUES (${username}, ${`${zh} ${en}`}, ${emailOf(username)}, ${role}, ${!LOCAL.includes(role)}, true)
    ON CONFLICT (username) DO UPDATE SET role = excluded.role, disabled_at = NULL
    RETURNING id`
  if (role === 'department')
    await tx`
      UPDATE person SET department_id = (SELECT id FROM department WHERE active ORDER BY id LIMIT 1)
      WHERE id = ${person.id} AND department_id IS NULL`
  // A demo area that was made anew has other cells.
  if (LOCAL.includes(role))
    await tx`
      INSERT INTO person_area (person_id, layer, cell_id)
      SELECT ${person.id}, 'communities', (SELECT id FROM community ORDER BY code LIMIT 1)
      WHERE EXISTS (SELECT FROM community) AND NOT EXISTS (
        SELECT FROM person_area a JOIN (SELECT 'communities' AS layer, id FROM community
          UNION ALL SELECT 'grids', id FROM grid UNION ALL SELECT 'micro-grids', id FROM micro_grid) c
          ON c.layer = a.layer AND c.id = a.cell_id
        WHERE a.person_id = ${person.id})
      ON CONFLICT DO NOTHING`
  return person.id
}
