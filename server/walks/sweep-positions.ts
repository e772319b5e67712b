import { recordAudit } from '../audit/record-audit.store.ts'
import type { Network } from '../network/network.ts'
import type { Sql } from '../platform/database.ts'
import type { Env } from '../platform/env.ts'
import { hourly } from '../platform/hourly.ts'
import { readSettings } from '../settings/settings.store.ts'
import { findRun, runsToFind } from './find-run.ts'

/**
 * Deletes positions, and the matched ways made of them, that are older than the setting says; visits and figures stay. The
 * audit trail tells how many were of how many walks. Returns how many were deleted.
 */
export async function sweepPositions(sql: Sql, env: Pick<Env, 'reviewNumber'>): Promise<number> {
  return (await sql.begin(async (tx) => {
    const { trackDays } = (await readSettings(tx, env)).values
    const runs = await tx<{ id: number }[]>`
      UPDATE patrol_run SET swept_at = coalesce(swept_at, now()), matched = NULL
      WHERE id IN (SELECT run_id FROM patrol_position WHERE at < now() - ${trackDays} * interval '1 day')
      RETURNING id`
    if (runs.length === 0) return 0
    const gone = await tx`DELETE FROM patrol_position WHERE at < now() - ${trackDays} * interval '1 day'`
    await recordAudit(
      tx,
      { name: 'gridward' },
      { kind: 'walk', detail: { positionsDeleted: gone.count, walks: runs.length, trackDays } },
    )
    return gone.count
  })) as number
}

/**
 * Now and every hour: first finds what walks that are over came to, as positions that go can be looked at no more. Returns
 * what ends it.
 */
export function sweepPositionsHourly(
  sql: Sql,
  network: Network,
  env: Pick<Env, 'reviewNumber'>,
  failed: (error: unknown) => void,
): () => void {
  return hourly(async (isEnded) => {
    for (const id of await runsToFind(sql)) if (!isEnded()) await findRun(sql, network, id)
    if (!isEnded()) await sweepPositions(sql, env)
  }, failed)
}
