import { Problem } from '../../geodata/shared/problem.ts'
import { MOST_PUSH_HOURS, type PushRequest, type WallPushed } from '../../geodata/walls/open-wall.schema.ts'
import { reachedIds } from '../access/reaches-feature.store.ts'
import { recordWallEvent } from '../live/wall-events.store.ts'
import type { Deps } from '../platform/deps.ts'
import type { ByWhom } from './by-whom.ts'
import { findLayout } from './layout.store.ts'
import { namesMeant } from './open-wall.store.ts'

const HOUR_MS = 3_600_000
/** What is done once is not done any more by a wall that hears of it later. */
const ONCE_MS = 10 * 60_000

/**
 * Sends something to walls, through the outbox: every process tells the walls that listen to it. Throws outside-area,
 * invalid-body for an end that has passed or is too far away, not-found for a layout or hazard that is not there.
 */
export async function pushToWalls(
  { database: { sql }, outbox }: Deps,
  { actor, reach }: ByWhom,
  { walls, push }: PushRequest,
): Promise<{ eventId: number; walls: string[] }> {
  const nowMs = Date.now()
  const until = 'until' in push ? Date.parse(push.until) : nowMs + ONCE_MS
  if (until <= nowMs || until > nowMs + MOST_PUSH_HOURS * HOUR_MS)
    throw new Problem(
      'invalid-body',
      `It would be shown until ${new Date(until).toISOString()}; expected a moment within the next ${MOST_PUSH_HOURS} hours.`,
      { issues: [{ at: '/push/until', message: 'has passed, or is too far away' }] },
    )
  if (push.kind === 'view') {
    if (push.layout !== null) await findLayout(sql, push.layout)
    if (
      push.hazardId !== null &&
      !(await reachedIds(sql, 'hazards', [push.hazardId], reach)).has(push.hazardId)
    )
      throw new Problem('not-found', `There is no hazard ${push.hazardId}. It may have been deleted.`)
  }
  const names = await namesMeant(sql, reach, walls)
  const told: WallPushed = {
    by: actor.name,
    at: new Date(nowMs).toISOString(),
    until: new Date(until).toISOString(),
    push,
  }
  // To all, also those that open later; of somebody with an area, to those whose area is known.
  const to = reach === 'everywhere' ? walls : names
  const eventId = await sql.begin((tx) =>
    recordWallEvent(
      tx,
      actor,
      { kind: 'wall', told: { push: told, walls: to } },
      { detail: { walls: to, ...told } },
    ),
  )
  outbox.wake()
  return { eventId, walls: names }
}
