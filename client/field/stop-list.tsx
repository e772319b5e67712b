import type { MyStop } from '../../geodata/walks/my-round.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import { clock } from './format-clock.ts'
import type { Waiting } from './queue.ts'
import { STOP_ICONS } from './stop-icons.ts'
import type { StopProgress } from './walk.ts'

interface StopListProps {
  stops: readonly MyStop[]
  current: string | undefined
  stateOf(stop: MyStop): StopProgress
  waiting: readonly Waiting[]
  onChoose(id: string): void
}

export function StopList({ stops, current, stateOf, waiting, onChoose }: StopListProps) {
  const { t } = useTexts()
  let number = 0
  return (
    <section className="gw-field-stops">
      <h2>{t('field.stops')}</h2>
      <ol>
        {stops.map((stop) => {
          const state = stateOf(stop)
          const Icon = STOP_ICONS[state]
          const records =
            stop.records.length +
            waiting.filter(
              ({ id, entry }) =>
                entry.kind === 'record' &&
                entry.stopId === stop.id &&
                !stop.records.some((record) => record.id === id),
            ).length
          if (state === 'pass')
            return (
              <li key={stop.id} className="gw-field-pass">
                <Icon size={18} />
                <span>{t('field.pass')}</span>
                <time>{clock(stop.startsAt)}</time>
              </li>
            )
          number += 1
          return (
            <li key={stop.id} data-state={state} data-testid="field-stop">
              <button
                type="button"
                aria-current={stop.id === current || undefined}
                title={t('field.goHere', { name: stop.name })}
                onClick={() => onChoose(stop.id)}
              >
                <Icon size={22} />
                <span className="gw-field-stop-name">
                  <span>{`${number}. ${stop.name}`}</span>
                  <small>
                    {t(`field.state.${state}`)}
                    {records > 0 && ` · ${t('field.records', { count: records })}`}
                  </small>
                </span>
                <time>{clock(stop.startsAt)}</time>
              </button>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
