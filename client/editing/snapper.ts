import { snap } from '../../geodata/editing/snap.ts'
import type { Road } from '../../geodata/editing/trace-along-roads.ts'
import { isCellLayer } from '../../geodata/shared/codes.ts'
import type { Bbox, Geometry, LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { loadFeaturesInBox } from '../api/features-in-box.ts'
import type { MapHandle } from '../map/map-handle.ts'
import type { Snapped } from './bench.ts'
import type { FeatureRef, WorkingSet } from './working-set.ts'

const REACH_PIXELS = 10
/** Further out a pixel is metres: nobody draws to the centimetre there. */
const FROM_ZOOM = 15
/** A view with more of one layer than this is not snapped to. */
const MOST = 3000
/** Metres on the equator for one pixel at zoom 0 of tiles of 512 pixels. */
const METRES_PER_PIXEL = 40_075_016.686 / 512

interface Target {
  layer: LayerId
  id: number
  geometry: Geometry
}

/** What is near in the view, with exact coordinates: tiles are too coarse to draw to. */
export class Snapper {
  private readonly handle: MapHandle
  private readonly set: WorkingSet
  private visible: ReadonlySet<LayerId> = new Set()
  private readonly held = new Map<LayerId, { box: Bbox; features: Target[] }>()
  private loading = new AbortController()
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly onMove = () => {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.load(), 300)
  }

  constructor(handle: MapHandle, set: WorkingSet) {
    this.handle = handle
    this.set = set
    handle.map.on('moveend', this.onMove)
  }

  setVisible(layers: ReadonlySet<LayerId>): void {
    this.visible = layers
    this.onMove()
  }

  forget(): void {
    this.held.clear()
    this.onMove()
  }

  /** On the lattice already: `at` itself when nothing is near. A border of cells does not snap to other cells. */
  snap(at: LngLat, target: FeatureRef | undefined, except: readonly LngLat[]): Snapped {
    const ofCell = target !== undefined && isCellLayer(target.layer)
    const metres = REACH_PIXELS * this.metresPerPixel(at)
    const found = snap(at, this.near(target, ofCell), metres)
    if (!found || except.some(([lng, lat]) => lng === found.lngLat[0] && lat === found.lngLat[1]))
      return { lngLat: at, to: undefined }
    return { lngLat: found.lngLat, to: found.to }
  }

  /** The roads of the view, all of them: null when there are too many. Throws ApiError. */
  async roads(): Promise<Road[] | null> {
    await this.loadLayer('roads', this.handle.visibleBox(), new AbortController().signal)
    const found = this.held.get('roads')?.features
    if (!found) return null
    return found.flatMap(({ id, geometry }) =>
      geometry.type === 'LineString' ? [{ id, coordinates: geometry.coordinates }] : [],
    )
  }

  metresPerPixel([, lat]: LngLat): number {
    return (METRES_PER_PIXEL * Math.cos((lat * Math.PI) / 180)) / 2 ** this.handle.map.getZoom()
  }

  stop(): void {
    this.loading.abort()
    clearTimeout(this.timer)
    this.handle.map.off('moveend', this.onMove)
  }

  private *near(target: FeatureRef | undefined, ofCell: boolean): Generator<Target> {
    if (this.handle.map.getZoom() < FROM_ZOOM) return
    for (const { features } of this.held.values()) {
      for (const feature of features) {
        if (feature.layer === target?.layer && feature.id === target.id) continue
        if (ofCell && isCellLayer(feature.layer)) continue
        const now = this.set.current(feature)
        if (now) yield { ...feature, geometry: now.geometry }
        else if (!this.set.isDrafted(feature)) yield feature
      }
    }
  }

  private async load(): Promise<void> {
    this.loading.abort()
    this.loading = new AbortController()
    if (this.handle.map.getZoom() < FROM_ZOOM) return
    const box = this.handle.visibleBox()
    for (const layer of this.held.keys()) if (!this.visible.has(layer)) this.held.delete(layer)
    for (const layer of this.visible) {
      try {
        await this.loadLayer(layer, box, this.loading.signal)
      } catch {
        // Without neighbours to snap to, drawing still works; the request's own failure shows elsewhere.
        return
      }
    }
  }

  private async loadLayer(layer: LayerId, box: Bbox, signal: AbortSignal): Promise<void> {
    const held = this.held.get(layer)
    if (held && contains(held.box, box)) return
    const found = await loadFeaturesInBox(layer, box, MOST, signal)
    if (!found) return void this.held.delete(layer)
    const features = found.flatMap(({ id, geometry }) => (geometry ? [{ layer, id, geometry }] : []))
    this.held.set(layer, { box, features })
  }
}

const contains = (outer: Bbox, inner: Bbox): boolean =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]
