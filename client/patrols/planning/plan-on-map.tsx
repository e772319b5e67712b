import type { MapMouseEvent } from 'maplibre-gl'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { MapHandle } from '../../map/map-handle.ts'
import type { Scheme } from '../../ui/tokens.ts'
import { useRunShown } from '../review/run-shown.ts'
import { useChosenShift } from './chosen-shift.ts'
import { featureAt } from './feature-at.ts'
import { addPlanOverlay, type PlanOverlay } from './plan-overlay.ts'
import { planStore, usePlanning } from './plan-store.ts'
import { hueOf } from './plan-symbols.ts'
import { useDue } from './use-due.ts'
import { useShownRounds } from './use-shown-rounds.ts'
import { useStreetParts } from './use-street-parts.ts'
import { useUndoKeys } from './use-undo-keys.ts'

interface PlanOnMapProps {
  map: MapHandle
  scheme: Scheme
  /** The tool has the clicks. */
  drawing: boolean
  select(at: string | undefined): void
}

let shown: PlanOverlay | undefined
/** What is drawn now, for the tool that drags on it. */
export const shownOverlay = () => shown

/** Sites and rounds on the map for as long as the workspace or the tool is open; a click chooses a stop or a site. */
export default function PlanOnMap({ map, scheme, drawing, select }: PlanOnMapProps) {
  const planning = usePlanning()
  const { plan, roundId, stopId } = planning
  const [overlay, setOverlay] = useState<PlanOverlay>()
  const look = useRef(scheme)
  look.current = scheme
  const chosen = useChosenShift()
  const shift = plan ?? chosen
  const { due, sites } = useDue(shift)
  const timed = useShownRounds(plan, sites)
  useEffect(() => planStore.open(), [])
  useUndoKeys()

  useEffect(() => {
    const made = addPlanOverlay(map.map, look.current)
    shown = made
    setOverlay(made)
    return () => {
      shown = undefined
      setOverlay(undefined)
      made.remove()
    }
  }, [map])
  useEffect(() => overlay?.restyle(scheme), [overlay, scheme])
  // What is drawn on is never hidden.
  const isHidden = useRunShown() && !drawing
  useEffect(() => overlay?.setVisible(!isHidden), [overlay, isHidden])

  const planned = useMemo(
    () =>
      new Set(timed.flatMap(({ round }) => round.stops.flatMap(({ checkpointId }) => checkpointId ?? []))),
    [timed],
  )
  const rows = due.data?.sites
  useEffect(() => overlay?.showDue(rows ?? [], shift.from, planned), [overlay, rows, shift.from, planned])
  const { data: parts } = useStreetParts()
  useEffect(() => overlay?.showParts(parts), [overlay, parts])
  const teams = plan?.teams
  useEffect(() => {
    const place = new Map((teams ?? []).map(({ id }, at) => [id, hueOf(at)]))
    overlay?.showRounds(timed, { hueOf: (id) => place.get(id) ?? 0, roundId, stopId })
  }, [overlay, timed, teams, roundId, stopId])

  const choose = useRef(select)
  choose.current = select
  useEffect(() => {
    if (drawing) return
    const container = map.map.getCanvasContainer()
    const canvas = map.map.getCanvas()
    let release: (() => void) | undefined
    const at = (event: PointerEvent) => {
      const { left, top } = canvas.getBoundingClientRect()
      return featureAt(map.map, { x: event.clientX - left, y: event.clientY - top }, undefined)
    }
    // The click is taken before the page’s own selection hears of it, or a cell below would be chosen as well.
    function onDown(event: PointerEvent) {
      release?.()
      release = at(event) ? map.takeClicks() : undefined
    }
    function onClick({ point }: MapMouseEvent) {
      const found = release && featureAt(map.map, point, undefined)
      release?.()
      release = undefined
      if (found?.kind === 'stop') planStore.choose(found.roundId, found.stopId)
      else if (found?.kind === 'site') choose.current(`checkpoints/${found.checkpointId}`)
      else if (found?.kind === 'leg') planStore.choose(found.roundId)
    }
    container.addEventListener('pointerdown', onDown, true)
    map.map.on('click', onClick)
    return () => {
      release?.()
      container.removeEventListener('pointerdown', onDown, true)
      map.map.off('click', onClick)
    }
  }, [map, drawing])
  return null
}
