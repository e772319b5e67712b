import 'maplibre-gl/dist/maplibre-gl.css'
import './map.css'
import { useMemo, useRef, useState } from 'react'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import type { Around } from '../../../geodata/walks/around.schema.ts'
import type { MyRound, MyStop } from '../../../geodata/walks/my-round.schema.ts'
import { boxOf } from '../../map/box-of.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import type { Scheme } from '../../ui/tokens.ts'
import type { Position } from '../recorder.ts'
import { STOP_ICONS } from '../stop-icons.ts'
import { useHeading } from '../use-heading.ts'
import type { StopProgress } from '../walk.ts'
import { MapMark } from './map-mark.tsx'
import { MapTools } from './map-tools.tsx'
import { ringAround } from './ring-around.ts'
import { texts } from './texts.ts'
import { useCamera } from './use-camera.ts'
import { FIT, useFieldMap, useMapData } from './use-field-map.ts'

addTexts(texts)

export interface FieldMapProps {
  round: MyRound
  /** undefined: the phone has none. */
  around: Around | undefined
  /** The stop to go to. */
  current: string | undefined
  stateOf(stop: MyStop): StopProgress
  isOnDuty: boolean
  position: Position | undefined
  track: readonly LngLat[]
  scheme: Scheme
  isHeadingUp: boolean
  onHeadingUp(is: boolean): void
  onChoose(stopId: string): void
}

/** The way of the round with its stops, where one is and where one was; all of it is on the phone. */
export default function FieldMap(props: FieldMapProps) {
  const { round, around, current, stateOf, isOnDuty, position, track, scheme, isHeadingUp } = props
  const { t } = useTexts()
  const container = useRef<HTMLDivElement>(null)
  const [isFollowing, setFollowing] = useState(false)
  const heading = useHeading(isOnDuty) ?? position?.courseDegrees
  const box = boxOf({
    type: 'LineString',
    coordinates: [...round.path, ...round.stops.map(({ lngLat }) => lngLat)],
  })
  const { map, fault } = useFieldMap(container, { box, scheme, label: t('fieldMap.label') })

  useMapData(map, 'around', around ?? NOTHING)
  useMapData(
    map,
    'way',
    useMemo(() => lineOf(round.path), [round.path]),
  )
  useMapData(
    map,
    'track',
    useMemo(() => lineOf(track), [track]),
  )
  useMapData(
    map,
    'accuracy',
    useMemo(() => (position ? ringOf(position) : NOTHING), [position]),
  )
  useCamera(map, {
    follow: isFollowing ? position?.lngLat : undefined,
    bearing: (isHeadingUp && heading) || 0,
    onDrag: () => setFollowing(false),
  })

  if (fault)
    return (
      <p className="gw-field-quiet" role="status" data-testid="field-map-fault">
        {t(fault === 'no-webgl' ? 'fieldMap.noWebGl' : 'field.mapFailed')}
      </p>
    )
  let number = 0
  return (
    <div className="gw-field-map">
      <div ref={container} className="gw-field-map-canvas" data-testid="field-map" />
      {map && (
        <>
          {round.stops.map((stop) => {
            const state = stateOf(stop)
            const Icon = STOP_ICONS[state]
            const isPass = state === 'pass'
            if (!isPass) number += 1
            const label = isPass
              ? t('field.pass')
              : t('fieldMap.stop', { number, name: stop.name, state: t(`field.state.${state}`) })
            return (
              <MapMark
                key={stop.id}
                map={map}
                lngLat={stop.lngLat}
                label={label}
                {...(isPass ? {} : { onPress: () => props.onChoose(stop.id) })}
                data={{
                  'data-state': state,
                  'data-testid': 'field-map-stop',
                  'aria-current': stop.id === current ? 'true' : undefined,
                }}
              >
                <span>
                  <Icon size={isPass ? 14 : 20} />
                  {!isPass && number}
                </span>
              </MapMark>
            )
          })}
          {position && (
            <MapMark
              map={map}
              lngLat={position.lngLat}
              label={t('fieldMap.me')}
              turn={heading ?? 0}
              data={{ 'data-testid': 'field-map-here', 'data-state': 'me' }}
            >
              <svg viewBox="-24 -24 48 48" width="48" height="48" aria-hidden="true">
                {heading !== undefined && <path d="M0 -23 L9 -9 A12.7 12.7 0 0 0 -9 -9 Z" />}
                <circle r="9" />
              </svg>
            </MapMark>
          )}
          <MapTools
            isFollowing={isFollowing}
            isHeadingUp={isHeadingUp}
            onFollow={setFollowing}
            onHeadingUp={props.onHeadingUp}
            onWhole={() => {
              setFollowing(false)
              map.fitBounds(box, { ...FIT, bearing: map.getBearing(), duration: 200 })
            }}
            onZoom={(levels) => map.easeTo({ zoom: map.getZoom() + levels, duration: 200 })}
          />
        </>
      )}
      <p className="gw-field-map-said" role="status">
        {said()}
      </p>
    </div>
  )

  function said(): string {
    if (isFollowing && !position) return t(isOnDuty ? 'fieldMap.noPosition' : 'fieldMap.offDuty')
    if (isHeadingUp && heading === undefined) return t('fieldMap.noHeading')
    if (!around) return t('fieldMap.noAround')
    return around.isCut ? t('fieldMap.cut') : ''
  }
}

const NOTHING: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] }

const lineOf = (coordinates: readonly LngLat[]): GeoJSON.GeoJSON =>
  coordinates.length > 1 ? { type: 'LineString', coordinates: [...coordinates] } : NOTHING

const ringOf = ({ lngLat, accuracyMetres }: Position): GeoJSON.Polygon => ({
  type: 'Polygon',
  coordinates: [ringAround(lngLat, accuracyMetres)],
})
