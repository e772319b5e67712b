import { localPlane } from '../../../geodata/editing/local-plane.ts'
import type { ShapeEdit } from '../../../geodata/editing/shape-edit.ts'
import { centreOf, rotate, scale, translate } from '../../../geodata/editing/transform.ts'
import { isCellLayer } from '../../../geodata/shared/codes.ts'
import type { Geometry, LngLat } from '../../../geodata/shared/geojson.ts'
import { trackDrag } from '../../map/track-drag.ts'
import type { Bench, Mode } from '../bench.ts'
import { pickFeature } from '../pick-feature.ts'
import { growByKey, stepByKey, turnByKey } from '../step-by-key.ts'
import type { FeatureRef } from '../working-set.ts'

type Change = (geometry: Geometry, from: LngLat, to: LngLat) => ShapeEdit

/** Drags the chosen shape as a whole; arrows move it by a metre. */
export const moveMode = (bench: Bench): Mode => {
  const move: Change = (geometry, from, to) => translate(geometry, localPlane(from).toMetres(to))
  return transforming(bench, move, (geometry, event) => {
    const from = centreOf(geometry)
    const to = stepByKey(event, from)
    return to && move(geometry, from, to)
  })
}

/** Turns the chosen shape about its middle; the left arrow turns it anticlockwise by a degree. */
export const rotateMode = (bench: Bench): Mode =>
  transforming(
    bench,
    (geometry, from, to) => {
      const plane = localPlane(centreOf(geometry))
      const angle = (at: LngLat) => Math.atan2(plane.toMetres(at)[1], plane.toMetres(at)[0])
      return rotate(geometry, ((angle(to) - angle(from)) * 180) / Math.PI)
    },
    (geometry, event) => {
      const degrees = turnByKey(event)
      return degrees === undefined ? undefined : rotate(geometry, degrees)
    },
  )

/** Makes the chosen shape larger or smaller about its middle; the up arrow enlarges it by a hundredth. */
export const scaleMode = (bench: Bench): Mode =>
  transforming(
    bench,
    (geometry, from, to) => {
      const plane = localPlane(centreOf(geometry))
      const far = (at: LngLat) => Math.hypot(...plane.toMetres(at))
      return scale(geometry, far(to) / Math.max(0.1, far(from)))
    },
    (geometry, event) => {
      const factor = growByKey(event)
      return factor === undefined ? undefined : scale(geometry, factor)
    },
  )

function transforming(
  bench: Bench,
  change: Change,
  /** undefined for a key that is not the mode's. */
  byKey: (geometry: Geometry, event: KeyboardEvent) => ShapeEdit | undefined,
): Mode {
  const { map } = bench.handle
  const current = () => {
    const { target } = bench.state()
    // Moving a cell as a whole would tear it from its neighbours.
    if (!target || isCellLayer(target.layer)) return undefined
    const geometry = bench.set.current(target)?.geometry
    return geometry && { target, geometry }
  }
  const show = () => {
    const now = current()
    bench.overlay.showHandles(now ? [{ role: 'centre', at: centreOf(now.geometry) }] : [])
  }
  function attempt(from: LngLat, to: LngLat, commit: boolean) {
    const now = current()
    if (!now) return
    apply(now.target, change(now.geometry, from, to), commit)
  }
  function apply(target: FeatureRef, edit: ShapeEdit, commit: boolean) {
    if (!edit.ok) {
      bench.overlay.showPreview([])
      return bench.refuse(edit)
    }
    if (!commit) return bench.overlay.showPreview([{ role: 'shape', geometry: edit.geometry }])
    bench.overlay.showPreview([])
    bench.commitShape(target, edit.geometry)
  }

  const tracked = trackDrag<LngLat>(map, {
    grab({ at }) {
      const now = current()
      if (!now) return undefined
      const hit = pickFeature(bench, [now.target, ...bench.drafted()], now.target.layer, at)
      return hit?.id === now.target.id ? at : undefined
    },
    drag: (from, { at }) => attempt(from, at, false),
    drop: (from, { at }, moved) => moved && attempt(from, at, true),
    abandon: () => bench.overlay.showPreview([]),
  })
  const onClick = ({ lngLat: { lng, lat } }: { lngLat: { lng: number; lat: number } }) => {
    const picked = pickFeature(bench, bench.drafted(), bench.state().layer, [lng, lat])
    if (picked) bench.setTarget(picked)
  }
  map.on('click', onClick)
  show()
  return {
    refresh: show,
    key(event) {
      const now = current()
      const edit = now && byKey(now.geometry, event)
      if (!now || !edit) return false
      apply(now.target, edit, true)
      return true
    },
    place(at) {
      const now = current()
      if (now && bench.state().mode === 'move') attempt(centreOf(now.geometry), at, true)
    },
    cancel() {
      tracked.abandon()
      return false
    },
    stop() {
      tracked.stop()
      map.off('click', onClick)
    },
  }
}
