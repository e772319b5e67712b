import type { Context } from 'hono'
import { LAYERS } from '../../geodata/layers.ts'
import { isCodedLayer } from '../../geodata/shared/codes.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerDefinition, LayerId } from '../../geodata/shared/layer.ts'
import { normaliseGeometry } from '../../geodata/shared/normalise-geometry.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { actorOf } from '../access/actor.ts'
import type { AppEnv } from '../access/app-env.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { type Router, route, router } from '../platform/route.ts'
import { featureSchema, idParameter, patchSchema, putSchema, versionHeader } from './feature.schema.ts'
import { addListRoutes } from './list.routes.ts'
import { getFeature } from './read.store.ts'
import {
  createFeature,
  deleteFeature,
  type FeatureInput,
  replaceFeature,
  versionConflict,
  type Writer,
} from './write.store.ts'

/** List, get, create, replace, patch and delete for every layer. */
export function featureRoutes(deps: Deps) {
  const app = router()
  for (const definition of Object.values(LAYERS)) addLayer(app, definition, deps)
  return app
}

function addLayer(app: Router, definition: LayerDefinition, deps: Deps): void {
  const { database, outbox } = deps
  const { id: layer } = definition
  const path = `/api/v1/${layer}`
  const tags = [definition.title.en]
  const one = jsonAnswer('The feature, with its version as ETag', featureSchema(definition))
  addListRoutes(app, definition, deps)

  app.openapi(
    route({
      method: 'get',
      path: `${path}/{id}`,
      tags,
      permission: 'read',
      published: layer,
      summary: `Get one ${definition.noun.en.toLowerCase()}`,
      request: { params: idParameter },
      responses: { 200: one },
    }),
    async (context) => {
      const { reach } = context.var.identity
      return answer(context, await getFeature(database.sql, layer, context.req.valid('param').id, reach))
    },
  )

  app.openapi(
    route({
      method: 'post',
      path,
      tags,
      permission: 'edit',
      summary: `Create one ${definition.noun.en.toLowerCase()}`,
      request: { body: jsonBody(putSchema(definition)) },
      responses: { 201: one },
    }),
    async (context) => {
      const feature = await createFeature(
        database.sql,
        layer,
        readInput(definition, context.req.valid('json')),
        writerOf(context),
      )
      outbox.wake()
      context.header('location', `${path}/${feature.id}`)
      return answer(context, feature, 201)
    },
  )

  app.openapi(
    route({
      method: 'put',
      path: `${path}/{id}`,
      tags,
      permission: 'edit',
      summary: `Replace one ${definition.noun.en.toLowerCase()}`,
      request: { params: idParameter, headers: versionHeader, body: jsonBody(putSchema(definition)) },
      responses: { 200: one },
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      const input = readInput(definition, context.req.valid('json'), id)
      const feature = await replaceFeature(
        database.sql,
        layer,
        id,
        readVersion(context),
        input,
        writerOf(context),
      )
      outbox.wake()
      return answer(context, feature)
    },
  )

  app.openapi(
    route({
      method: 'patch',
      path: `${path}/{id}`,
      tags,
      permission: 'edit',
      summary: `Change one ${definition.noun.en.toLowerCase()} by a merge patch`,
      request: { params: idParameter, headers: versionHeader, body: jsonBody(patchSchema(definition)) },
      responses: { 200: one },
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      const version = readVersion(context)
      const patch = context.req.valid('json') as { geometry?: unknown; properties?: Record<string, unknown> }
      const current = await getFeature(database.sql, layer, id, context.var.identity.reach)
      if (current.version !== version) throw versionConflict(version, current.version)
      const merged = {
        ...patch,
        geometry: patch.geometry ?? current.geometry,
        properties: { ...codeToKeep(layer, current, patch), ...patch.properties },
      }
      const input = readInput(definition, merged, id)
      const feature = await replaceFeature(database.sql, layer, id, version, input, writerOf(context))
      outbox.wake()
      return answer(context, feature)
    },
  )

  app.openapi(
    route({
      method: 'delete',
      path: `${path}/{id}`,
      tags,
      permission: 'edit',
      summary: `Delete one ${definition.noun.en.toLowerCase()}`,
      request: { params: idParameter, headers: versionHeader },
      responses: { 204: { description: 'Deleted' } },
    }),
    async (context) => {
      await deleteFeature(
        database.sql,
        layer,
        context.req.valid('param').id,
        readVersion(context),
        writerOf(context),
      )
      outbox.wake()
      return context.body(null, 204)
    },
  )
}

const writerOf = (context: Context<AppEnv>): Writer => ({
  actor: actorOf(context),
  reach: context.var.identity.reach,
})

function answer(context: Context, feature: StoredFeature, status: 200 | 201 = 200) {
  context.header('etag', `"${feature.version}"`)
  return context.json(feature as never, status) as never
}

/** A cell or building keeps its code where that still fits; one that moves gets another, so the old one is not insisted on. */
function codeToKeep(
  layer: LayerId,
  current: StoredFeature,
  patch: { geometry?: unknown },
): Record<string, unknown> {
  if (patch.geometry === undefined || !isCodedLayer(layer) || layer === 'communities')
    return current.properties
  const { code: _, ...properties } = current.properties
  return properties
}

function readInput(definition: LayerDefinition, body: unknown, id?: number): FeatureInput {
  const sent = body as { id?: number; geometry: unknown; properties: Record<string, unknown> }
  if (id !== undefined && sent.id !== undefined && sent.id !== id)
    throw new Problem(
      'invalid-body',
      `The body is feature ${sent.id}, the path names ${id}. Send it to its own path.`,
    )
  const geometry = normaliseGeometry(sent.geometry, definition.geometry)
  if (!geometry.ok) throw new Problem('invalid-geometry', `The geometry ${geometry.reason}.`)
  const properties = Object.fromEntries(
    Object.entries(sent.properties).filter(([key]) => key in definition.input.shape),
  )
  return { geometry: geometry.geometry, properties }
}
