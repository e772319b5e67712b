import type { Alarm } from '../../geodata/walls/alarm.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { AlarmMark } from './alarm-mark.tsx'
import { answerOf, deadlineOf, standingOf, titleOf, toneOf } from './alarm-words.ts'
import type { Rows } from './fit-rows.ts'

interface AlarmRowProps {
  alarm: Alarm
  nowMs: number
  /** In three lines how it stands has one of its own; in one there is nothing but title and standing. */
  rows: Pick<Rows, 'lines' | 'hasDeadline'>
  isFresh: boolean
  isChosen: boolean
  onChoose(): void
}

/** What, how it stands against the clock, where, and who has it. */
export function AlarmRow({ alarm, nowMs, rows, isFresh, isChosen, onChoose }: AlarmRowProps) {
  const words = useTexts()
  const { t } = words
  const { mark, gridName, owner, sourceId } = alarm
  const { lines, hasDeadline } = rows
  const isThreeLined = lines === 3
  const isOver = alarm.dueAt !== null && Date.parse(alarm.dueAt) < nowMs
  // How much it is over says the deadline as well.
  const deadline = hasDeadline || (isThreeLined && !isOver) ? deadlineOf(alarm, nowMs, t) : undefined
  const where = sourceId ? undefined : (gridName ?? t('wall.noGrid'))
  const whose = mark ? answerOf(mark, nowMs, t) : undefined
  const isNobodys = owner === null && alarm.hazardId !== null
  const standing = <b>{standingOf(alarm, nowMs, words, !isThreeLined)}</b>
  const due = deadline && <span>{deadline}</span>
  return (
    <li>
      <button
        type="button"
        className="gw-wall-alarm"
        data-tone={toneOf(alarm)}
        data-fresh={isFresh || undefined}
        data-key={alarm.key}
        aria-pressed={isChosen}
        onClick={onChoose}
        data-testid="wall-alarm"
      >
        <AlarmMark alarm={alarm} />
        <span className="gw-wall-alarm-line">
          <span className="gw-wall-alarm-title">{titleOf(alarm, words)}</span>
          {!isThreeLined && standing}
        </span>
        {isThreeLined && (
          <span className="gw-wall-alarm-line">
            {standing}
            {due}
          </span>
        )}
        {lines > 1 && (
          <span className="gw-wall-alarm-line">
            {where && <span className="gw-wall-alarm-where">{where}</span>}
            {whose ? (
              <span>{whose}</span>
            ) : isNobodys ? (
              <em>{t('wall.nobody')}</em>
            ) : (
              owner && <span>{owner}</span>
            )}
            {lines === 2 && due}
          </span>
        )}
      </button>
    </li>
  )
}
