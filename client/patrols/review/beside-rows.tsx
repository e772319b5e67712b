import type { LngLat } from '../../../geodata/shared/geojson.ts'
import type { Run } from '../../../geodata/walks/run.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import { clockOf } from '../planning/shift.ts'
import { BesideMark } from './stop-mark.tsx'

interface BesideRowsProps {
  run: Run
  onZoom(at: LngLat): void
  onSelect(at: string): void
}

/** What was done beside the plan: sites visited that the round does not have, and hazards reported. */
export function BesideRows({ run: { offPlan, reports }, onZoom, onSelect }: BesideRowsProps) {
  const { t, enums } = useTexts()
  return (
    <>
      {offPlan.length > 0 && (
        <>
          <h3>{t('walked.offPlanVisits')}</h3>
          <ul className="gw-walked-stops">
            {offPlan.map(({ checkpointId, name, lngLat, startedAt, endedAt }) => (
              <li key={`${checkpointId} ${startedAt}`} data-testid="walked-off-plan">
                <button type="button" onClick={() => onZoom(lngLat)}>
                  <BesideMark kind="off-plan" />
                  <b>{name}</b>
                  <span>{t('walked.actual', { from: clockOf(startedAt), to: clockOf(endedAt) })}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {reports.length > 0 && (
        <>
          <h3>{t('walked.reports')}</h3>
          <ul className="gw-walked-stops">
            {reports.map(({ id, at, hazardId, lngLat, title, severity, state }) => (
              <li key={id} data-testid="walked-report">
                <button
                  type="button"
                  onClick={() => {
                    onZoom(lngLat)
                    if (title !== null) onSelect(`hazards/${hazardId}`)
                  }}
                >
                  <BesideMark kind="report" />
                  <b>{title ?? t('walked.reportGone', { id: hazardId })}</b>
                  <em>{state && enums('state', state)}</em>
                  <span>
                    {clockOf(at)}
                    {severity && ` · ${enums('severity', severity)}`}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}
