import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { Alarm } from '../../geodata/walls/alarm.schema.ts'
import type { WallPushed } from '../../geodata/walls/open-wall.schema.ts'
import type { TourStop, WallPicture } from '../../geodata/walls/picture.schema.ts'
import { useTexts } from '../ui/i18n.ts'
import type { Scheme } from '../ui/tokens.ts'
import { boxAround, boxAtZoom } from './box-around.ts'
import { MapRegion } from './map-region.tsx'
import { useMedia, WIDE } from './use-media.ts'
import type { WallWorld } from './use-workspace.ts'

interface MapsProps {
  picture: WallPicture
  /** The item that the tour stopped on, or that somebody chose. */
  held: Alarm | undefined
  stop: TourStop | undefined
  view: WallPushed | undefined
  nowMs: number
  looks: { scheme: Scheme; pixels: number }
  world: WallWorld | undefined
  groundChanges: number
}

/** The map of what matters now; on an ultra-wide wall the whole area beside it, which a single map would leave behind. */
export function Maps({ picture, held, stop, view, nowMs, looks, world, groundChanges }: MapsProps) {
  const { t } = useTexts()
  const isWide = useMedia(WIDE)
  const whole = picture.area.bbox
  if (!world || !whole) return <div className="gw-wall-map-frame" aria-busy={!world} />
  const pushed = viewOf(view, picture)
  const chosen = pushed ? pushed.chosen : (held?.lngLat ?? undefined)
  const box = pushed?.box ?? (held?.lngLat ? boxAround(held.lngLat) : (stop?.bbox ?? whole))
  const common = {
    chosen,
    hazards: picture.hazards,
    people: picture.people.map(({ lngLat }) => lngLat),
    nowMs,
    scheme: looks.scheme,
    typePixels: looks.pixels,
    layers: picture.layout.layers,
    basemap: world.basemap,
    groundChanges,
  }
  return (
    <div className="gw-wall-maps">
      <MapRegion {...common} box={box} label={t('wall.map')} testId="wall-map" />
      {isWide && <MapRegion {...common} box={whole} label={t('wall.overviewMap')} testId="wall-map-whole" />}
    </div>
  )
}

/** What a supervisor wants seen; undefined: nothing, or a hazard that is over. */
function viewOf(
  view: WallPushed | undefined,
  { hazards }: WallPicture,
): { box: Bbox; chosen: [number, number] | undefined } | undefined {
  if (view?.push.kind !== 'view') return undefined
  const { center, zoom, hazardId } = view.push
  const hazard = hazards.find(({ id }) => id === hazardId)
  const at = center ?? hazard?.lngLat
  if (!at) return undefined
  return {
    box: zoom === null ? boxAround(at) : boxAtZoom(at, zoom, innerHeight),
    chosen: hazard?.lngLat,
  }
}
