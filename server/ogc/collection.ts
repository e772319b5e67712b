import type { z } from '@hono/zod-openapi'
import type { Bbox } from '../../geodata/shared/geojson.ts'

export interface OgcFeature {
  type: 'Feature'
  id: number
  /** Of those that are edited: the version that a change has to name. */
  version?: number
  /** Degrees, longitude first. */
  geometry: { type: string; coordinates: unknown } | null
  properties: object
}

/** What a collection can be narrowed by. All that are given must hold. */
export interface ItemsFilter {
  bbox: Bbox | undefined
  /** Instants, ISO 8601: from ≤ the time of an item < to. */
  from: string | undefined
  to: string | undefined
  /** Values of the collection's own parameters, as its `parameters` gave them. */
  own: Record<string, unknown>
}

/** A page may hold fewer items than were asked for: of lines and found shapes, which have no bound of their own, no more than this. */
export const MOST_SHAPES = 1000

/** A set of features as someone may see it. */
export interface OgcCollection {
  id: string
  /** In both languages where it has them: clients show it as it is. */
  title: string
  description: string
  /** Query parameters that it has beyond those of every collection. */
  parameters: Record<string, z.ZodType>
  feature: z.ZodType
  /** What of it there is, in degrees; undefined: nothing. */
  extent(): Promise<Bbox | undefined>
  /** A page in id order. `after`, `next`: the id to go on behind. */
  list(
    filter: ItemsFilter,
    page: { limit: number; after: number },
  ): Promise<{ features: OgcFeature[]; next: number | undefined }>
  count(filter: ItemsFilter): Promise<number>
  /** Throws not-found. */
  get(id: number): Promise<OgcFeature>
}
