import { describe, expect, test } from 'vitest'
import type { AlarmMark, HazardFacts } from './alarm-facts.ts'
import { findAlarms } from './find-alarms.ts'
import { freshnessOf } from './freshness.ts'
import { findFlood, listAlarms } from './list-alarms.ts'
import type { WallSource } from './source.schema.ts'

const NOW = Date.parse('2026-03-02T02:00:00Z')
const MINUTE = 60_000
const iso = (minutesAgo: number) => new Date(NOW - minutesAgo * MINUTE).toISOString()

const hazard = (more: Partial<HazardFacts> = {}): HazardFacts => ({
  id: 1,
  title: '占用消防通道',
  severity: 'medium',
  state: 'handling',
  reportedAt: NOW - 300 * MINUTE,
  stateSince: NOW - 200 * MINUTE,
  dueAt: NOW + 600 * MINUTE,
  owner: '城管中队',
  escalation: 0,
  lngLat: [121, 31],
  gridCode: '320508019044001',
  gridName: '第一网格',
  ...more,
})
const raise = (...hazards: HazardFacts[]) => findAlarms(hazards, [], [], NOW)
const list = (hazards: HazardFacts[], marks: Record<string, AlarmMark> = {}, now = NOW) =>
  listAlarms(findAlarms(hazards, [], [], now), new Map(Object.entries(marks)), now)

describe('what raises an alarm', () => {
  test('a hazard in hand within its deadline raises none, one without a deadline neither', () => {
    expect(raise(hazard(), hazard({ id: 2, dueAt: null }))).toEqual([])
  })

  test('a deadline that is reached this very moment is near, and over a millisecond later', () => {
    expect(raise(hazard({ dueAt: NOW }))).toMatchObject([{ kind: 'due-soon', level: 3 }])
    expect(raise(hazard({ dueAt: NOW - 1 }))).toMatchObject([{ kind: 'overdue', level: 2 }])
  })

  test('a report that nobody has taken up is no alarm while its quarter of an hour runs', () => {
    const report = hazard({ state: 'reported', owner: null, dueAt: NOW + 5 * MINUTE })
    expect(raise(report)).toEqual([])
    expect(raise({ ...report, dueAt: NOW - MINUTE })).toMatchObject([{ kinds: ['overdue', 'unassigned'] }])
  })

  test('a critical one is an alarm at once, until somebody has it in hand', () => {
    const critical = hazard({ severity: 'critical', state: 'reported', owner: null, dueAt: null })
    expect(raise(critical)).toMatchObject([{ kind: 'critical', level: 1, since: iso(300) }])
    expect(raise({ ...critical, state: 'handling' })).toEqual([])
  })

  test('one thing is one alarm, by its worst reason', () => {
    const [alarm, ...more] = raise(
      hazard({ severity: 'high', owner: null, state: 'returned', dueAt: NOW - 90 * MINUTE, escalation: 3 }),
    )
    expect(more).toEqual([])
    expect(alarm).toMatchObject({ level: 1, kind: 'overdue', kinds: ['overdue', 'escalated', 'unassigned'] })
  })

  test('a source is an alarm once it is silent for five intervals, one never heard of is not', () => {
    const source = (state: WallSource['state'], heartbeatAt: string | null): WallSource => ({
      ...{ id: 'hotline', state, heartbeatAt, dataAt: null, intervalSeconds: 60, knownAt: iso(0) },
      isIdle: false,
    })
    const found = findAlarms([], [], [source('band', iso(6)), source('unknown', null)], NOW)
    expect(found).toMatchObject([{ key: 'source:hotline', kind: 'source-stale', since: iso(5) }])
  })

  test('of what is equally bad the newest stands first, and what has stood for over a day last', () => {
    const late = [90, 30, 2000].map((minutes, at) => hazard({ id: at + 1, dueAt: NOW - minutes * MINUTE }))
    const { alarms } = list([...late, hazard({ id: 4, severity: 'high', dueAt: NOW - 3000 * MINUTE })])
    expect(alarms.map(({ hazardId }) => hazardId)).toEqual([4, 2, 1, 3])
  })

  test('what has stood for over a day is stale', () => {
    const [old, young] = raise(
      hazard({ dueAt: NOW - 1441 * MINUTE }),
      hazard({ id: 2, dueAt: NOW - 1440 * MINUTE }),
    )
    expect([old!.isStale, young!.isStale]).toEqual([true, false])
  })
})

describe('what was answered', () => {
  const late = hazard({ dueAt: NOW - 30 * MINUTE })
  const [raised] = raise(late)
  const mark = (more: Partial<AlarmMark> = {}): AlarmMark => ({
    ...{ state: 'acknowledged', weight: raised!.weight, by: 'chief', at: NOW - MINUTE, until: null },
    note: null,
    ...more,
  })

  test('an answered alarm stands behind every unanswered one, however bad', () => {
    const worse = hazard({ id: 2, severity: 'critical', dueAt: NOW - MINUTE })
    const [before] = raise(worse)
    const { alarms, counts } = list([worse, late], { 'hazard:2': mark({ weight: before!.weight, at: NOW }) })
    expect(alarms.map(({ key, state }) => `${key} ${state}`)).toEqual([
      'hazard:1 new',
      'hazard:2 acknowledged',
    ])
    expect(counts).toMatchObject({ total: 2, unanswered: 1, acknowledged: 1 })
  })

  test('a shelved one is gone until its moment comes', () => {
    const marks = { 'hazard:1': mark({ state: 'shelved', until: NOW + MINUTE }) }
    expect(list([late], marks)).toMatchObject({ alarms: [], shelved: [{ key: 'hazard:1' }] })
    expect(list([late], marks, NOW + MINUTE)).toMatchObject({ alarms: [{ state: 'new' }], shelved: [] })
  })

  test('a shelved or acknowledged one comes back when it gets worse', () => {
    for (const state of ['shelved', 'acknowledged'] as const) {
      const marks = { 'hazard:1': mark({ state, until: state === 'shelved' ? NOW + 60 * MINUTE : null }) }
      expect(list([{ ...late, escalation: 2 }], marks).alarms).toMatchObject([{ state: 'new', mark: null }])
      expect(list([{ ...late, severity: 'high' }], marks).alarms).toMatchObject([{ state: 'new' }])
    }
  })

  test('a report of a phone whose clock is ahead can be answered', () => {
    const ahead = hazard({
      severity: 'critical',
      state: 'reported',
      reportedAt: NOW + 30 * MINUTE,
      dueAt: null,
    })
    const [alarm] = raise(ahead)
    const marks = { 'hazard:1': mark({ weight: alarm!.weight }) }
    expect(list([ahead], marks).alarms).toMatchObject([{ state: 'acknowledged' }])
  })

  test('an alarm that ended and began anew is not answered by what was said before', () => {
    const again = hazard({ dueAt: NOW - MINUTE / 2 })
    expect(list([again], { 'hazard:1': mark() }).alarms).toMatchObject([{ state: 'new' }])
  })
})

describe('many at once', () => {
  const at = (minutesAgo: number) => NOW - minutesAgo * MINUTE

  test('ten within ten minutes are no flood, eleven are', () => {
    const eleven = Array.from({ length: 11 }, (_, i) => at(9 - i * 0.5))
    expect(findFlood(eleven.slice(1), NOW)).toBeNull()
    expect(findFlood(eleven, NOW)).toEqual({ since: iso(4), count: 11 })
  })

  test('a flood lasts until no more than five began in ten minutes', () => {
    const old = Array.from({ length: 12 }, () => at(12))
    expect(findFlood([...old, ...[9, 8, 7, 6, 5, 4].map(at)], NOW)).toMatchObject({ count: 6 })
    expect(findFlood([...old, ...[9, 8, 7, 6, 5].map(at)], NOW)).toBeNull()
  })

  test('groups count what is listed and what is not, and what lies in no grid', () => {
    const many = Array.from({ length: 260 }, (_, i) =>
      hazard({
        id: i + 1,
        dueAt: NOW - (i + 1) * MINUTE,
        gridCode: i < 250 ? '320508019044001' : null,
        severity: i === 9 ? 'critical' : 'medium',
      }),
    )
    const { alarms, counts, groups } = list(many)
    expect([alarms.length, counts.total]).toEqual([200, 260])
    expect(groups).toMatchObject([
      { gridCode: '320508019044001', count: 250, unanswered: 250, level: 1, worstKey: 'hazard:10' },
      { gridCode: null, count: 10, level: 2 },
    ])
  })
})

describe('freshness', () => {
  const source = (more: Partial<WallSource> = {}): WallSource => ({
    ...{ id: 'positions', heartbeatAt: iso(0), dataAt: null, intervalSeconds: 60, knownAt: iso(0) },
    ...{ isIdle: false, state: 'fresh', ...more },
  })
  const stateIn = (seconds: number, more: Partial<WallSource> = {}) =>
    freshnessOf(source(more), NOW + seconds * 1000)

  test('grey from twice the interval on, a band from five times on', () => {
    const looked = (seconds: number) => ({ knownAt: new Date(NOW + seconds * 1000).toISOString() })
    expect(stateIn(119, looked(119))).toBe('fresh')
    expect(stateIn(120, looked(120))).toBe('grey')
    expect(stateIn(299, looked(299))).toBe('grey')
    expect(stateIn(300, looked(300))).toBe('band')
  })

  test('what nobody looked up for a minute is not known, not even that it is idle', () => {
    const hours = { intervalSeconds: 3600 }
    expect([stateIn(60, hours), stateIn(61, hours)]).toEqual(['fresh', 'unknown'])
    expect([stateIn(60, { isIdle: true }), stateIn(61, { isIdle: true })]).toEqual(['idle', 'unknown'])
  })

  test('never heard of is not fresh, and a sign of life from the future neither', () => {
    expect(stateIn(0, { heartbeatAt: null })).toBe('unknown')
    expect(stateIn(-3600)).toBe('unknown')
    expect(stateIn(0, { heartbeatAt: 'yesterday' })).toBe('unknown')
  })

  test('beats that stop are grey and a band, not unknown', () => {
    const server = { id: 'server', intervalSeconds: 5 } as const
    expect([5, 10, 25, 3600].map((seconds) => stateIn(seconds, server))).toEqual([
      'fresh',
      'grey',
      'band',
      'band',
    ])
  })
})
