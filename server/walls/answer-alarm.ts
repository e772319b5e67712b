import { Problem } from '../../geodata/shared/problem.ts'
import type { Alarm } from '../../geodata/walls/alarm.schema.ts'
import { STANDARD_LAYOUT } from '../../geodata/walls/layout.schema.ts'
import { markAlarm } from '../../geodata/walls/list-alarms.ts'
import type { AreaRow } from '../access/area.store.ts'
import type { Deps } from '../platform/deps.ts'
import { type Answer, readMarks, writeAnswer } from './alarm.store.ts'
import type { ByWhom } from './by-whom.ts'
import type { InCells } from './hazard-facts.store.ts'
import type { Pictures } from './pictures.ts'

/**
 * Answers an alarm for everybody. Throws not-found when there is no such alarm now that whoever answers reaches,
 * outside-area for a source when they do not reach everything, wrong-state when there is no answer to take back.
 */
export async function answerAlarm(
  { database, outbox }: Deps,
  pictures: Pictures,
  { actor, reach }: ByWhom,
  key: string,
  answer: Answer,
): Promise<Alarm> {
  const { facts, raised, nowMs } = await pictures.raised({ layout: STANDARD_LAYOUT, cells: undefined, reach })
  const alarm = raised.find((one) => one.key === key)
  if (alarm === undefined)
    throw new Problem(
      'not-found',
      `There is no alarm “${key}” now: what it was about may be done. Load the list again.`,
    )
  if (alarm.sourceId !== null && reach !== 'everywhere')
    throw new Problem(
      'outside-area',
      'A source is silent for every area, so answering it needs an area that is everywhere. Tell your supervisor.',
    )
  const standing = markAlarm(alarm, (await readMarks(database.sql)).get(key), nowMs)
  if (answer.change === 'withdraw' && standing.state === 'new')
    throw new Problem(
      'wrong-state',
      `Nobody has answered the alarm “${key}”, or it got worse since: there is nothing to take back.`,
    )
  const place = [...facts.hazards, ...facts.missed].find(
    (one) => ('severity' in one ? 'hazard:' : 'site:') + one.id === key,
  )
  const mark = await writeAnswer(
    database.sql,
    actor,
    { key, weight: alarm.weight, cell: place && cellOf(place) },
    answer,
  )
  outbox.wake()
  await outbox.settled()
  return markAlarm(alarm, mark, Date.now())
}

/** The smallest cell that it lies in. */
function cellOf({ communityId, gridId, microGridId }: InCells): AreaRow | undefined {
  if (microGridId !== null) return { layer: 'micro-grids', cellId: microGridId }
  if (gridId !== null) return { layer: 'grids', cellId: gridId }
  return communityId === null ? undefined : { layer: 'communities', cellId: communityId }
}
