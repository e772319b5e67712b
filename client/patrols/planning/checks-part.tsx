import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { MapHandle } from '../../map/map-handle.ts'
import { formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { type Scheme, TEAM_HUES } from '../../ui/tokens.ts'
import { findStop } from './plan-edits.ts'
import { planStore, usePlanning } from './plan-store.ts'
import { hueOf } from './plan-symbols.ts'
import { clockOf } from './shift.ts'
import { UnservedPart } from './unserved-part.tsx'
import { useDue } from './use-due.ts'
import { useStreetParts } from './use-street-parts.ts'
import { useTimed } from './use-timed.ts'
import { conflictWords, minutesOf } from './words.ts'

const MOST_SHOWN = 50

/** Times of every round, what goes against the plan, and which sites of the shift nobody visits. */
export function ChecksPart({ map, scheme }: { map: MapHandle | null; scheme: Scheme }) {
  const { t, lang } = useTexts()
  const { plan } = usePlanning()
  const { due, sites } = useDue(plan!)
  const timed = useTimed(plan, sites)
  const { data: parts } = useStreetParts()
  if (!plan) return null
  const rounds = timed.filter(({ round }) => round.stops.length > 0)
  const conflicts = rounds.flatMap((one) => one.times.conflicts.map((conflict) => ({ one, conflict })))
  const visited = new Set(
    plan.rounds.flatMap(({ stops }) => stops.flatMap((stop) => stop.checkpointId ?? [])),
  )
  const owed = (due.data?.sites ?? []).filter(({ neededVisits }) => neededVisits > 0)
  const missing = owed.filter(({ checkpointId }) => !visited.has(checkpointId))
  const show = (roundId: string, stopId: string | undefined) => {
    planStore.choose(roundId, stopId)
    const found = stopId === undefined ? undefined : findStop(plan, stopId)
    if (!found) return
    const [lng, lat] = found.stop.lngLat
    map?.fit([lng, lat, lng, lat], 17)
  }
  const hue = (teamId: string) => TEAM_HUES[scheme][hueOf(plan.teams.findIndex(({ id }) => id === teamId))]
  return (
    <>
      <h3>{t('planning.times')}</h3>
      {rounds.length === 0 ? (
        <p className="gw-hint">{t('planning.noRounds')}</p>
      ) : (
        <table className="gw-table gw-times" data-testid="times">
          <thead>
            <tr>
              <th scope="col">{t('planning.team')}</th>
              <th scope="col" className="gw-number">
                {t('planning.way')}
              </th>
              <th scope="col" className="gw-number">
                {t('planning.walk')}
              </th>
              <th scope="col" className="gw-number">
                {t('planning.onSite')}
              </th>
              <th scope="col" className="gw-number">
                {t('planning.endAt')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rounds.map(({ round, team, times }) => (
              <tr key={round.id}>
                <th scope="row">
                  <button type="button" className="gw-times-team" onClick={() => show(round.id, undefined)}>
                    <span className="gw-team-letter" style={{ background: hue(team.id) }}>
                      {team.id}
                    </span>
                    {round.stops.filter(({ checkpointId }) => checkpointId !== null).length}
                    {times.conflicts.length > 0 && (
                      <IconAlertTriangle
                        className="gw-times-bad"
                        size={14}
                        aria-label={t('planning.nConflicts', { count: times.conflicts.length })}
                      />
                    )}
                  </button>
                </th>
                <td className="gw-number">{formatMetres(times.metres, lang)}</td>
                <td className="gw-number">{minutesOf(times.walkSeconds)}</td>
                <td className="gw-number">{minutesOf(times.dwellSeconds)}</td>
                <td className="gw-number">{clockOf(times.endsAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h3>{t('planning.checks')}</h3>
      <p
        className="gw-check"
        data-state={missing.length > 0 ? 'open' : 'met'}
        role="status"
        data-testid="met"
      >
        {missing.length > 0 ? <IconAlertTriangle size={16} /> : <IconCircleCheck size={16} />}
        {t('planning.met', { met: owed.length - missing.length, all: owed.length })}
      </p>
      <p className="gw-check" data-state={conflicts.length > 0 ? 'open' : 'met'} role="status">
        {conflicts.length > 0 ? <IconAlertTriangle size={16} /> : <IconCircleCheck size={16} />}
        {conflicts.length > 0
          ? t('planning.nConflicts', { count: conflicts.length })
          : t('planning.noConflicts')}
      </p>
      {parts && parts.features.length > 0 && (
        <p className="gw-check" data-state="open">
          <IconAlertTriangle size={16} />
          <span>
            {t('planning.cutOff', { count: parts.features.length })}{' '}
            <button
              type="button"
              className="gw-link"
              onClick={() => parts.features[0] && map?.fit(parts.features[0].properties.bbox, 17)}
            >
              {t('planning.showPart')}
            </button>
          </span>
        </p>
      )}
      <ul className="gw-conflicts">
        {conflicts.slice(0, MOST_SHOWN).map(({ one, conflict }, at) => {
          const stopId = 'stopId' in conflict ? conflict.stopId : undefined
          const place = one.round.stops.findIndex(({ id }) => id === stopId)
          const stop = one.round.stops[place]
          const name = stop?.checkpointId ? sites.get(stop.checkpointId)?.name : undefined
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two conflicts of a kind may belong to one stop
            <li key={`${one.round.id} ${stopId} ${conflict.kind} ${at}`}>
              <button type="button" className="gw-conflict" onClick={() => show(one.round.id, stopId)}>
                <b>
                  {one.team.id}
                  {place >= 0 ? place + 1 : ''}
                </b>{' '}
                {name ? `${name}: ` : ''}
                {conflictWords(conflict, t)}
              </button>
            </li>
          )
        })}
      </ul>
      {conflicts.length > MOST_SHOWN && (
        <p className="gw-hint">{t('planning.moreConflicts', { count: conflicts.length - MOST_SHOWN })}</p>
      )}
      <UnservedPart unserved={plan.unserved} sites={sites} />
    </>
  )
}
