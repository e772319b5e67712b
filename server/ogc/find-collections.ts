import type { Context } from 'hono'
import { PATROL_ROUTES } from '../../geodata/patrols/patrol-routes.ts'
import { LAYER_IDS } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AppEnv } from '../access/app-env.ts'
import { readableLayer } from '../access/readable-layer.ts'
import { readerOf } from '../coverage/reader.ts'
import type { Database } from '../platform/database.ts'
import type { Extents } from '../tiles/extent.store.ts'
import type { OgcCollection } from './collection.ts'
import { layerCollection } from './layer-collection.ts'
import { findPart, listParts } from './part-collection.ts'
import { routeCollection } from './route-collection.ts'

export interface Sources {
  database: Database
  extents: Extents
}

/** Whether someone reads more than layers that are published. */
export const readsAll = ({ var: { identity } }: Context<AppEnv>): boolean => identity.layers === undefined

/** What is there for good, of what someone may read: layers, and the ways of patrols. */
export function lastingCollections(context: Context<AppEnv>, sources: Sources): OgcCollection[] {
  const { identity } = context.var
  return [
    ...LAYER_IDS.filter((layer) => identity.layers?.has(layer) ?? true).map((layer) =>
      layerCollection(layer, identity, sources),
    ),
    ...(readsAll(context) ? [routeCollection(identity, sources)] : []),
  ]
}

/** All that someone may read: what is there for good, and what analyses found. */
export const listCollections = async (
  context: Context<AppEnv>,
  sources: Sources,
): Promise<OgcCollection[]> => [
  ...lastingCollections(context, sources),
  ...(readsAll(context) ? await listParts(sources.database.sql, readerOf(context)) : []),
]

/** Throws not-found, or not-signed-in for someone who reads published layers alone. */
export async function findCollection(
  id: string,
  context: Context<AppEnv>,
  sources: Sources,
): Promise<OgcCollection> {
  const { identity } = context.var
  const layer = LAYER_IDS.find((name) => name === id)
  readableLayer(identity, id)
  if (layer) return layerCollection(layer, identity, sources)
  if (id === PATROL_ROUTES.id) return routeCollection(identity, sources)
  const part = await findPart(sources.database.sql, id, readerOf(context))
  if (part) return part
  throw new Problem(
    'not-found',
    `There is no collection “${id.slice(0, 80)}”. /ogc/collections lists them: ${LAYER_IDS.join(', ')} and others.`,
  )
}
