import type { Change } from '../../geodata/editing/draft.ts'
import { onLattice } from '../../geodata/editing/lattice.ts'
import { makeRightAngles } from '../../geodata/editing/make-right-angles.ts'
import { isCellLayer } from '../../geodata/shared/codes.ts'
import type { Bbox, Geometry, LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { boxOf } from '../map/box-of.ts'
import type { MapHandle } from '../map/map-handle.ts'
import type { Language } from '../ui/i18n.ts'
import { toError } from '../ui/problem-words.ts'
import type { Scheme } from '../ui/tokens.ts'
import type { Bench, Mode, Refusal, Refused, Snapped } from './bench.ts'
import { cellChanges } from './cell-changes.ts'
import { draftShapes } from './draft-shapes.ts'
import type { DraftStore } from './draft-store.ts'
import { hideOriginals } from './hide-originals.ts'
import { MODES, type ModeId } from './modes/modes.ts'
import { newProperties } from './new-properties.ts'
import { addOverlay } from './overlay.ts'
import { Snapper } from './snapper.ts'
import { type FeatureRef, refKey, WorkingSet } from './working-set.ts'

export interface EditState {
  mode: ModeId
  /** What is drawn and picked. */
  layer: LayerId
  /** Of that layer's templates; undefined for the first. */
  template: string | undefined
  target: FeatureRef | undefined
  /** What a merge would take, the target first. */
  picked: FeatureRef[]
  /** Key below `editing.hint` of what the next click does. */
  hint: string
  refused: { reason: Refusal; at: LngLat | undefined; count: number } | undefined
  loading: boolean
  /** Why a request failed. */
  failed: Error | undefined
  snapping: boolean
  /** The next stretch of a line follows the roads. */
  tracing: boolean
  /** Points of the sketch so far. */
  points: number
  vertex: { at: LngLat; index: number; count: number; chosen: number } | undefined
}

export interface Session {
  subscribe(listener: () => void): () => void
  getSnapshot(): EditState
  bench: Bench
  mode(): Mode
  setLayer(layer: LayerId): void
  setTemplate(template: string): void
  setMode(mode: ModeId): void
  setTarget(ref: FeatureRef | undefined): void
  /** Shows what lies at a place of the map. */
  zoomTo(ref: FeatureRef): void
  toggleSnapping(): void
  toggleTracing(): void
  removeTarget(): void
  makeRightAngles(): void
  restyle(scheme: Scheme): void
  setVisible(layers: ReadonlySet<LayerId>): void
  /** After a save: everything is read again. */
  reload(): void
  stop(): void
}

/** Room around a cell within which its neighbours are loaded, as a share of its extent. */
const MARGIN = 0.4
const LEAST_MARGIN_DEGREES = 0.003

/** A corner that would move further was not meant to be square. */
const MOST_CORNER_METRES = 3

export function startSession(
  handle: MapHandle,
  draft: DraftStore,
  first: { scheme: Scheme; lang: Language; layer: LayerId; visible: ReadonlySet<LayerId> },
): Session {
  const listeners = new Set<() => void>()
  const set = new WorkingSet()
  const overlay = addOverlay(handle.map, first.scheme)
  const hidden = hideOriginals(handle.map)
  const snapper = new Snapper(handle, set)
  snapper.setVisible(first.visible)
  let loading = new AbortController()
  let state: EditState = {
    mode: 'select',
    layer: first.layer,
    template: undefined,
    target: undefined,
    picked: [],
    hint: 'select',
    refused: undefined,
    loading: false,
    failed: undefined,
    snapping: true,
    tracing: false,
    points: 0,
    vertex: undefined,
  }

  function change(patch: Partial<EditState>) {
    state = { ...state, ...patch }
    for (const listener of listeners) listener()
  }

  const bench: Bench = {
    handle,
    overlay,
    set,
    state: () => state,
    drafted: () => draft.getSnapshot().touched,
    change,
    refuse({ reason, at }: Refused) {
      change({ refused: { reason, at, count: (state.refused?.count ?? 0) + 1 } })
    },
    snap(at, suspended, except = []): Snapped {
      const place = onLattice(at)
      return state.snapping && !suspended
        ? snapper.snap(place, state.target, except)
        : { lngLat: place, to: undefined }
    },
    roads: () => snapper.roads(),
    metresPerPixel: (at) => snapper.metresPerPixel(at),
    fail,
    commitShape(ref, geometry) {
      const now = set.current(ref)
      if (!now) return
      commit('shape', [{ ...ref, before: now, after: { ...now, geometry } }])
    },
    commitCells: (edit) => commit('cells', cellChanges(set, edit, first.lang)),
    commitNew(geometry) {
      const ref = { layer: state.layer, id: draft.nextId() }
      const after = {
        version: null,
        geometry,
        properties: newProperties(ref.layer, state.template, first.lang, new Date()),
      }
      commit('draw', [{ ...ref, before: null, after }])
      return ref
    },
    nextId: () => draft.nextId(),
    setTarget,
    setMode,
    redraw: drawDraft,
  }

  function commit(what: string, changes: Change[]) {
    if (!draft.apply({ what, changes })) return bench.refuse({ ok: false, reason: 'not-here' })
    change({ refused: undefined })
  }

  let mode: Mode = { stop() {} }
  function setMode(next: ModeId) {
    mode.stop()
    overlay.showPreview([])
    overlay.showHandles([])
    change({ mode: next, hint: next, refused: undefined, points: 0, vertex: undefined, picked: [] })
    mode = MODES[next](bench)
    drawDraft()
  }

  function setTarget(ref: FeatureRef | undefined) {
    loading.abort()
    loading = new AbortController()
    const { signal } = loading
    change({
      target: ref,
      ...(ref ? { layer: ref.layer } : {}),
      refused: undefined,
      failed: undefined,
      loading: ref !== undefined,
      vertex: undefined,
    })
    if (ref) void loadTarget(ref, signal)
    else refresh()
  }

  function fail(error: unknown) {
    change({ loading: false, failed: toError(error) })
  }

  async function loadTarget(ref: FeatureRef, signal: AbortSignal) {
    try {
      const found = await set.load(ref)
      if (signal.aborted) return
      let enough = true
      if (found && isCellLayer(ref.layer)) enough = await set.loadCells(withMargin(found.geometry), signal)
      if (signal.aborted) return
      change({ loading: false })
      if (!enough) bench.refuse({ ok: false, reason: 'too-many' })
      refresh()
    } catch (error) {
      if (!signal.aborted) fail(error)
    }
  }

  function drawDraft() {
    const { touched } = draft.getSnapshot()
    const { target, picked } = state
    const drawn = target && set.current(target)
    overlay.showDraft([
      ...draftShapes(touched),
      ...(drawn ? [{ role: 'target' as const, geometry: drawn.geometry }] : []),
      ...picked.flatMap((ref) => {
        const input = set.current(ref)
        return input ? [{ role: 'picked' as const, geometry: input.geometry }] : []
      }),
    ])
    hidden.hide(touched)
  }

  function refresh() {
    const { target } = state
    if (target && set.isDrafted(target) && !set.current(target)) return setTarget(undefined)
    drawDraft()
    mode.refresh?.()
  }

  function takeDraft() {
    set.setDrafted(draft.getSnapshot().current)
    // A new feature that an undo took back is no longer there to be edited.
    const { target } = state
    if (target && target.id < 0 && !set.current(target)) return setTarget(undefined)
    refresh()
  }

  const stopClicks = handle.takeClicks()
  let current = draft.getSnapshot().current
  const stopDraft = draft.subscribe(() => {
    if (draft.getSnapshot().current === current) return
    current = draft.getSnapshot().current
    takeDraft()
  })
  set.setDrafted(current)
  setMode('select')

  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => state,
    bench,
    mode: () => mode,
    setLayer(layer) {
      if (state.target && state.target.layer !== layer) setTarget(undefined)
      change({ layer, template: undefined })
      setMode(state.mode)
    },
    setTemplate: (template) => change({ template }),
    setMode,
    setTarget,
    zoomTo(ref) {
      const input = set.current(ref) ?? draft.getSnapshot().byKey.get(refKey(ref))?.base
      if (input) handle.fit(boxOf(input.geometry), 18)
    },
    toggleTracing: () => change({ tracing: !state.tracing }),
    toggleSnapping: () => change({ snapping: !state.snapping }),
    removeTarget() {
      const { target } = state
      const now = target && set.current(target)
      if (!target || !now) return
      commit('delete', [{ ...target, before: now, after: null }])
    },
    makeRightAngles() {
      const { target } = state
      const geometry = target && set.current(target)?.geometry
      if (!target || geometry?.type !== 'MultiPolygon' || isCellLayer(target.layer))
        return bench.refuse({ ok: false, reason: 'no-target' })
      const edit = makeRightAngles(geometry, MOST_CORNER_METRES)
      if (edit.ok) bench.commitShape(target, edit.geometry)
      else bench.refuse(edit)
    },
    restyle: overlay.restyle,
    setVisible: (layers) => snapper.setVisible(layers),
    reload() {
      set.forget()
      snapper.forget()
      setTarget(state.target && state.target.id > 0 ? state.target : undefined)
    },
    stop() {
      loading.abort()
      stopDraft()
      mode.stop()
      snapper.stop()
      stopClicks()
      hidden.remove()
      overlay.remove()
      handle.map.getCanvas().style.cursor = ''
      listeners.clear()
    },
  }
}

function withMargin(geometry: Geometry): Bbox {
  const [west, south, east, north] = boxOf(geometry)
  const lng = Math.max(LEAST_MARGIN_DEGREES, (east - west) * MARGIN)
  const lat = Math.max(LEAST_MARGIN_DEGREES, (north - south) * MARGIN)
  return [west - lng, south - lat, east + lng, north + lat]
}
