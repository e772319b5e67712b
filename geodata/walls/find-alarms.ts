import { DUE_SOON_MINUTES } from '../hazards/deadline.ts'
import type { CaseStateName } from '../hazards/workflow.ts'
import { ALARM_KIND_NAMES, type Alarm, type AlarmKind, STALE_HOURS } from './alarm.schema.ts'
import type { AlarmMark, HazardFacts, SiteFacts } from './alarm-facts.ts'
import type { WallSource } from './source.schema.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** From here on coordinators and supervisors were told (geodata/hazards: escalation). */
const ESCALATED_BEYOND_OWNER = 2
/** Nobody has begun to do anything about it. */
const NOT_IN_HAND: readonly CaseStateName[] = [
  'reported',
  'pending_verify',
  'pending_dispatch',
  'dispatched',
  'returned',
  'reopened',
]

/** One reason for an alarm; `since` milliseconds since 1970. */
interface Reason {
  kind: AlarmKind
  level: number
  since: number
}

/** An alarm before it is known whether somebody answered it. */
export type Raised = Omit<Alarm, 'state' | 'mark'> & { sinceMs: number; weight: number }

/**
 * Everything that somebody should look at, in no order: one alarm for each hazard, patrol site and source that has a
 * reason, whose kind, level and beginning are those of its worst reason.
 */
export function findAlarms(
  hazards: readonly HazardFacts[],
  sites: readonly SiteFacts[],
  sources: readonly WallSource[],
  nowMs: number,
): Raised[] {
  return [
    ...hazards.flatMap((hazard) => {
      const { id, title, lngLat, gridCode, gridName, owner, severity, dueAt, escalation } = hazard
      const place = { title, lngLat, gridCode, gridName, owner, severity }
      const dueIso = dueAt === null ? null : new Date(dueAt).toISOString()
      const about = { key: `hazard:${id}`, hazardId: id, ...place, dueAt: dueIso }
      return raise(reasonsOf(hazard, nowMs), about, nowMs, escalation)
    }),
    ...sites.flatMap(({ id, name, brokeAt, lngLat, gridCode, gridName }) =>
      raise(
        brokeAt <= nowMs ? [{ kind: 'site-missed', level: 3, since: brokeAt }] : [],
        { key: `site:${id}`, checkpointId: id, title: name, lngLat, gridCode, gridName },
        nowMs,
      ),
    ),
    ...sources.flatMap(({ id, state, heartbeatAt, intervalSeconds }) =>
      raise(
        state === 'band' && heartbeatAt !== null
          ? [
              {
                kind: 'source-stale',
                level: 2,
                since: Date.parse(heartbeatAt) + intervalSeconds * 1000,
              },
            ]
          : [],
        { key: `source:${id}`, sourceId: id, title: '' },
        nowMs,
      ),
    ),
  ]
}

/**
 * Why a hazard needs somebody. Before it has an owner its limits are minutes, so that nearing them is no reason yet:
 * every report would be an alarm.
 */
function reasonsOf(hazard: HazardFacts, nowMs: number): Reason[] {
  const { severity, state, owner, dueAt, escalation, reportedAt, stateSince } = hazard
  const isGrave = severity === 'critical' || severity === 'high'
  const reasons: Reason[] = []
  if (severity === 'critical' && NOT_IN_HAND.includes(state))
    // A phone's clock may be ahead: what began in the future could never be answered.
    reasons.push({ kind: 'critical', level: 1, since: Math.min(reportedAt, stateSince) })
  if (dueAt === null) return reasons
  if (dueAt < nowMs) {
    reasons.push({ kind: 'overdue', level: isGrave ? 1 : 2, since: dueAt })
    if (owner === null) reasons.push({ kind: 'unassigned', level: 2, since: dueAt })
    if (escalation >= ESCALATED_BEYOND_OWNER)
      reasons.push({ kind: 'escalated', level: escalation > ESCALATED_BEYOND_OWNER ? 1 : 2, since: dueAt })
  } else if (owner !== null && dueAt <= nowMs + DUE_SOON_MINUTES * MINUTE) {
    const since = Math.max(dueAt - DUE_SOON_MINUTES * MINUTE, stateSince)
    reasons.push({ kind: 'due-soon', level: isGrave ? 2 : 3, since: Math.min(since, nowMs) })
  }
  return reasons
}

type About = Pick<Raised, 'key' | 'title'> &
  Partial<
    Pick<
      Raised,
      | 'hazardId'
      | 'checkpointId'
      | 'sourceId'
      | 'lngLat'
      | 'gridCode'
      | 'gridName'
      | 'owner'
      | 'severity'
      | 'dueAt'
    >
  >

function raise(reasons: Reason[], about: About, nowMs: number, escalation = 0): Raised[] {
  const rank = ({ kind }: Reason) => ALARM_KIND_NAMES.indexOf(kind)
  const worstFirst = [...reasons].sort((a, b) => a.level - b.level || rank(a) - rank(b))
  const [worst] = worstFirst
  if (worst === undefined) return []
  return [
    {
      hazardId: null,
      checkpointId: null,
      sourceId: null,
      lngLat: null,
      gridCode: null,
      gridName: null,
      owner: null,
      severity: null,
      dueAt: null,
      ...about,
      kind: worst.kind,
      kinds: worstFirst.map(({ kind }) => kind),
      level: worst.level,
      since: new Date(worst.since).toISOString(),
      sinceMs: worst.since,
      isStale: nowMs - worst.since > STALE_HOURS * HOUR,
      weight: (5 - worst.level) * 1000 + (ALARM_KIND_NAMES.length - rank(worst)) * 10 + escalation,
    },
  ]
}

/**
 * Whether what somebody answered still holds: not when it was shelved until a moment that has come, not when the alarm
 * got worse since, and not for an alarm that ended and began anew.
 */
export const holds = (mark: AlarmMark, { weight, sinceMs }: Raised, nowMs: number): boolean =>
  weight <= mark.weight && sinceMs <= mark.at && (mark.until === null || nowMs < mark.until)
