import {
  ALARM_WINDOW_MINUTES,
  type Alarm,
  type AlarmGroup,
  type AlarmList,
  FLOOD_ALARMS,
  MOST_ALARMS,
  MOST_GROUPS,
  MOST_SHELVED,
  RATE_TARGET,
} from './alarm.schema.ts'
import type { AlarmMark } from './alarm-facts.ts'
import { holds, type Raised } from './find-alarms.ts'

const WINDOW_MS = ALARM_WINDOW_MINUTES * 60_000
const DAY_MS = 86_400_000

/**
 * Alarms as every wall shows them: unanswered before answered, the worst first, then the newest. Counts, groups and
 * rates are of all of them, however many are listed.
 */
export function listAlarms(
  raised: readonly Raised[],
  marks: ReadonlyMap<string, AlarmMark>,
  nowMs: number,
): AlarmList {
  const alarms = [...raised].sort(worstFirst).map((alarm) => markAlarm(alarm, marks.get(alarm.key), nowMs))
  const standing = alarms.filter(({ state }) => state !== 'shelved')
  const unanswered = standing.filter(({ state }) => state === 'new')
  const acknowledged = standing.filter(({ state }) => state === 'acknowledged')
  const shelved = alarms.filter(({ state }) => state === 'shelved')
  const began = raised.map(({ sinceMs }) => sinceMs)
  return {
    alarms: [...unanswered, ...acknowledged].slice(0, MOST_ALARMS),
    shelved: shelved
      .sort((a, b) => (a.mark?.until ?? '').localeCompare(b.mark?.until ?? ''))
      .slice(0, MOST_SHELVED),
    counts: {
      total: standing.length,
      unanswered: unanswered.length,
      acknowledged: acknowledged.length,
      shelved: shelved.length,
      stale: standing.filter(({ isStale }) => isStale).length,
    },
    groups: groupByGrid(standing).slice(0, MOST_GROUPS),
    flood: findFlood(began, nowMs),
    rate: {
      lastTenMinutes: countSince(began, nowMs, WINDOW_MS),
      perTenMinutes: countSince(began, nowMs, DAY_MS) / (DAY_MS / WINDOW_MS),
      target: RATE_TARGET,
    },
  }
}

/** What is new is not hidden behind what has stood there all along, and least by what has stood for over a day. */
const worstFirst = (a: Raised, b: Raised): number =>
  a.level - b.level ||
  Number(a.isStale) - Number(b.isStale) ||
  b.sinceMs - a.sinceMs ||
  (a.key < b.key ? -1 : 1)

/** An alarm as it stands with the last answer to it. */
export function markAlarm(raised: Raised, mark: AlarmMark | undefined, nowMs: number): Alarm {
  const { sinceMs: _, weight: __, ...alarm } = raised
  if (mark === undefined || !holds(mark, raised, nowMs)) return { ...alarm, state: 'new', mark: null }
  const { state, by, at, until, note } = mark
  return {
    ...alarm,
    state,
    mark: {
      by,
      at: new Date(at).toISOString(),
      until: until === null ? null : new Date(until).toISOString(),
      note,
    },
  }
}

/** `alarms` the worst first: the first of a grid is its worst. */
function groupByGrid(alarms: readonly Alarm[]): AlarmGroup[] {
  const groups = new Map<string | null, AlarmGroup>()
  for (const { gridCode, gridName, key, level, state } of alarms) {
    const group = groups.get(gridCode) ?? {
      ...{ gridCode, gridName, count: 0, unanswered: 0, level, worstKey: key },
    }
    groups.set(gridCode, group)
    group.count++
    if (state === 'new') group.unanswered++
    if (level < group.level) Object.assign(group, { level, worstKey: key })
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || a.level - b.level)
}

const countSince = (began: readonly number[], nowMs: number, spanMs: number): number =>
  began.filter((at) => at > nowMs - spanMs && at <= nowMs).length

/**
 * A flood begins when more than FLOOD_ALARMS began within ten minutes and ends when no more than half as many did, so
 * that the wall does not go back and forth between the two. `began`: milliseconds since 1970, in any order.
 */
export function findFlood(began: readonly number[], nowMs: number): AlarmList['flood'] {
  const past = began.filter((at) => at <= nowMs)
  const steps = [
    ...past.map((at) => ({ at, by: 1 })),
    ...past.map((at) => ({ at: at + WINDOW_MS, by: -1 })).filter(({ at }) => at <= nowMs),
  ].sort((a, b) => a.at - b.at || a.by - b.by)
  let count = 0
  let since: number | undefined
  for (const { at, by } of steps) {
    count += by
    if (count > FLOOD_ALARMS) since ??= at
    else if (count <= FLOOD_ALARMS / 2) since = undefined
  }
  return since === undefined ? null : { since: new Date(since).toISOString(), count }
}
