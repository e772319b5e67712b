import { useEffect, useMemo, useRef, useState } from 'react'
import type { Bbox, LngLat } from '../../geodata/shared/geojson.ts'
import type { WallHazard } from '../../geodata/walls/picture.schema.ts'
import { hazardStatus } from '../hazards/status.ts'
import type { Basemap } from '../map/basemap.ts'
import { useTexts } from '../ui/i18n.ts'
import type { Scheme } from '../ui/tokens.ts'
import type { WallMap, WallPoint } from './map/open-wall-map.ts'

interface MapRegionProps {
  box: Bbox
  chosen: LngLat | undefined
  hazards: readonly WallHazard[]
  people: readonly LngLat[]
  nowMs: number
  scheme: Scheme
  typePixels: number
  layers: readonly string[]
  basemap: Basemap | null
  /** Grows when the ground is to be asked for again. */
  groundChanges: number
  label: string
  testId: string
}

const FIRST_WAIT_MS = 500
const MOST_WAIT_MS = 30_000
/** One that lived so long was sound: the next loss starts anew. */
const SOUND_MS = 60_000
const RANK = { closed: 1, open: 1, soon: 2, overdue: 3 } as const
/** What changes on the ground by hands and imports is not drawn anew for each. */
const GROUND_MS = 5000

/** One map of the wall. When the browser takes its drawing surface away, it makes another, for as long as it takes. */
export function MapRegion(props: MapRegionProps) {
  const { t } = useTexts()
  const container = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  latest.current = props
  const [map, setMap] = useState<WallMap>()
  const [attempt, tryAgain] = useState(0)
  const [trouble, setTrouble] = useState<'lost' | 'impossible'>()
  const waitMs = useRef(FIRST_WAIT_MS)
  const { scheme, typePixels, basemap, box, chosen, groundChanges, people } = props
  const layers = props.layers.join()

  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` makes another map
  useEffect(() => {
    let made: WallMap | undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    let isOver = false
    const beganMs = performance.now()
    const start = latest.current
    const giveUp = (why: 'lost' | 'impossible') => {
      if (isOver) return
      setTrouble(why)
      setMap(undefined)
      if (performance.now() - beganMs > SOUND_MS) waitMs.current = FIRST_WAIT_MS
      clearTimeout(timer)
      timer = setTimeout(() => tryAgain((count) => count + 1), waitMs.current)
      waitMs.current = Math.min(MOST_WAIT_MS, waitMs.current * 2)
    }
    const make = async () => {
      const { openWallMap } = await import('./map/open-wall-map.ts')
      if (isOver) return
      const opened = openWallMap({
        container: container.current!,
        box: start.box,
        look: { scheme, typePixels, layers: layers.split(','), basemap },
        label: start.label,
        onLost: () => giveUp('lost'),
      })
      made = opened.map
      await opened.ready
      if (isOver) return
      setMap(opened.map)
      setTrouble(undefined)
    }
    make().catch(() => giveUp('impossible'))
    return () => {
      isOver = true
      clearTimeout(timer)
      setMap(undefined)
      made?.remove()
      // One that could not be made leaves its empty frame behind, each time.
      container.current?.replaceChildren()
    }
  }, [scheme, typePixels, layers, basemap, attempt])

  const points = usePoints(props.hazards, props.nowMs)
  useEffect(() => map?.setPoints(points), [map, points])
  const places = JSON.stringify(people)
  useEffect(() => map?.setPeople(JSON.parse(places) as LngLat[]), [map, places])
  const [west, south, east, north] = box
  const [lng, lat] = chosen ?? []
  useEffect(() => {
    map?.show([west, south, east, north], lng === undefined || lat === undefined ? undefined : [lng, lat])
  }, [map, west, south, east, north, lng, lat])
  const drawn = useRef(groundChanges)
  useEffect(() => {
    if (!map || drawn.current === groundChanges) return
    const timer = setTimeout(() => {
      drawn.current = groundChanges
      map.refresh()
    }, GROUND_MS)
    return () => clearTimeout(timer)
  }, [map, groundChanges])

  return (
    <div className="gw-wall-map-frame">
      <div ref={container} className="gw-wall-map" data-testid={props.testId} data-maps={attempt + 1} />
      {trouble && (
        <p className="gw-wall-map-trouble" role="status" data-testid="wall-map-trouble">
          {trouble === 'lost' ? t('wall.mapLost') : t('wall.mapImpossible')}
        </p>
      )}
    </div>
  )
}

/** The same list for as long as it would be drawn the same: pictures come every few seconds. */
function usePoints(hazards: readonly WallHazard[], nowMs: number): readonly WallPoint[] {
  const at = new Date(nowMs)
  const points = hazards.map(
    (hazard): WallPoint => ({
      id: hazard.id,
      lngLat: hazard.lngLat,
      rank: RANK[hazardStatus(hazard, at)],
    }),
  )
  const drawn = points.map(({ id, rank, lngLat }) => `${id} ${rank} ${lngLat}`).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `drawn` says all that is drawn
  return useMemo(() => points, [drawn])
}
