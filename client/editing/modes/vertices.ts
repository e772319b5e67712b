import { nearestOnSegment, onLattice } from '../../../geodata/editing/lattice.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { type DragPlace, pixelsBetween, trackDrag } from '../../map/track-drag.ts'
import type { Bench, Mode } from '../bench.ts'
import { type Attempt, type Editable, editableOf } from '../editable.ts'
import { EDIT_KEYS, isOneOf } from '../keys/edit-keys.ts'
import { pickFeature } from '../pick-feature.ts'
import { stepByKey } from '../step-by-key.ts'

type Grabbed =
  | { kind: 'vertices'; at: LngLat; moves: LngLat[] }
  | { kind: 'middle'; edge: [LngLat, LngLat] }
  | { kind: 'edge'; edge: [LngLat, LngLat]; from: LngLat }

const KEYS = EDIT_KEYS.vertex

/** More handles than this are drawn only in view and without middles. */
const MANY = 600
const EDGE_PIXELS = 7

const same = (a: LngLat, b: LngLat) => a[0] === b[0] && a[1] === b[1]

/**
 * Drags vertices, middles (which makes a vertex) and edges of the target. For cells the border is every neighbour's
 * too and all of them follow. `[` and `]` go from vertex to vertex, arrows move it, Delete takes it out, Insert makes
 * one half way to the next, A takes the whole stretch up to where borders meet.
 */
export function verticesMode(bench: Bench): Mode {
  const { map } = bench.handle
  const reach = matchMedia('(pointer: coarse)').matches ? 22 : 12
  let editable: Editable | undefined
  let chosen: LngLat[] = []
  let last: Attempt | undefined

  function read() {
    const { target } = bench.state()
    editable = target && editableOf(bench, target)
    const { vertices = [] } = editable ?? {}
    chosen = chosen.filter((at) => vertices.some((vertex) => same(vertex, at)))
    show()
  }

  function show(snapped?: LngLat) {
    const { vertices = [], edges = [] } = editable ?? {}
    const box = map.getBounds()
    const inView = vertices.length > MANY ? vertices.filter((at) => box.contains(at)) : vertices
    const middles = vertices.length > MANY ? [] : edges.map(middleOf)
    const isChosen = (at: LngLat) => chosen.some((other) => same(other, at))
    bench.overlay.showHandles([
      ...middles.map((at) => ({ role: 'middle' as const, at })),
      ...inView.filter((at) => !isChosen(at)).map((at) => ({ role: 'vertex' as const, at })),
      ...chosen.map((at) => ({ role: 'chosen' as const, at })),
      ...(snapped ? [{ role: 'snap' as const, at: snapped }] : []),
    ])
    const first = chosen[0]
    const index = first ? vertices.findIndex((at) => same(at, first)) : -1
    bench.change({
      vertex:
        first && index >= 0 ? { at: first, index, count: vertices.length, chosen: chosen.length } : undefined,
      hint: editable ? (first ? 'vertexChosen' : 'vertices') : 'verticesPick',
    })
  }

  function attempt(next: Attempt) {
    if (next.ok) {
      last = next
      bench.overlay.showPreview(next.shapes.map((geometry) => ({ role: 'shape', geometry })))
      if (bench.state().refused) bench.change({ refused: undefined })
    } else {
      last = undefined
      bench.overlay.showPreview(next.shapes?.map((geometry) => ({ role: 'refused', geometry })) ?? [])
      if (bench.state().refused?.reason !== next.reason) bench.refuse(next)
    }
  }

  function grab({ point, at, event }: DragPlace): Grabbed | undefined {
    if (!editable) return undefined
    const pixels = (lngLat: LngLat) => pixelsBetween(map.project(lngLat), point)
    const vertex = nearest(editable.vertices, pixels, reach)
    if (vertex) {
      const whole = chosen.some((other) => same(other, vertex))
      if (event.shiftKey)
        chosen = whole ? chosen.filter((other) => !same(other, vertex)) : [...chosen, vertex]
      else if (!whole) chosen = [vertex]
      show()
      return { kind: 'vertices', at: vertex, moves: chosen }
    }
    const middle = nearest(editable.edges, (edge) => pixels(middleOf(edge)), reach)
    if (middle) return { kind: 'middle', edge: middle }
    const p: [number, number] = [point.x, point.y]
    const edge = nearest(
      editable.edges,
      ([a, b]) => {
        const [from, to] = [map.project(a), map.project(b)]
        return nearestOnSegment(p, [from.x, from.y], [to.x, to.y]).distance
      },
      EDGE_PIXELS,
    )
    return edge && { kind: 'edge', edge, from: at }
  }

  function drag(grabbed: Grabbed, { at, event }: DragPlace) {
    if (!editable) return
    if (grabbed.kind === 'edge') {
      const [east, north] = [at[0] - grabbed.from[0], at[1] - grabbed.from[1]]
      attempt(editable.move(grabbed.edge.map((from) => ({ from, to: shifted(from, east, north) }))))
      return
    }
    const own = grabbed.kind === 'vertices' ? grabbed.moves : []
    const { lngLat, to } = bench.snap(at, event.altKey, own)
    show(to ? lngLat : undefined)
    if (grabbed.kind === 'middle') return attempt(editable.insert(grabbed.edge, lngLat))
    const [east, north] = [lngLat[0] - grabbed.at[0], lngLat[1] - grabbed.at[1]]
    attempt(editable.move(own.map((from) => ({ from, to: shifted(from, east, north) }))))
  }

  function end() {
    bench.overlay.showPreview([])
    last = undefined
    show()
  }

  function commit(after: LngLat[]) {
    const done = last
    bench.overlay.showPreview([])
    last = undefined
    if (!done?.ok) return show()
    chosen = after
    done.commit()
  }

  const tracked = trackDrag<Grabbed>(map, {
    grab,
    drag,
    drop(grabbed, place, moved) {
      if (!moved) return end()
      drag(grabbed, place)
      if (grabbed.kind === 'edge') return commit(chosen)
      const { lngLat } = bench.snap(
        place.at,
        place.event.altKey,
        grabbed.kind === 'vertices' ? grabbed.moves : [],
      )
      if (grabbed.kind === 'middle') return commit([lngLat])
      const [east, north] = [lngLat[0] - grabbed.at[0], lngLat[1] - grabbed.at[1]]
      commit(grabbed.moves.map((from) => shifted(from, east, north)))
    },
    abandon: end,
    hover(place) {
      map.getCanvas().style.cursor = peek(place) ? 'move' : ''
    },
  })

  function peek({ point }: DragPlace): boolean {
    const pixels = (lngLat: LngLat) => pixelsBetween(map.project(lngLat), point)
    return nearest(editable?.vertices ?? [], pixels, reach) !== undefined
  }

  function onClick({
    lngLat: { lng, lat },
    point,
  }: {
    lngLat: { lng: number; lat: number }
    point: { x: number; y: number }
  }) {
    const near = nearest(editable?.vertices ?? [], (at) => pixelsBetween(map.project(at), point), reach)
    if (near) return
    const picked = pickFeature(bench, bench.drafted(), bench.state().layer, [lng, lat])
    const { target } = bench.state()
    chosen = []
    if (picked && picked.id === target?.id && picked.layer === target.layer) return show()
    if (picked) bench.setTarget(picked)
    else show()
  }

  /** Moves what is chosen so that the first of it comes to `to`. */
  function moveTo(to: LngLat) {
    const first = chosen[0]
    if (!editable || !first) return
    const [east, north] = [to[0] - first[0], to[1] - first[1]]
    const moves = chosen.map((from) => ({ from, to: shifted(from, east, north) }))
    attempt(editable.move(moves))
    commit(moves.map((move) => move.to))
  }

  function step(by: number) {
    const { vertices = [] } = editable ?? {}
    if (vertices.length === 0) return
    const first = chosen[0]
    const from = first ? vertices.findIndex((at) => same(at, first)) : by > 0 ? -1 : 0
    const next = vertices[(from + by + vertices.length) % vertices.length]!
    chosen = [next]
    if (!map.getBounds().contains(next)) map.setCenter(next)
    show()
  }

  map.on('click', onClick)
  map.on('moveend', refreshView)
  function refreshView() {
    if ((editable?.vertices.length ?? 0) > MANY) show()
  }
  read()
  return {
    refresh: read,
    place: (at) => moveTo(onLattice(at)),
    key(event) {
      const is = (keys: readonly string[]) => isOneOf(keys, event)
      if (is(KEYS.before) || is(KEYS.after)) {
        step(is(KEYS.after) ? 1 : -1)
        return true
      }
      const first = chosen[0]
      if (!editable || !first) return false
      const moved = stepByKey(event, first)
      if (moved) {
        moveTo(moved)
        return true
      }
      if (is(KEYS.stretch)) {
        chosen = editable.stretch(first)
        show()
        return true
      }
      if (is(KEYS.remove)) {
        attempt(editable.remove(first))
        commit([])
        return true
      }
      if (is(KEYS.insert)) {
        const edge = editable.edges.find(([from]) => same(from, first))
        if (!edge) return false
        const middle = onLattice(middleOf(edge))
        attempt(editable.insert(edge, middle))
        commit([middle])
        return true
      }
      return false
    },
    cancel() {
      tracked.abandon()
      bench.change({ refused: undefined })
      if (chosen.length === 0) return false
      chosen = []
      show()
      return true
    },
    stop() {
      tracked.stop()
      map.off('click', onClick)
      map.off('moveend', refreshView)
      map.getCanvas().style.cursor = ''
    },
  }
}

const middleOf = ([a, b]: readonly [LngLat, LngLat]): LngLat => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]

const shifted = (at: LngLat, east: number, north: number): LngLat => onLattice([at[0] + east, at[1] + north])

function nearest<T>(items: readonly T[], distance: (item: T) => number, within: number): T | undefined {
  let best: T | undefined
  let least = within
  for (const item of items) {
    const found = distance(item)
    if (found > least) continue
    least = found
    best = item
  }
  return best
}
