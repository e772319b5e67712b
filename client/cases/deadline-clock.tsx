import { IconAlertTriangle, IconClock, IconClockPause } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { type Deadline, readDeadline } from '../../geodata/hazards/read-deadline.ts'
import type { WorkingCalendar } from '../../geodata/hazards/working-calendar.ts'
import { formatTime } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { formatSpan } from './format.ts'

interface DeadlineClockProps {
  deadline: Deadline
  /** undefined: not known yet. */
  calendar: WorkingCalendar | undefined
  /** Without the time of the deadline: in a list that has it beside. */
  brief?: boolean
}

/**
 * What is left until a deadline, in words and never by colour alone. It ticks by itself, once a minute, so that nothing
 * around it is drawn again.
 */
export function DeadlineClock({ deadline, calendar, brief = false }: DeadlineClockProps) {
  const { t, lang } = useTexts()
  const [now, setNow] = useState(Date.now)
  const read = calendar && readDeadline(deadline, calendar, now)
  const { dueAt, limitKind, suspendedUntil } = deadline
  const again = read?.againMillis
  // biome-ignore lint/correctness/useExhaustiveDependencies: another deadline, or the last tick, sets another timer
  useEffect(() => {
    if (again === undefined) return
    const timer = setTimeout(() => setNow(Date.now()), Math.max(again, 250))
    return () => clearTimeout(timer)
  }, [again, now, dueAt, limitKind, suspendedUntil])
  if (!read || read.status === 'unknown')
    return (
      <span className="gw-clock" data-status="unknown" role="timer">
        {t(read ? 'cases.clock.none' : 'cases.clock.unknown')}
      </span>
    )
  if (read.status === 'suspended')
    return (
      <span className="gw-clock" data-status="suspended" role="timer">
        <IconClockPause size={16} aria-hidden="true" />
        {t('cases.clock.suspended', { time: formatTime(suspendedUntil ?? '') })}
      </span>
    )
  const span = formatSpan(read.spanMillis, read.of, lang)
  const late = read.status === 'overdue'
  const facts = [
    ...(!brief && dueAt
      ? [t(late ? 'cases.clock.since' : 'cases.clock.until', { time: formatTime(dueAt) })]
      : []),
    ...(!late && read.of === 'working' ? [t('cases.clock.working')] : []),
  ]
  const Sign = late ? IconAlertTriangle : IconClock
  return (
    <span className="gw-clock" data-status={read.status} role="timer">
      <Sign size={16} aria-hidden="true" />
      <b>{late ? t('cases.clock.overdue', { span }) : t('cases.clock.left', { span })}</b>
      {facts.length > 0 && <span className="gw-clock-due">{facts.join(' · ')}</span>}
    </span>
  )
}
