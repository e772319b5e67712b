import type { z } from 'zod'
import { INDICATOR_IDS, INDICATORS } from '../../geodata/figures/indicators.ts'
import {
  type Scheme,
  schemeSchema,
  type Targets,
  targetsSchema,
} from '../../geodata/figures/scheme.schema.ts'
import { SCHEMES, type SchemeId } from '../../geodata/figures/scheme.ts'
import type { Actor } from '../access/actor.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { requireVersion } from '../platform/require-version.ts'

/** Version 0: nobody has changed what the product has. */
export interface Versioned<T> {
  version: number
  rule: T
}

type Reader<T> = (sql: Sql | TransactionSql) => Promise<Versioned<T>>

const TARGETS = 'targets'
const USUAL_TARGETS: Targets = Object.fromEntries(INDICATOR_IDS.map((id) => [id, INDICATORS[id].target]))

export const readTargets: Reader<Targets> = (sql) => readRule(sql, TARGETS, targetsSchema, USUAL_TARGETS)

export const readScheme = (sql: Sql | TransactionSql, id: SchemeId): Promise<Versioned<Scheme>> =>
  readRule(sql, id, schemeSchema, SCHEMES[id])

/** Indicators that are left out keep their targets. Throws version-conflict. */
export const replaceTargets = (sql: Sql, expected: number, targets: Targets, actor: Actor) =>
  replaceRule(sql, TARGETS, expected, readTargets, (before) => ({ ...before, ...targets }), actor)

/** Throws version-conflict. */
export const replaceScheme = (sql: Sql, id: SchemeId, expected: number, scheme: Scheme, actor: Actor) =>
  replaceRule(
    sql,
    id,
    expected,
    (tx) => readScheme(tx, id),
    () => scheme,
    actor,
  )

async function readRule<T>(
  sql: Sql | TransactionSql,
  id: string,
  schema: z.ZodType<T>,
  usual: T,
): Promise<Versioned<T>> {
  const [row] = await sql<{ version: number; rule: unknown }[]>`
    SELECT version, rule FROM figure_rule WHERE id = ${id}`
  return row ? { version: row.version, rule: schema.parse(row.rule) } : { version: 0, rule: usual }
}

async function replaceRule<T extends object>(
  sql: Sql,
  id: string,
  expected: number,
  read: Reader<T>,
  change: (before: T) => T,
  actor: Actor,
): Promise<Versioned<T>> {
  const answer = await sql.begin(async (tx) => {
    // Two that read one version do not both write, also where there is no row yet.
    await tx`LOCK TABLE figure_rule IN SHARE ROW EXCLUSIVE MODE`
    const before = await read(tx)
    requireVersion(`“${id}”`, expected, before.version)
    const after: Versioned<T> = { version: before.version + 1, rule: change(before.rule) }
    await tx`
      INSERT INTO figure_rule (id, version, rule)
      VALUES (${id}, ${after.version}, ${JSON.stringify(after.rule)}::text::jsonb)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, rule = excluded.rule, updated_at = now()`
    await recordAudit(tx, actor, {
      kind: 'indicator',
      before: before.rule,
      after: after.rule,
      detail: { rule: id, version: after.version },
    })
    return after
  })
  return answer as Versioned<T>
}
