import { createHash } from 'node:crypto'
import { z } from '@hono/zod-openapi'
import { CRS84, crsReaching, type OgcCrs } from '../../geodata/crs/ogc-crs.ts'
import { readOgcBox } from '../../geodata/crs/read-ogc-box.ts'
import { text } from '../../geodata/shared/fields.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { signalOf } from '../platform/limits.ts'
import { misfit, type Router, route } from '../platform/route.ts'
import { addressesOf, GEOJSON_TYPE, type Link, selfLinks } from './addresses.ts'
import { answer, inTwoForms, READING, wantsPage } from './answer.ts'
import type { ItemsFilter, OgcCollection } from './collection.ts'
import { findCollection, type Sources } from './find-collections.ts'
import { inCrs } from './in-crs.ts'
import { type ItemsParameters, itemParameters, itemsParameters } from './items-parameters.ts'
import { itemPage, itemsPage } from './ogc-page.ts'

const collectionId = text(120)

/** The items of collections. */
export function addItemRoutes(app: Router, sources: Sources, publicUrl: string | undefined): void {
  app.openapi(
    route({
      ...READING,
      path: '/ogc/collections/{collectionId}/items',
      summary: 'Items of a collection, page by page; /ogc/api says what else each can be filtered by',
      // What is not among these is for the collection to know.
      request: { params: z.object({ collectionId }), query: z.looseObject(itemsParameters) },
      responses: inTwoForms('A GeoJSON FeatureCollection in id order', GEOJSON_TYPE),
    }),
    async (context) => {
      const { collectionId } = context.req.valid('param')
      const asked = context.req.valid('query')
      const collection = await findCollection(collectionId, context, sources)
      const filter = await readFilter(collection, asked)
      const crs = await readCrs(collection, asked.crs, 'crs')
      const { limit, cursor } = asked
      const [{ features, next }, numberMatched] = await Promise.all([
        collection.list(filter, { limit, after: cursor ?? 0 }),
        // To count is as much work as a page: the first tells it.
        cursor === undefined ? collection.count(filter) : undefined,
      ])
      const addresses = addressesOf(context, publicUrl)
      const isPage = wantsPage(context, asked.f)
      const self = selfLinks(addresses, isPage, GEOJSON_TYPE)
      const links: Link[] = [
        ...self,
        { rel: 'collection', href: addresses.at(`/collections/${collection.id}`), type: 'application/json' },
        ...(next === undefined
          ? []
          : [{ rel: 'next', href: addresses.here({ cursor: String(next) }), type: self[0]!.type }]),
      ]
      const document = {
        type: 'FeatureCollection',
        features: await inCrs(features, crs, signalOf(context)),
        links,
        timeStamp: new Date().toISOString(),
        numberReturned: features.length,
        numberMatched,
      }
      const { title } = collection
      const page = () => itemsPage(collection, document)
      context.header('content-crs', `<${crs.uri}>`)
      return answer(context, isPage, { type: GEOJSON_TYPE, document, title, page })
    },
  )
  app.openapi(
    route({
      ...READING,
      path: '/ogc/collections/{collectionId}/items/{featureId}',
      summary: 'One item of a collection',
      request: {
        params: z.object({ collectionId, featureId: text(40) }),
        query: z.strictObject(itemParameters),
      },
      responses: inTwoForms('A GeoJSON Feature', GEOJSON_TYPE),
    }),
    async (context) => {
      const { collectionId, featureId } = context.req.valid('param')
      const asked = context.req.valid('query')
      const collection = await findCollection(collectionId, context, sources)
      const crs = await readCrs(collection, asked.crs, 'crs')
      if (!/^[1-9]\d{0,14}$/.test(featureId))
        throw new Problem(
          'not-found',
          `There is no item “${featureId}” in ${collection.id}: ids are whole numbers.`,
        )
      const stored = await collection.get(Number(featureId))
      const [feature] = await inCrs([stored], crs)
      const addresses = addressesOf(context, publicUrl)
      const isPage = wantsPage(context, asked.f)
      const links: Link[] = [
        ...selfLinks(addresses, isPage, GEOJSON_TYPE),
        { rel: 'collection', href: addresses.at(`/collections/${collection.id}`), type: 'application/json' },
      ]
      const document = { ...feature!, links }
      const { title } = collection
      const page = () => itemPage(collection, document)
      context.header('content-crs', `<${crs.uri}>`)
      context.header('etag', etagOf(document))
      return answer(context, isPage, { type: GEOJSON_TYPE, document, title, page })
    },
  )
}

/** Of what was sent: a cell's figures change without a version of the cell. */
const etagOf = (document: object): string =>
  `"${createHash('sha256').update(JSON.stringify(document)).digest('base64url').slice(0, 27)}"`

async function readFilter(collection: OgcCollection, asked: ItemsParameters): Promise<ItemsFilter> {
  const { limit: _, cursor: _c, f: _f, crs: _crs, bbox, 'bbox-crs': bboxCrs, datetime, ...others } = asked
  const own = z.strictObject(collection.parameters).safeParse(others)
  if (!own.success) throw misfit(own.error, 'parameters')
  const system = await readCrs(collection, bboxCrs, 'bbox-crs')
  const box = bbox === undefined ? undefined : readOgcBox(bbox, system)
  if (box?.ok === false) throw new Problem('invalid-parameter', `bbox ${box.reason}.`)
  return { bbox: box?.bbox, from: datetime?.from, to: datetime?.to, own: own.data }
}

async function readCrs(collection: OgcCollection, uri: string | undefined, name: string): Promise<OgcCrs> {
  if (uri === undefined || uri === CRS84.uri) return CRS84
  const found = crsReaching(await collection.extent()).find((crs) => crs.uri === uri)
  if (found) return found
  throw new Problem(
    'invalid-parameter',
    `${name}=${uri.slice(0, 100)} is not a coordinate system of ${collection.id}. /ogc/collections/${collection.id} lists those that there are, e.g. ${CRS84.uri}.`,
  )
}
