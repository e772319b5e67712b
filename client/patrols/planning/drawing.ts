import type { MapMouseEvent } from 'maplibre-gl'
import type { LegKind, Stop } from '../../../geodata/patrols/plan.schema.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { type DragPlace, trackDrag } from '../../map/track-drag.ts'
import { newUuid } from '../../ui/new-uuid.ts'
import { featureAt } from './feature-at.ts'
import { findStop, insertStop, patchStop } from './plan-edits.ts'
import { shownOverlay } from './plan-on-map.tsx'
import { planStore } from './plan-store.ts'
import { hueOf } from './plan-symbols.ts'
import type { DueSites } from './use-due.ts'

/** What the drawing asks of the page, as it is at the moment. */
export interface DrawingLook {
  sites(): DueSites
  /** The next way leads straight, without streets. */
  isFree(): boolean
}

type Grabbed = { kind: 'stop'; stopId: string } | { kind: 'leg'; roundId: string; leg: number }

const round7 = (degrees: number) => Math.round(degrees * 1e7) / 1e7 + 0

/** A stop at a site, or a point to pass. */
export function stopAt(at: LngLat, checkpointId: number | undefined, sites: DueSites): Stop {
  const site = checkpointId === undefined ? undefined : sites.get(checkpointId)
  return {
    id: newUuid(),
    checkpointId: site?.checkpointId ?? null,
    lngLat: site?.lngLat ?? [round7(at[0]), round7(at[1])],
    dwellMinutes: site?.serviceMinutes ?? 0,
    locked: false,
  }
}

/** Adds a stop behind the chosen one, else at the end of the round that is drawn on. Answers false where there is no round. */
export function addStop(stop: Stop, kind: LegKind): boolean {
  const { plan, roundId, stopId } = planStore.getSnapshot()
  const round = plan?.rounds.find(({ id }) => id === roundId)
  if (!plan || !round) return false
  const chosen = stopId === undefined ? undefined : findStop(plan, stopId)
  const at = chosen?.round.id === round.id ? chosen.at + 1 : round.stops.length
  planStore.edit('add', (before) => insertStop(before, round.id, at, stop, kind), {
    roundId: round.id,
    stopId: stop.id,
  })
  return true
}

/**
 * Clicks and drags on the map as edits of the round that is drawn on: a click adds a stop, at a site where there is one;
 * on a way it puts one in; stops are dragged, ways too, which puts one in there.
 */
export function startDrawing(handle: MapHandle, look: DrawingLook): () => void {
  const { map } = handle
  const giveBack = handle.takeClicks()
  // What a drag or a press on a stop has answered is not a click any more.
  let answered = false
  const active = () => planStore.getSnapshot().roundId

  const siteAt = ({ x, y }: { x: number; y: number }) => {
    const found = featureAt(map, { x, y }, active())
    return found?.kind === 'site' ? found.checkpointId : undefined
  }
  function target({ at, point }: DragPlace): { at: LngLat; checkpointId: number | undefined } {
    const checkpointId = siteAt(point)
    const site = checkpointId === undefined ? undefined : look.sites().get(checkpointId)
    return { at: site?.lngLat ?? [round7(at[0]), round7(at[1])], checkpointId }
  }
  function hueNow(): number {
    const { plan, roundId } = planStore.getSnapshot()
    const round = plan?.rounds.find(({ id }) => id === roundId)
    return hueOf(plan?.teams.findIndex(({ id }) => id === round?.teamId) ?? 0)
  }

  const tracked = trackDrag<Grabbed>(map, {
    grab({ point }) {
      answered = false
      const found = featureAt(map, point, active())
      return found?.kind === 'site' ? undefined : found
    },
    drag: (_grabbed, place) => shownOverlay()?.showDragged({ at: target(place).at, hue: hueNow() }),
    drop(grabbed, place, moved) {
      answered = true
      shownOverlay()?.showDragged(undefined)
      if (grabbed.kind === 'stop') {
        const { plan } = planStore.getSnapshot()
        const found = plan && findStop(plan, grabbed.stopId)
        if (!found) return
        if (!moved) return planStore.choose(found.round.id, grabbed.stopId)
        const to = target(place)
        const site = to.checkpointId === undefined ? undefined : look.sites().get(to.checkpointId)
        planStore.edit(
          'move',
          (before) =>
            patchStop(before, grabbed.stopId, {
              lngLat: to.at,
              checkpointId: site?.checkpointId ?? null,
              dwellMinutes: site ? site.serviceMinutes : found.stop.dwellMinutes,
            }),
          { roundId: found.round.id, stopId: grabbed.stopId },
        )
        return
      }
      const { at, checkpointId } = target(place)
      const stop = stopAt(at, checkpointId, look.sites())
      planStore.edit(
        'insert',
        (before) => {
          const kind = before.rounds.find(({ id }) => id === grabbed.roundId)?.legs[grabbed.leg]
          return insertStop(before, grabbed.roundId, grabbed.leg, stop, kind)
        },
        { roundId: grabbed.roundId, stopId: stop.id },
      )
    },
    abandon: () => shownOverlay()?.showDragged(undefined),
    hover({ point }) {
      const found = featureAt(map, point, active())
      map.getCanvas().style.cursor = found?.kind === 'stop' ? 'move' : found ? 'copy' : 'crosshair'
    },
  })

  function onClick({ point, lngLat, originalEvent }: MapMouseEvent) {
    if (answered) {
      answered = false
      return
    }
    const stop = stopAt([lngLat.lng, lngLat.lat], siteAt(point), look.sites())
    addStop(stop, look.isFree() !== originalEvent.altKey ? 'free' : 'street')
  }
  map.getCanvas().style.cursor = 'crosshair'
  map.on('click', onClick)
  return () => {
    tracked.stop()
    map.off('click', onClick)
    map.getCanvas().style.cursor = ''
    giveBack()
  }
}
