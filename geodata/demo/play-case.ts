import { applyAction, beginCase, type CaseAction, write } from '../hazards/apply-action.ts'
import { type CaseState, type NewEntry, runningClock } from '../hazards/case-state.ts'
import type { CaseRules, Category, Severity } from '../hazards/limits.ts'
import { Problem } from '../shared/problem.ts'
import { byDay } from './case-days.ts'
import { CHECKERS, CHIEF, DESK, NOTES, REASONS } from './case-words.ts'
import type { Random } from './random.ts'

export interface PlayedEntry extends NewEntry {
  actor: string
  role: string | null
}

export interface PlayedCase {
  entries: PlayedEntry[]
  state: CaseState
  calls: HotlineCalls
}

export interface CaseSetting {
  random: Random
  rules: CaseRules
  /** Milliseconds since 1970; nothing is played beyond it. */
  now: number
  category: Category
  severity: Severity
  reportedAt: number
  /** Who reports, and who verifies on the spot. */
  officer: string
  /** Whose category and place it is, the likeliest first; numbers from 1 and their names. */
  owners: readonly { id: number; name: string }[]
  /** Number of the hotline's order that it came of. */
  order: string | null
}

/** What the hotline asks for beside the work: a contact first, and a call back by the unit and by the street. */
export interface HotlineCalls {
  contactAt: string | null
  unit: CallBack | null
  street: CallBack | null
}
export interface CallBack {
  at: string
  solved: boolean | null
  satisfied: boolean | null
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** A case that is sent to and fro ends here all the same. */
const MOST_ENTRIES = 60

interface Move {
  /** Milliseconds after the entry before. */
  after: number
  action: Omit<CaseAction, 'at'>
  actor: string
  role: string
}

/** One case from its report up to now, by the rules that hold for every other: what they refuse is a fault of this player. */
export function playCase(setting: CaseSetting): PlayedCase {
  const { random, rules, now, category, severity, reportedAt, officer } = setting
  const note = random.pick(NOTES.report)
  const at = new Date(reportedAt).toISOString()
  const begun = beginCase(
    { category, severity },
    { at, ...(note ? { note } : {}), ...detailOf(setting.order, at) },
    rules,
  )
  const reporter = setting.order === null ? officer : DESK[0]!
  const entries: PlayedEntry[] = [
    { ...begun.entry, actor: reporter, role: setting.order === null ? 'officer' : 'coordinator' },
  ]
  const calls: HotlineCalls = { contactAt: null, unit: null, street: null }
  let state = begun.next
  // Decided once: how long the work takes, told in parts of its limit, and whether it is one that somebody has lost sight of.
  const mood: Mood = {
    pace: paceOf(random),
    asksTime: random.chance(0.06),
    isParked: random.chance(severity === 'critical' ? 0 : 0.012),
    wasReturned: false,
    reworks: 0,
  }
  while (entries.length < MOST_ENTRIES) {
    const move = nextMove(setting, state, mood)
    if (!move) break
    const time = Date.parse(state.lastAt) + Math.max(1000, Math.round(move.after / 1000) * 1000)
    if (time > now) break
    const applied = applyAction(state, { ...move.action, at: new Date(time).toISOString() }, rules)
    if (applied instanceof Problem)
      throw new Error(`The demo area does what cannot be done: ${applied.message}`)
    if (setting.order !== null) call(move, time)
    entries.push({ ...applied.entry, seq: state.entries + 1, actor: move.actor, role: move.role })
    state = { ...applied.next, entries: state.entries + 1 }
  }
  return { entries, state, calls }

  /** Whoever called hears of it before the work is done, when it is, and when it was checked. */
  function call(move: Move, time: number): void {
    const last = Date.parse(state.lastAt)
    const at = new Date(last + Math.floor((time - last) * random.between(0.3, 0.8))).toISOString()
    const tell = (kind: 'contact' | 'call-back', by: 'unit' | 'street', more: object) => {
      const detail = { order: setting.order, by, ...more }
      const told = write(state, state, { at, action: kind }, kind, detail)
      const who =
        by === 'unit' ? { actor: move.actor, role: 'department' } : { actor: move.actor, role: 'officer' }
      entries.push({ ...told.entry, ...who })
      state = told.next
    }
    const { action } = move.action
    if (action === 'finish' && calls.contactAt === null) {
      calls.contactAt = at
      tell('contact', 'unit', { reached: random.chance(0.95) })
    } else if (action === 'submit' || action === 'close') {
      const by = action === 'submit' ? 'unit' : 'street'
      const reached = random.chance(0.93)
      const solved = reached ? random.chance(0.9) : null
      const satisfied = reached ? random.chance(solved ? 0.92 : 0.3) : null
      calls[by] = { at, solved, satisfied }
      tell('call-back', by, { reached, solved, satisfied })
    }
  }
}

interface Mood {
  pace: number
  asksTime: boolean
  isParked: boolean
  wasReturned: boolean
  reworks: number
}

/** Most work takes a third to nine tenths of its limit, a tenth is late, a little is very late. */
function paceOf(random: Random): number {
  const roll = random.next()
  if (roll < 0.885) return random.between(0.12, 0.92)
  return roll < 0.975 ? random.between(1.02, 1.8) : random.between(2, 5)
}

/** What is done next to a case, when and by whom; undefined: nothing more. */
function nextMove(setting: CaseSetting, state: CaseState, mood: Mood): Move | undefined {
  const { random, officer, owners } = setting
  const last = Date.parse(state.lastAt)
  const desk = random.pick(DESK)
  const owner = owners.find(({ id }) => id === state.departmentId)
  /** What needs people on the spot waits for the morning. */
  const inDaytime = (after: number) => byDay(random, last + after) - last
  const atDesk = (action: Move['action'], after: number): Move => ({
    after,
    action,
    actor: desk,
    role: 'coordinator',
  })
  const onSpot = (action: Move['action'], after: number): Move => ({
    after: inDaytime(after),
    action,
    actor: officer,
    role: 'officer',
  })
  const byOwner = (action: Move['action'], after: number): Move => ({
    after: inDaytime(after),
    action,
    actor: owner?.name ?? desk,
    role: 'department',
  })
  const byChief = (action: Move['action'], after: number): Move => ({
    after,
    action,
    actor: CHIEF,
    role: 'supervisor',
  })
  switch (state.state) {
    case 'reported':
      return atDesk(
        { action: 'accept' },
        random.chance(0.94) ? random.between(1, 14) * MINUTE : random.between(16, 90) * MINUTE,
      )
    case 'pending_verify': {
      const after = random.chance(0.88) ? random.between(4, 28) * MINUTE : random.between(31, 240) * MINUTE
      if (random.chance(0.07)) return onSpot({ action: 'reject', reason: random.pick(REASONS.reject) }, after)
      return onSpot({ action: 'file' }, after)
    }
    case 'rejected':
      if (!random.chance(0.1)) return undefined
      return onSpot({ action: 'appeal', reason: random.pick(REASONS.appeal) }, random.between(1, 20) * HOUR)
    case 'pending_dispatch':
    case 'returned':
    case 'reopened': {
      const after = random.chance(0.93) ? random.between(1, 13) * MINUTE : random.between(16, 60) * MINUTE
      // One that is not the first choice sends it back; the second time the desk knows.
      const isWrong = owners.length > 1 && !mood.wasReturned && random.chance(0.08)
      return atDesk({ action: 'dispatch', departmentId: owners[isWrong ? 1 : 0]!.id }, after)
    }
    case 'dispatched':
      if (state.departmentId !== owners[0]!.id) {
        mood.wasReturned = true
        return byOwner(
          { action: 'return', reason: random.pick(REASONS.return) },
          random.between(10, 120) * MINUTE,
        )
      }
      return byOwner({ action: 'take' }, random.between(5, 90) * MINUTE)
    case 'handling':
      return work(setting, state, mood, { byOwner, byChief })
    case 'handled':
      return byOwner({ action: 'submit', note: '已上传整改情况' }, random.between(3, 50) * MINUTE)
    case 'pending_check': {
      const checker: Move = {
        after: inDaytime(random.between(0.5, 7) * HOUR),
        action: { action: 'close', ...optionalNote(random.pick(NOTES.close)) },
        actor: random.pick(CHECKERS),
        role: 'officer',
      }
      if (mood.reworks >= 2 || !random.chance(0.06)) return checker
      mood.reworks += 1
      mood.pace = random.between(0.2, 0.8)
      return { ...checker, action: { action: 'reopen', reason: random.pick(REASONS.reopen) } }
    }
    case 'closed':
      if (mood.reworks > 0 || !random.chance(0.012)) return undefined
      mood.reworks += 1
      return {
        ...onSpot({ action: 'reopen', reason: random.pick(REASONS.reopen) }, random.between(1, 9) * DAY),
      }
  }
}

/** The work itself: more time may be asked for, a case may be suspended once, and then it is done. */
function work(
  { random }: CaseSetting,
  state: CaseState,
  mood: Mood,
  { byOwner, byChief }: Record<'byOwner' | 'byChief', (action: Move['action'], after: number) => Move>,
): Move {
  const last = Date.parse(state.lastAt)
  const run = runningClock(state)!
  const limit = Date.parse(run.dueAt) - Date.parse(run.startedAt)
  if (state.suspendedUntil !== null) {
    // It ends by itself.
    return {
      after: Date.parse(state.suspendedUntil) - last,
      action: { action: 'resume' },
      actor: '系统',
      role: 'supervisor',
    }
  }
  if (state.extensionAsked !== null) {
    mood.asksTime = random.chance(0.15)
    if (random.chance(0.15))
      return byChief(
        { action: 'refuse-extension', reason: random.pick(REASONS['refuse-extension']) },
        random.between(10, 90) * MINUTE,
      )
    return byChief({ action: 'extend' }, random.between(10, 90) * MINUTE)
  }
  if (mood.isParked) {
    mood.isParked = false
    const until = new Date(last + Math.round(random.between(12, 45)) * DAY).toISOString()
    return byChief(
      { action: 'suspend', reason: random.pick(REASONS.suspend), until },
      random.between(1, 5) * HOUR,
    )
  }
  if (mood.asksTime && state.extensions < 2) {
    mood.asksTime = false
    const ask = byOwner(
      { action: 'ask-extension', reason: random.pick(REASONS['ask-extension']) },
      0.6 * (Date.parse(run.dueAt) - last),
    )
    // After the deadline nobody asks any more.
    if (last + ask.after < Date.parse(run.dueAt)) return ask
  }
  const end = Date.parse(run.startedAt) + run.pausedMinutes * MINUTE + limit * mood.pace
  return byOwner(
    { action: 'finish', ...optionalNote(random.pick(NOTES.finish)) },
    Math.max(end - last, random.between(15, 60) * MINUTE),
  )
}

const optionalNote = (note: string | null): { note?: string } => (note ? { note } : {})

const detailOf = (order: string | null, receivedAt: string) =>
  order === null ? {} : { detail: { order, receivedAt, channel: '12345' } }
