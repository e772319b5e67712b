import type { CellEdit, CellRefusal } from '../../geodata/editing/cell-set.ts'
import type { ShapeRefusal } from '../../geodata/editing/shape-edit.ts'
import type { Road } from '../../geodata/editing/trace-along-roads.ts'
import type { Geometry, LngLat } from '../../geodata/shared/geojson.ts'
import type { MapHandle } from '../map/map-handle.ts'
import type { Overlay } from './overlay.ts'
import type { EditState } from './session.ts'
import type { FeatureRef, WorkingSet } from './working-set.ts'

/** Reasons as texts.ts names them, under `editing.refused`. */
export type Refusal =
  | CellRefusal
  | ShapeRefusal
  | 'flips-shape'
  /** Another tab holds the draft. */
  | 'not-here'
  | 'no-road'
  | 'unconnected'
  | 'too-many'
  /** Nothing is chosen that this could be done to. */
  | 'no-target'

export interface Refused {
  ok: false
  reason: Refusal
  at?: LngLat
  /** What it would have become, to be drawn as refused. */
  shapes?: Geometry[]
}

export interface Snapped {
  lngLat: LngLat
  /** To what, if to anything. */
  to: 'vertex' | 'edge' | undefined
}

/** What a mode works with. */
export interface Bench {
  handle: MapHandle
  overlay: Overlay
  set: WorkingSet
  state(): EditState
  /** Features that the draft touches. */
  drafted(): readonly FeatureRef[]
  change(patch: Partial<EditState>): void
  /** Says why not, in words and aloud. */
  refuse(refused: Refused): void
  /** Puts a place on the lattice, and onto what is near unless snapping is off or suspended. */
  snap(at: LngLat, suspended: boolean, except?: readonly LngLat[]): Snapped
  /** The roads of the view; null when there are too many. Throws ApiError. */
  roads(): Promise<Road[] | null>
  metresPerPixel(at: LngLat): number
  /** Shows a failed request in words. */
  fail(error: unknown): void
  /** One edit of the draft. */
  commitShape(ref: FeatureRef, geometry: Geometry): void
  commitCells(edit: CellEdit & { ok: true }): void
  /** A new feature from the chosen template; answers its id. */
  commitNew(geometry: Geometry): FeatureRef
  nextId(): number
  setTarget(ref: FeatureRef | undefined): void
  setMode(mode: EditState['mode']): void
  /** What is chosen changed: draws it again. */
  redraw(): void
}

/** One way of working on the map. Made when it is chosen, stopped when it is left. */
export interface Mode {
  /** The draft or the target changed. */
  refresh?(): void
  /** Answers true when the key was its own. */
  key?(event: KeyboardEvent): boolean
  /** A typed place, as if it had been clicked. */
  place?(at: LngLat): void
  finish?(): void
  /** Puts a feature in or out of what is picked. */
  toggle?(ref: FeatureRef): void
  /** Takes back the last point; false when there is none. */
  back?(): boolean
  /** Gives up one step; false when there was nothing to give up. */
  cancel?(): boolean
  stop(): void
}
