import { useEffect, useMemo } from 'react'
import { renderSVG } from 'uqr'
import type { PlanInput } from '../../../geodata/patrols/plan.schema.ts'
import type { Workspace } from '../../../geodata/places/workspace.schema.ts'
import { boxOf } from '../../map/box-of.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { formatStamp } from '../../printing/format-stamp.ts'
import { METRES_PER_PAPER_PIXEL, metresPerDegree, scaleToFit } from '../../printing/scale.ts'
import { useMapImage } from '../../printing/use-map-image.ts'
import { formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { clockOf } from './shift.ts'
import type { DueSites } from './use-due.ts'
import type { Timed } from './use-timed.ts'
import { conflictsOfStop, conflictWords, minutesOf } from './words.ts'

interface RoundSheetProps {
  map: MapHandle
  workspace: Workspace
  plan: PlanInput
  /** undefined: it was never saved, and no phone finds it. */
  planId: number | undefined
  timed: Timed
  sites: DueSites
  hue: string
  /** Its map may be drawn now. */
  turn: boolean
  onDrawn(): void
}

/** CSS pixels of paper: 190 × 105 mm, what A4 leaves between its margins. */
const FRAME = {
  wide: Math.round(0.19 / METRES_PER_PAPER_PIXEL),
  high: Math.round(0.105 / METRES_PER_PAPER_PIXEL),
}
const METRES_PER_DEGREE_OF_LATITUDE = 111_200
const AIR = 1.15

/** One round on paper: map, stops in order with their times, room to write, and the way to the phone page. */
export function RoundSheet(props: RoundSheetProps) {
  const { map, workspace, plan, planId, timed, sites, hue, turn, onDrawn } = props
  const { t, lang } = useTexts()
  const { round, team, times } = timed
  const link = planId === undefined ? undefined : `${location.origin}/field?plan=${planId}&round=${round.id}`
  const code = useMemo(() => link && renderSVG(link, { border: 0, ecc: 'M' }), [link])
  const visits = round.stops.filter(({ checkpointId }) => checkpointId !== null).length
  let number = 0
  return (
    <article className="gw-paper gw-round-sheet" data-testid="round-sheet">
      <header>
        <span className="gw-sheet-letter" style={{ background: hue }}>
          {team.id}
        </span>
        <div>
          <h3>{plan.name}</h3>
          <p>
            <b>{team.name}</b>
            {team.people.length > 0 && ` · ${team.people.join(', ')}`}
          </p>
          <p>
            {formatStamp(new Date(times.startsAt))}–{clockOf(times.endsAt)} ·{' '}
            {formatMetres(times.metres, lang)} · {t('planning.visits', { count: visits })} ·{' '}
            {t('planning.split3', {
              walk: minutesOf(times.walkSeconds),
              dwell: minutesOf(times.dwellSeconds),
              wait: minutesOf(times.waitSeconds + times.breakSeconds),
            })}
          </p>
        </div>
        {code ? (
          <figure className="gw-sheet-code">
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: an SVG of squares that was made above */}
            <div role="img" aria-label={t('planning.code')} dangerouslySetInnerHTML={{ __html: code }} />
            <figcaption>{t('planning.scan')}</figcaption>
          </figure>
        ) : (
          <p className="gw-sheet-code">{t('planning.noCode')}</p>
        )}
      </header>
      <div className="gw-round-map">{turn && <RoundMap map={map} timed={timed} onDrawn={onDrawn} />}</div>
      <table>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">{t('planning.stopName')}</th>
            <th scope="col">{t('planning.planned')}</th>
            <th scope="col" className="gw-write">
              {t('planning.arrived')}
            </th>
            <th scope="col" className="gw-write">
              {t('planning.left')}
            </th>
            <th scope="col" className="gw-write-wide">
              {t('planning.outcome')}
            </th>
          </tr>
        </thead>
        <tbody>
          {round.stops.map((stop, at) => {
            if (stop.checkpointId === null) return null
            number++
            const time = times.stops[at]!
            const site = sites.get(stop.checkpointId)
            return (
              <tr key={stop.id}>
                <td>{number}</td>
                <td>
                  <b>{site?.name ?? t('planning.siteNumber', { id: stop.checkpointId })}</b>
                  {conflictsOfStop(times, stop.id).map((conflict) => (
                    <small key={conflict.kind}> {conflictWords(conflict, t)}</small>
                  ))}
                </td>
                <td className="gw-number">
                  {clockOf(time.startsAt)}–{clockOf(time.leavesAt)}
                </td>
                <td />
                <td />
                <td />
              </tr>
            )
          })}
        </tbody>
      </table>
      <footer>
        <span>
          {workspace.reviewNumber ? `${t('map.review')} ${workspace.reviewNumber}` : t('map.noReview')}
        </span>
        <span>{t('planning.signed')} ____________________</span>
        <span>{t('planning.printedAt', { time: formatStamp(new Date()) })}</span>
      </footer>
    </article>
  )
}

function RoundMap({ map, timed, onDrawn }: { map: MapHandle; timed: Timed; onDrawn(): void }) {
  const { t } = useTexts()
  const view = useMemo(() => {
    const [west, south, east, north] = boxOf({
      type: 'LineString',
      coordinates: [
        ...timed.legs.flatMap(({ coordinates }) => coordinates),
        ...timed.round.stops.map(({ lngLat }) => lngLat),
      ],
    })
    const centre: [number, number] = [(west + east) / 2, (south + north) / 2]
    const metres = {
      wide: Math.max(60, (east - west) * metresPerDegree(centre[1])) * AIR,
      high: Math.max(60, (north - south) * METRES_PER_DEGREE_OF_LATITUDE) * AIR,
    }
    return { centre, scale: scaleToFit(metres, FRAME), bearing: 0 }
  }, [timed])
  const image = useMapImage(map, view, FRAME, 0)
  const done = image.state !== 'drawing'
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once
  useEffect(() => {
    if (done) onDrawn()
  }, [done])
  if (image.state === 'failed') return <p role="alert">{t('planning.noMap')}</p>
  return (
    <>
      {image.url && <img src={image.url} alt={t('planning.mapOf', { scale: view.scale })} />}
      <span className="gw-round-scale">1:{view.scale.toLocaleString('en-US')}</span>
    </>
  )
}
