import { isDeepStrictEqual } from 'node:util'
import { patchSettings, type SettingKey } from '../../geodata/settings/patch-settings.ts'
import {
  DEFAULT_SETTINGS,
  type Settings,
  type SettingsAnswer,
  type SettingsPatch,
  settingsSchema,
} from '../../geodata/settings/settings.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import type { Env } from '../platform/env.ts'
import { requireVersion } from '../platform/require-version.ts'

/** The settings in force: what was stored, over what the environment says, over the defaults. */
export async function readSettings(
  sql: Sql | TransactionSql,
  env: Pick<Env, 'reviewNumber'>,
): Promise<SettingsAnswer> {
  const rows = await sql<{ key: string; value: unknown; version: number }[]>`
    SELECT key, value, version FROM setting`
  const stored = new Map(rows.map(({ key, value }) => [key, value]))
  const values = defaults(env)
  for (const key of Object.keys(values) as SettingKey[]) take(values, key, stored.get(key))
  return { version: rows.reduce((sum, row) => sum + row.version, 0), values }
}

function defaults({ reviewNumber }: Pick<Env, 'reviewNumber'>): Settings {
  return { ...DEFAULT_SETTINGS, reviewNumber: reviewNumber ?? DEFAULT_SETTINGS.reviewNumber }
}

/** A value that another version wrote and this one does not understand leaves the default. */
function take<K extends SettingKey>(values: Settings, key: K, stored: unknown): void {
  if (stored === undefined || stored === null) return
  const parsed = settingsSchema.shape[key].safeParse(stored)
  if (parsed.success) values[key] = parsed.data as Settings[K]
}

/**
 * Applies a merge patch if the settings are still of the version that was read. Throws version-conflict, and
 * invalid-body when the settings that it would give do not fit each other.
 */
export async function changeSettings(
  sql: Sql,
  env: Pick<Env, 'reviewNumber'>,
  expectedVersion: number,
  patch: SettingsPatch,
  actor: Actor,
): Promise<SettingsAnswer> {
  const answer = await sql.begin(async (tx) => {
    // Two that change different settings still read one version.
    await tx`LOCK TABLE setting IN SHARE ROW EXCLUSIVE MODE`
    const { version, values } = await readSettings(tx, env)
    requireVersion('the settings', expectedVersion, version)
    const changes = patchSettings(values, patch)
    refuseUnfit({ ...values, ...withoutNulls(changes) })
    for (const [key, value] of Object.entries(changes))
      await tx`
        INSERT INTO setting (key, value, updated_by) VALUES (${key}, ${JSON.stringify(value)}::text::jsonb, ${actor.name})
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = setting.version + 1,
          updated_at = now(), updated_by = excluded.updated_by
        WHERE setting.value IS DISTINCT FROM excluded.value`
    const answer = await readSettings(tx, env)
    const changed = (Object.keys(changes) as SettingKey[]).filter(
      (key) => !isDeepStrictEqual(values[key], answer.values[key]),
    )
    if (changed.length > 0)
      await recordAudit(tx, actor, {
        kind: 'setting',
        before: only(values, changed),
        after: only(answer.values, changed),
      })
    return answer
  })
  return answer as SettingsAnswer
}

const only = (values: Settings, keys: SettingKey[]) =>
  Object.fromEntries(keys.map((key) => [key, values[key]]))

const withoutNulls = (changes: object): Partial<Settings> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== null))

function refuseUnfit(values: Settings): void {
  const parsed = settingsSchema.safeParse(values)
  if (parsed.success) return
  const issues = parsed.error.issues.map(({ path, message }) => ({ at: `/${path.join('/')}`, message }))
  throw new Problem(
    'invalid-body',
    `The settings would not fit: ${issues.map(({ at, message }) => `${at} ${message}`).join('; ')}.`,
    { issues },
  )
}
