import type { TFunction } from 'i18next'
import { ALARM_KINDS, type Alarm } from '../../geodata/walls/alarm.schema.ts'
import { SOURCES } from '../../geodata/walls/source.schema.ts'
import type { Language } from '../ui/i18n.ts'
import { formatMoment, formatSpan, formatSpanBriefly } from './format.ts'

interface Words {
  t: TFunction
  lang: Language
}

export const titleOf = (alarm: Alarm, { lang }: Pick<Words, 'lang'>): string =>
  alarm.sourceId ? SOURCES[alarm.sourceId][lang] : alarm.title || ALARM_KINDS[alarm.kind][lang]

/** How it stands against the clock: by how much it is over, or what is left, or for how long it stands; in full or briefly. */
export function standingOf(
  { kind, dueAt, since }: Alarm,
  nowMs: number,
  { t, lang }: Words,
  isBrief: boolean,
): string {
  const span = (ms: number) => (isBrief ? formatSpanBriefly(ms, lang) : formatSpan(ms, lang))
  const dueMs = dueAt === null ? undefined : Date.parse(dueAt)
  if (dueMs !== undefined && dueMs < nowMs) return t('wall.overdueBy', { span: span(nowMs - dueMs) })
  const word = ALARM_KINDS[kind][lang]
  // Beside a title there is no room for why it is one: its colour and sign say how bad.
  if (dueMs !== undefined && (kind === 'due-soon' || isBrief))
    return t('wall.dueIn', { span: span(dueMs - nowMs) })
  return `${word} ${t('wall.standing', { span: span(nowMs - Date.parse(since)) })}`
}

/** Who has seen to it, or until when it was shelved. */
export const answerOf = ({ by, until }: NonNullable<Alarm['mark']>, nowMs: number, t: TFunction): string =>
  until === null
    ? t('wall.acknowledgedBy', { name: by })
    : t('wall.shelvedUntil', { time: formatMoment(Date.parse(until), nowMs) })

export const deadlineOf = ({ dueAt }: Alarm, nowMs: number, t: TFunction): string | undefined =>
  dueAt === null ? undefined : t('wall.deadline', { time: formatMoment(Date.parse(dueAt), nowMs) })

/** Colour only for what is wrong: most urgent, urgent, or answered and so nobody's alarm any more. */
export function toneOf({ state, level, kind }: Alarm): 'critical' | 'due' | 'calm' {
  if (state !== 'new') return 'calm'
  return level <= 2 && kind !== 'due-soon' ? 'critical' : 'due'
}
