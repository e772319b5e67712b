import { type Cell, type CellRef, CellSet } from '../../geodata/editing/cell-set.ts'
import type { StoredInput } from '../../geodata/editing/draft.ts'
import { isEqual } from '../../geodata/editing/is-equal.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { CELL_LAYERS, type CellLayer, isCellLayer } from '../../geodata/shared/codes.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { loadFeaturesInBox } from '../api/features-in-box.ts'
import { getFeature } from '../api/places.ts'
import { findParents } from './find-parents.ts'

export interface FeatureRef {
  layer: LayerId
  /** Negative while it is not saved. */
  id: number
}

export const refKey = ({ layer, id }: FeatureRef): string => `${layer}/${id}`

/** Borders of more cells than this are not edited together. */
const MOST_CELLS = 4000

/** What a client may write of a stored feature; undefined for one that came without its geometry. */
export function toInput(layer: LayerId, feature: StoredFeature): StoredInput | undefined {
  if (!feature.geometry) return undefined
  const known = LAYERS[layer].input.shape
  const properties = Object.fromEntries(Object.entries(feature.properties).filter(([name]) => name in known))
  return { version: feature.version, geometry: feature.geometry, properties }
}

/** Features as the draft has them: by key, null for one that it deletes; others are absent. */
export type DraftedFeatures = ReadonlyMap<string, StoredInput | null>

/**
 * The features that are being edited as the server has them, and the cells of a working area with the draft laid over
 * them. Cells are only ever held together with every cell that may share a border with them.
 */
export class WorkingSet {
  private readonly stored = new Map<string, StoredInput>()
  private cellArea: Bbox | undefined
  private cellSet: CellSet | undefined
  /** Noded originals: what a cell goes back to when the draft no longer touches it. */
  private readonly originals = new Map<string, Cell>()
  private laidOver: DraftedFeatures = new Map()
  private drafted: DraftedFeatures = new Map()

  get cells(): CellSet | undefined {
    return this.cellSet
  }

  /** A feature as it stands: in the draft, else as stored; undefined when it is not loaded or deleted. */
  current(ref: FeatureRef): StoredInput | undefined {
    const drafted = this.drafted.get(refKey(ref))
    if (drafted !== undefined) return drafted ?? undefined
    return this.stored.get(refKey(ref))
  }

  isDrafted(ref: FeatureRef): boolean {
    return this.drafted.has(refKey(ref))
  }

  keep(layer: LayerId, feature: StoredFeature): void {
    const input = toInput(layer, feature)
    if (input) this.stored.set(refKey({ layer, id: feature.id }), input)
  }

  /** Loads one feature unless it is known. Throws ApiError. */
  async load(ref: FeatureRef): Promise<StoredInput | undefined> {
    if (!this.drafted.has(refKey(ref)) && !this.stored.has(refKey(ref)) && ref.id > 0)
      this.keep(ref.layer, await getFeature(ref.layer, ref.id))
    return this.current(ref)
  }

  /**
   * Loads every cell that meets the box, unless they are held already. Answers false when there are too many. Throws
   * ApiError.
   */
  async loadCells(box: Bbox, signal: AbortSignal): Promise<boolean> {
    if (this.cellArea && contains(this.cellArea, box)) return true
    const area = this.cellArea ? union(this.cellArea, box) : box
    const pages = await Promise.all(
      CELL_LAYERS.map((layer) => loadFeaturesInBox(layer, area, MOST_CELLS, signal)),
    )
    const found: Cell[] = []
    for (const [index, layer] of CELL_LAYERS.entries()) {
      const features = pages[index]
      if (!features) return false
      for (const feature of features) {
        this.keep(layer, feature)
        const cell = toCell(layer, feature.id, this.stored.get(`${layer}/${feature.id}`))
        if (cell) found.push(cell)
      }
    }
    const noded = [...new CellSet(findParents(found)).values()]
    this.originals.clear()
    for (const cell of noded) this.originals.set(refKey(cell), cell)
    this.cellArea = area
    this.cellSet = new CellSet(noded, area)
    this.laidOver = new Map()
    this.layOver()
    return true
  }

  /** Takes in the draft as it is now: after an edit, an undo, a revert. */
  setDrafted(next: DraftedFeatures): void {
    this.drafted = next
    this.layOver()
  }

  private layOver(): void {
    const cells = this.cellSet
    if (!cells) return
    const changed: Cell[] = []
    const removed: CellRef[] = []
    for (const key of new Set([...this.laidOver.keys(), ...this.drafted.keys()])) {
      const input = this.drafted.get(key)
      if (input === this.laidOver.get(key)) continue
      const [layer, id] = key.split('/') as [LayerId, string]
      if (!isCellLayer(layer)) continue
      const cell = input === undefined ? this.originals.get(key) : this.asCell(layer, Number(id), input, key)
      if (cell) changed.push(cell)
      else removed.push({ layer, id: Number(id) })
    }
    this.laidOver = this.drafted
    if (changed.length + removed.length > 0) cells.apply({ changed, removed })
  }

  /** An edit of properties alone knows neither parent nor the vertices that noding gave. */
  private asCell(layer: CellLayer, id: number, input: StoredInput | null, key: string): Cell | undefined {
    const original = this.originals.get(key)
    const cell = toCell(layer, id, input)
    if (!cell || !original || input?.parentId !== undefined) return cell
    const same = isEqual(cell.geometry, this.stored.get(key)?.geometry)
    return same ? original : { ...cell, parentId: original.parentId }
  }

  /** Forgets what is stored: after a save, versions have moved on. */
  forget(): void {
    this.stored.clear()
    this.originals.clear()
    this.laidOver = new Map()
    this.cellSet = undefined
    this.cellArea = undefined
  }
}

function toCell(layer: CellLayer, id: number, input: StoredInput | null | undefined): Cell | undefined {
  if (input?.geometry.type !== 'MultiPolygon') return undefined
  return { layer, id, parentId: input.parentId ?? null, geometry: input.geometry }
}

const contains = (outer: Bbox, inner: Bbox): boolean =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]

const union = (a: Bbox, b: Bbox): Bbox => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
]
