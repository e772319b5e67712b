import { LAYERS } from '../../geodata/layers.ts'
import { PATROL_ROUTES } from '../../geodata/patrols/patrol-routes.ts'
import { LAYER_IDS } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Identity } from '../access/identity.ts'
import { readableLayer } from '../access/readable-layer.ts'
import type { Database } from '../platform/database.ts'
import type { Extents } from '../tiles/extent.store.ts'
import type { OgcCollection } from './collection.ts'
import { layerCollection } from './layer-collection.ts'
import { routeCollection } from './route-collection.ts'

export interface Sources {
  database: Database
  extents: Extents
}

/** All that someone may read: layers, the ways of patrols, and what analyses found. */
export async function listCollections(identity: Identity, sources: Sources): Promise<OgcCollection[]> {
  const { layers } = identity
  return [
    ...LAYER_IDS.filter((layer) => layers?.has(layer) ?? true).map((layer) =>
      layerCollection(layer, identity, sources),
    ),
    ...(layers ? [] : [routeCollection(identity, sources)]),
  ]
}

/** Throws not-found, or not-signed-in for someone who reads published layers alone. */
export async function findCollection(
  id: string,
  identity: Identity,
  sources: Sources,
): Promise<OgcCollection> {
  const layer = LAYER_IDS.find((name) => name === id)
  if (layer) {
    readableLayer(identity, layer)
    return layerCollection(layer, identity, sources)
  }
  if (id === PATROL_ROUTES.id) {
    readableLayer(identity, id)
    return routeCollection(identity, sources)
  }
  throw new Problem(
    'not-found',
    `There is no collection “${id.slice(0, 80)}”. /ogc/collections lists them: ${Object.keys(LAYERS).join(', ')} and others.`,
  )
}
