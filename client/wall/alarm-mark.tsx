import type { Alarm } from '../../geodata/walls/alarm.schema.ts'

/** What an alarm is about by its shape, how bad by its sign; the words beside it say the same. */
export function AlarmMark({ alarm }: { alarm: Alarm }) {
  const isAnswered = alarm.state !== 'new'
  return (
    <svg className="gw-wall-mark" viewBox="0 0 24 24" aria-hidden="true">
      {alarm.sourceId ? (
        <rect x="3" y="3" width="18" height="18" rx="4" />
      ) : alarm.checkpointId !== null && alarm.hazardId === null ? (
        <circle cx="12" cy="12" r="10" />
      ) : (
        <path d="M12 1 L23 12 L12 23 L1 12 Z" />
      )}
      {isAnswered ? (
        <path className="gw-wall-sign" d="M7.5 12.5 L11 16 L17 9" />
      ) : (
        <path className="gw-wall-sign" d="M12 6.5 V13 M12 16.4 V17" />
      )}
    </svg>
  )
}
