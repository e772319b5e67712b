import { IconCheck, IconFlag3, IconMapPinCheck, IconNavigationFilled, IconPencil } from '@tabler/icons-react'
import { RISKS, SITE_TYPES } from '../../geodata/patrols/site-types.ts'
import type { MyStop } from '../../geodata/walks/my-round.schema.ts'
import { CHECK_IN_METRES } from '../../geodata/walks/walk-limits.ts'
import { formatMetres, formatMinutes } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { clock, spent } from './format-clock.ts'
import type { Position } from './recorder.ts'
import { useHeading } from './use-heading.ts'
import type { Duty } from './walk.ts'
import { bearingTo, metresTo, windOf } from './way-to.ts'

interface NextStopProps {
  /** undefined: all are done. */
  stop: MyStop | undefined
  number: number
  all: number
  duty: Duty | undefined
  position: Position | undefined
  now: number
  onArrive(stop: MyStop): void
  onLeave(stop: MyStop): void
  onRecord(stop: MyStop): void
  onReport(): void
}

/** Nearer than this a direction is only noise. */
const NEAR_METRES = 15

export function NextStop(props: NextStopProps) {
  const { stop, number, all, duty, position, now, onArrive, onLeave, onRecord, onReport } = props
  const { t, lang, enums } = useTexts()
  const heading = useHeading(duty !== undefined)
  const report = (
    <button
      type="button"
      className="gw-field-button"
      data-testid="field-report"
      disabled={!duty}
      onClick={onReport}
    >
      <IconFlag3 size={20} />
      {t('field.report')}
    </button>
  )
  if (!stop)
    return (
      <section className="gw-field-card" data-testid="field-next">
        <h2>{t('field.allDone')}</h2>
        <p className="gw-field-quiet">{t('field.allDoneLead')}</p>
        {report}
      </section>
    )
  const visit = duty?.visit?.stopId === stop.id ? duty.visit : undefined
  const metres = position && metresTo(position.lngLat, stop.lngLat)
  const bearing = position && bearingTo(position.lngLat, stop.lngLat)
  const isClosed = stop.windows?.every(({ from, to }) => now < Date.parse(from) || now > Date.parse(to))
  const site = Object.entries(SITE_TYPES).find(([type]) => type === stop.siteType)?.[1]
  const risk = RISKS.find((known) => known === stop.risk)
  return (
    <section className="gw-field-card" data-testid="field-next" data-stop={stop.id}>
      <p className="gw-field-quiet">
        {t(visit ? 'field.hereNow' : 'field.nextStop')}
        {' · '}
        {t('field.stopOf', { number, all })}
      </p>
      <h2>{stop.name}</h2>
      <p className="gw-field-facts">
        {site && <span>{site[lang]}</span>}
        {risk && <span data-risk={risk}>{`${t('facts.risk')} ${enums('risk', risk)}`}</span>}
      </p>
      <div className="gw-field-way">
        {metres !== undefined && bearing !== undefined ? (
          <>
            <span
              className="gw-field-arrow"
              data-near={metres < NEAR_METRES || undefined}
              style={{ rotate: metres < NEAR_METRES ? '0deg' : `${bearing - (heading ?? 0)}deg` }}
            >
              {metres < NEAR_METRES ? <IconMapPinCheck size={32} /> : <IconNavigationFilled size={32} />}
            </span>
            <strong data-testid="field-way">
              {metres < NEAR_METRES
                ? t('field.nearby', { distance: formatMetres(metres, lang) })
                : t('field.away', {
                    distance: formatMetres(metres, lang),
                    wind: t(`field.wind.${windOf(bearing)}`),
                  })}
            </strong>
          </>
        ) : (
          !duty && <span className="gw-field-quiet">{t('field.noWay')}</span>
        )}
      </div>
      <p className="gw-field-facts">
        <span>{t('field.planned', { from: clock(stop.startsAt), to: clock(stop.leavesAt) })}</span>
        {stop.dwellMinutes > 0 && (
          <span>{t('field.stay', { minutes: formatMinutes(stop.dwellMinutes, lang) })}</span>
        )}
        {stop.windows && stop.windows.length > 0 && (
          <span data-closed={isClosed || undefined}>
            {t('field.open', {
              times: stop.windows.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(', '),
            })}
            {isClosed && ` · ${t('field.closedNow')}`}
          </span>
        )}
      </p>
      {visit ? (
        <>
          <p className="gw-field-here">
            {t('field.hereSince', { time: clock(visit.since), spent: spent(now - Date.parse(visit.since)) })}
          </p>
          <button
            type="button"
            className="gw-field-check-in"
            data-testid="field-leave"
            onClick={() => onLeave(stop)}
          >
            <IconCheck size={24} />
            {t('field.leave')}
          </button>
        </>
      ) : (
        <>
          {duty && metres !== undefined && metres > CHECK_IN_METRES && (
            <p className="gw-field-quiet">{t('field.farOff', { distance: formatMetres(metres, lang) })}</p>
          )}
          <button
            type="button"
            className="gw-field-check-in"
            data-testid="field-check-in"
            disabled={!duty}
            onClick={() => onArrive(stop)}
          >
            <IconMapPinCheck size={24} />
            {t(duty ? 'field.checkIn' : 'field.checkInFirst')}
          </button>
        </>
      )}
      <div className="gw-field-actions">
        <button
          type="button"
          className="gw-field-button"
          data-testid="field-record"
          disabled={!duty}
          onClick={() => onRecord(stop)}
        >
          <IconPencil size={20} />
          {t('field.record')}
        </button>
        {report}
      </div>
    </section>
  )
}
