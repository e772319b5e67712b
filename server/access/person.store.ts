import type { NewPerson, Person, PersonPatch } from '../../geodata/access/people.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { requireVersion } from '../platform/require-version.ts'
import type { Actor } from './actor.ts'
import { type AreaRow, areaJson, resolveArea } from './area.store.ts'
import { emailOf, OIDC_PROVIDER } from './library/profile-to-person.ts'

/** As the API gives them. */
const PERSON = `p.id, p.version, p.username, p.name, p.role, p.demo, p.disabled_at IS NOT NULL AS disabled,
  p.must_change_password AS "mustChangePassword", ${isoTime('p.created_at')} AS "createdAt",
  ${isoTime('p.updated_at')} AS "updatedAt",
  (SELECT ${isoTime('max(s.updated_at)')} FROM session s WHERE s.user_id = p.id) AS "lastSeenAt",
  (SELECT jsonb_build_object('id', d.id, 'name', d.name) FROM department d WHERE d.id = p.department_id) AS department,
  CASE WHEN p.everywhere OR p.role = 'administrator' THEN '"everywhere"'::jsonb
    ELSE ${areaJson('person_area', 'person_id', 'p.id')} END AS area`

/** Everyone, or those whose user name or name has the text in it, whatever its case; by user name. */
export async function listPeople(sql: Sql, text: string | undefined): Promise<Person[]> {
  const rows = await sql.unsafe<Person[]>(
    `SELECT ${PERSON} FROM person p
     WHERE $1::text IS NULL OR strpos(p.username, lower($1)) > 0 OR strpos(lower(p.name), lower($1)) > 0
     ORDER BY p.username`,
    [text ?? null],
  )
  return [...rows]
}

/** Throws not-found. */
export async function getPerson(sql: Sql | TransactionSql, id: number): Promise<Person> {
  const [person] = await sql.unsafe<Person[]>(`SELECT ${PERSON} FROM person p WHERE p.id = $1`, [id])
  if (person) return person
  throw new Problem('not-found', `There is no person ${id}.`)
}

/** Throws name-conflict, and invalid-body for codes of no cell and for no department. `passwordHash` is written to the sign-in library's account. */
export async function createPerson(
  tx: TransactionSql,
  actor: Actor,
  { username, name, role, everywhere, area, departmentId = null }: Omit<NewPerson, 'password'>,
  { passwordHash, mustChange }: { passwordHash: string; mustChange: boolean },
): Promise<Person> {
  const cells = await resolveArea(tx, area)
  await expectDepartment(tx, departmentId)
  const [row] = await tx<{ id: number }[]>`
    INSERT INTO person (username, name, email, role, everywhere, must_change_password, department_id)
    VALUES (${username}, ${name}, ${emailOf(username)}, ${role}, ${everywhere}, ${mustChange}, ${departmentId})
    ON CONFLICT (username) DO NOTHING RETURNING id`
  if (!row)
    throw new Problem(
      'name-conflict',
      `The user name “${username}” is taken. Names stay with their history for good: choose another.`,
    )
  await writeArea(tx, row.id, cells)
  await writePassword(tx, row.id, passwordHash)
  const person = await getPerson(tx, row.id)
  await recordAudit(tx, actor, { kind: 'person', after: auditable(person) })
  return person
}

/** Throws not-found, version-conflict, not-permitted for the last administrator, invalid-body for codes of no cell and for no department. */
export async function changePerson(
  sql: Sql,
  actor: Actor,
  id: number,
  version: number,
  patch: PersonPatch,
): Promise<Person> {
  const answer = await sql.begin(async (tx) => {
    await keepAnAdministrator(tx, id, patch)
    await tx`SELECT FROM person WHERE id = ${id} FOR UPDATE`
    const before = await getPerson(tx, id)
    requireVersion(before.username, version, before.version)
    const { name = null, role = null, everywhere = null, disabled = null } = patch
    const { departmentId = before.department?.id ?? null } = patch
    await expectDepartment(tx, departmentId)
    await tx`
      UPDATE person SET version = version + 1, updated_at = now(), name = coalesce(${name}, name),
        role = coalesce(${role}, role), everywhere = coalesce(${everywhere}, everywhere),
        department_id = ${departmentId},
        disabled_at = CASE ${disabled}::boolean WHEN true THEN coalesce(disabled_at, now()) WHEN false THEN NULL
          ELSE disabled_at END
      WHERE id = ${id}`
    if (patch.area) await writeArea(tx, id, await resolveArea(tx, patch.area))
    if (disabled) await tx`DELETE FROM session WHERE user_id = ${id}`
    const after = await getPerson(tx, id)
    await recordAudit(tx, actor, { kind: 'person', before: auditable(before), after: auditable(after) })
    return after
  })
  return answer as Person
}

/** Somebody who was let in without being added first: written down as one who was. */
export async function tellNewcomer(sql: Sql, id: number, origin: Omit<Actor, 'name'>): Promise<void> {
  const person = await getPerson(sql, id)
  const actor = { ...origin, name: person.username, personId: id }
  await recordAudit(sql, actor, { kind: 'person', after: auditable(person) })
}

/**
 * Signs them out everywhere; the next sign-in asks for another password. At a provider whoever has their user name then is
 * taken for them from then on. Throws not-found.
 */
export async function resetPassword(sql: Sql, actor: Actor, id: number, passwordHash: string): Promise<void> {
  await sql.begin(async (tx) => {
    const { username } = await getPerson(tx, id)
    await writePassword(tx, id, passwordHash)
    await tx`UPDATE person SET must_change_password = true, version = version + 1, updated_at = now() WHERE id = ${id}`
    await tx`DELETE FROM session WHERE user_id = ${id}`
    await tx`DELETE FROM account WHERE user_id = ${id} AND provider_id = ${OIDC_PROVIDER}`
    await recordAudit(tx, actor, { kind: 'person', detail: { username, what: 'password-reset' } })
  })
}

/** A password that somebody else gave is of no use to one whom a provider vouches for: it lets nobody in any more. */
export async function dropGivenPassword(sql: Sql, actor: Actor, id: number): Promise<void> {
  await sql.begin(async (tx) => {
    const { username } = await getPerson(tx, id)
    await tx`UPDATE person SET must_change_password = false, version = version + 1, updated_at = now() WHERE id = ${id}`
    await tx`DELETE FROM account WHERE user_id = ${id} AND provider_id = 'credential'`
    await recordAudit(tx, actor, { kind: 'person', detail: { username, what: 'password-dropped' } })
  })
}

/** Whether a provider already vouches for this person, by another subject: user names are given again, subjects are not. */
export async function isLinked(sql: Sql, id: number): Promise<boolean> {
  const [row] = await sql<[{ is: boolean }]>`
    SELECT EXISTS (SELECT FROM account WHERE user_id = ${id} AND provider_id = ${OIDC_PROVIDER}) AS is`
  return row.is
}

/** Their own choice, which need not be changed again. */
export async function keepPassword(sql: Sql, actor: Actor, id: number): Promise<void> {
  await sql.begin(async (tx) => {
    const [{ username }] = await tx<[{ username: string }]>`
      UPDATE person SET must_change_password = false, version = version + 1, updated_at = now() WHERE id = ${id}
      RETURNING username`
    await recordAudit(tx, actor, { kind: 'person', detail: { username, what: 'password-changed' } })
  })
}

/** Who has a user name, and whether a password lets them in; disabled or not. */
export async function findSignIn(
  sql: Sql,
  username: string,
): Promise<{ id: number; hasPassword: boolean } | undefined> {
  const [person] = await sql<{ id: number; hasPassword: boolean }[]>`
    SELECT p.id, EXISTS (SELECT FROM account a WHERE a.user_id = p.id AND a.password IS NOT NULL) AS "hasPassword"
    FROM person p WHERE p.username = ${username}`
  return person
}

/** Asked before each session, however somebody signs in. */
export async function mayBeginSession(sql: Sql, personId: number, isDemo: boolean): Promise<boolean> {
  const [row] = await sql<{ may: boolean }[]>`
    SELECT disabled_at IS NULL AND (NOT demo OR ${isDemo}) AS may FROM person WHERE id = ${personId}`
  return row?.may ?? false
}

/** Those made by demo mode do not count: they cannot sign in outside it. */
export async function hasAdministrator(sql: Sql | TransactionSql): Promise<boolean> {
  const [row] = await sql<[{ has: boolean }]>`
    SELECT EXISTS (SELECT FROM person WHERE role = 'administrator' AND disabled_at IS NULL AND NOT demo) AS has`
  return row.has
}

/** Holds all administrators until the transaction ends, so that two cannot take each other’s role at once. */
async function keepAnAdministrator(tx: TransactionSql, id: number, patch: PersonPatch): Promise<void> {
  if (!patch.disabled && (patch.role === undefined || patch.role === 'administrator')) return
  const rows = await tx<{ id: number }[]>`
    SELECT id FROM person WHERE role = 'administrator' AND disabled_at IS NULL AND NOT demo ORDER BY id FOR UPDATE`
  if (rows.length === 1 && rows[0]!.id === id)
    throw new Problem(
      'not-permitted',
      'This is the last administrator: nobody could give the role back. Make somebody else an administrator first.',
    )
}

async function expectDepartment(tx: TransactionSql, id: number | null): Promise<void> {
  if (id === null) return
  const [found] = await tx`SELECT FROM department WHERE id = ${id} FOR KEY SHARE`
  if (found) return
  throw new Problem(
    'invalid-body',
    `There is no department ${id}. Choose one that there is: GET /api/v1/departments.`,
    {
      issues: [{ at: '/departmentId', message: `${id} is no department` }],
    },
  )
}

async function writeArea(tx: TransactionSql, personId: number, cells: AreaRow[]): Promise<void> {
  await tx`DELETE FROM person_area WHERE person_id = ${personId}`
  if (cells.length === 0) return
  await tx`INSERT INTO person_area ${tx(cells.map(({ layer, cellId }) => ({ person_id: personId, layer, cell_id: cellId })))}`
}

export async function writePassword(
  tx: TransactionSql,
  personId: number,
  passwordHash: string,
): Promise<void> {
  await tx`
    INSERT INTO account (user_id, provider_id, account_id, password)
    VALUES (${personId}, 'credential', ${String(personId)}, ${passwordHash})
    ON CONFLICT (provider_id, account_id) DO UPDATE SET password = excluded.password, updated_at = now()`
}

const auditable = ({ id, username, name, role, area, department, disabled }: Person) => ({
  id,
  username,
  name,
  role,
  area: area === 'everywhere' ? area : area.map(({ code }) => code),
  department: department?.name ?? null,
  disabled,
})
