import { cutHole } from '../../../geodata/editing/cut-hole.ts'
import { splitCell } from '../../../geodata/editing/split-cell.ts'
import { traceAlongRoads } from '../../../geodata/editing/trace-along-roads.ts'
import { isCellLayer } from '../../../geodata/shared/codes.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import type { Bench, Mode } from '../bench.ts'
import { editableOf } from '../editable.ts'
import { EDIT_KEYS, isOneOf } from '../keys/edit-keys.ts'
import { check, polygonOf } from '../plain-edit.ts'
import { type Sketch, type SketchKind, startSketch } from '../sketch.ts'

const ROAD_REACH_PIXELS = 20
const KEYS = EDIT_KEYS.vertex

/** A new feature of the layer at hand, from its template. */
export const drawMode =
  (kind: SketchKind) =>
  (bench: Bench): Mode =>
    sketching(bench, kind, (points) => {
      const geometry =
        kind === 'point'
          ? { type: 'Point' as const, coordinates: points[0]! }
          : kind === 'line'
            ? { type: 'LineString' as const, coordinates: points }
            : polygonOf(points)
      const checked = check(geometry)
      if (!checked.ok) return bench.refuse(checked)
      const made = bench.commitNew(checked.geometry)
      bench.setTarget(made)
    })

/**
 * Cuts the chosen cell, and what is inside it, along a line. `[` and `]` go through its vertices and Space takes the
 * line through the one reached.
 */
export function splitMode(bench: Bench): Mode {
  const mode = sketching(bench, 'line', (line) => {
    const { target } = bench.state()
    const { cells } = bench.set
    if (!target || !cells || !isCellLayer(target.layer))
      return bench.refuse({ ok: false, reason: 'no-target' })
    const edit = splitCell(cells, { layer: target.layer, id: target.id }, line, bench.nextId)
    if (edit.ok) bench.commitCells(edit)
    else bench.refuse(edit)
  })
  let index = -1
  function step(by: number) {
    const { target } = bench.state()
    const vertices = (target && editableOf(bench, target)?.vertices) ?? []
    if (vertices.length === 0) return
    index = index < 0 ? (by > 0 ? 0 : vertices.length - 1) : (index + by + vertices.length) % vertices.length
    const at = vertices[index]!
    if (!bench.handle.map.getBounds().contains(at)) bench.handle.map.setCenter(at)
    bench.overlay.showHandles([{ role: 'chosen', at }])
    bench.change({ vertex: { at, index, count: vertices.length, chosen: 1 } })
  }
  return {
    ...mode,
    refresh() {
      index = -1
      bench.overlay.showHandles([])
      bench.change({ vertex: undefined })
    },
    key(event) {
      if (isOneOf(KEYS.before, event)) step(-1)
      else if (isOneOf(KEYS.after, event)) step(1)
      else {
        const { vertex } = bench.state()
        if (!isOneOf(KEYS.through, event) || !vertex) return false
        mode.place?.(vertex.at)
      }
      return true
    },
  }
}

/** A ring inside the chosen shape becomes a hole. */
export const holeMode = (bench: Bench): Mode =>
  sketching(bench, 'polygon', (ring) => {
    const { target } = bench.state()
    const geometry = target && bench.set.current(target)?.geometry
    if (!target || geometry?.type !== 'MultiPolygon') return bench.refuse({ ok: false, reason: 'no-target' })
    const edit = cutHole(geometry, ring)
    if (edit.ok) bench.commitShape(target, edit.geometry)
    else bench.refuse(edit)
  })

function sketching(bench: Bench, kind: SketchKind, onDone: (points: LngLat[]) => void): Mode {
  const sketch: Sketch = startSketch(bench, kind, onDone, (at) => {
    if (!bench.state().tracing || !sketch.last()) return false
    void trace(at)
    return true
  })
  let stopped = false

  /** Adds the way along the roads from the last point to this one. */
  async function trace(to: LngLat) {
    const from = sketch.last()
    if (!from) return sketch.add(to)
    try {
      const roads = await bench.roads()
      if (stopped) return
      if (!roads) return bench.refuse({ ok: false, reason: 'too-many' })
      const found = traceAlongRoads(roads, from, to, ROAD_REACH_PIXELS * bench.metresPerPixel(to))
      if (!found.ok) return bench.refuse(found)
      bench.change({ refused: undefined })
      for (const at of found.coordinates) sketch.add(at)
    } catch (error) {
      bench.fail(error)
    }
  }

  return {
    place(at) {
      if (bench.state().tracing) void trace(at)
      else sketch.add(at)
    },
    finish: () => void sketch.finish(),
    back: sketch.back,
    cancel: sketch.cancel,
    stop() {
      stopped = true
      sketch.stop()
    },
  }
}
