import type { SmokeAlarm } from '../../../geodata/campaigns/smoke-alarm.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import { listed } from '../words.ts'

const TONES = { overdue: 'critical', due: 'due', ok: 'done', none: undefined } as const

/** How the alarms of a building stand, by a shape and in words: what is next, and when. */
export function AlarmMark({ alarm }: { alarm: Pick<SmokeAlarm, 'state' | 'tasks' | 'dueOn'> }) {
  const { t, lang } = useTexts()
  const { state, tasks, dueOn } = alarm
  const what = listed(
    tasks.map((task) => t(`alarms.tasks.${task}`)),
    lang,
  )
  return (
    <span className="gw-campaign-state" data-tone={TONES[state]} data-state={state}>
      <i aria-hidden="true" />
      {t(`alarms.states.${state}`)}
      {state !== 'none' && ` · ${t('alarms.next', { what, day: dueOn ?? t('alarms.noDay') })}`}
    </span>
  )
}
