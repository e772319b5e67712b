import { z } from '@hono/zod-openapi'
import { text } from '../../geodata/shared/fields.ts'
import type { Deps } from '../platform/deps.ts'
import { describedPage } from '../platform/docs.routes.ts'
import { route, router } from '../platform/route.ts'
import type { Extents } from '../tiles/extent.store.ts'
import { addressesOf, HTML_TYPE, JSON_TYPE, type Link, selfLinks } from './addresses.ts'
import { answer, inTwoForms, READING, wantsPage } from './answer.ts'
import { apiDefinition, OPENAPI_TYPE, withParameters } from './api-definition.ts'
import { describeCollection } from './describe-collection.ts'
import { findCollection, lastingCollections, listCollections, readsAll } from './find-collections.ts'
import { addItemRoutes } from './items.routes.ts'
import { formatParameter } from './items-parameters.ts'
import { collectionPage, collectionsPage, conformancePage, landingPage } from './ogc-page.ts'

const FEATURES = 'http://www.opengis.net/spec/ogcapi-features'
const CONFORMS_TO = [
  ...['core', 'oas30', 'html', 'geojson'].map((name) => `${FEATURES}-1/1.0/conf/${name}`),
  `${FEATURES}-2/1.0/conf/crs`,
]
const DESCRIPTION =
  '网格化管理的区域、点位和路线，供 QGIS、GDAL、ArcGIS 等软件读取 · Places, points and routes of grid management, for QGIS, GDAL, ArcGIS and others'

const query = z.strictObject({ f: formatParameter })

/** OGC API – Features, to read: every layer as a collection, to those who reach it. */
export function ogcRoutes({ database, env }: Deps, extents: Extents) {
  const app = router()
  const sources = { database, extents }
  app.use('/ogc/', (context) => Promise.resolve(context.redirect('/ogc', 308)))
  app.openapi(
    route({
      ...READING,
      path: '/ogc',
      summary: 'The landing page of OGC API – Features',
      request: { query },
      responses: inTwoForms('What there is, as links', JSON_TYPE),
    }),
    (context) => {
      const addresses = addressesOf(context, env.publicUrl)
      const isPage = wantsPage(context, context.req.valid('query').f)
      const links: Link[] = [
        ...selfLinks(addresses, isPage),
        { rel: 'data', href: addresses.at('/collections'), type: JSON_TYPE, title: '集合 · Collections' },
        {
          rel: 'conformance',
          href: addresses.at('/conformance'),
          type: JSON_TYPE,
          title: '符合性 · Conformance',
        },
        { rel: 'service-desc', href: addresses.at('/api'), type: OPENAPI_TYPE, title: 'OpenAPI 3.0' },
        {
          rel: 'service-doc',
          href: addresses.at('/api?f=html'),
          type: HTML_TYPE,
          title: '接口说明 · Documentation',
        },
      ]
      const document = { title: 'Gridward', description: DESCRIPTION, links }
      const page = () => landingPage(document)
      return answer(context, isPage, { type: JSON_TYPE, document, title: document.title, page })
    },
  )
  app.openapi(
    route({
      ...READING,
      path: '/ogc/api',
      summary: 'OpenAPI 3.0 of OGC API – Features, with paths of their own for each collection',
      request: { query },
      responses: inTwoForms('OpenAPI 3.0', OPENAPI_TYPE),
    }),
    (context) => {
      const addresses = addressesOf(context, env.publicUrl)
      const document = apiDefinition(
        lastingCollections(context, sources),
        readsAll(context),
        addresses.at(''),
      )
      const isPage = wantsPage(context, context.req.valid('query').f)
      const page = () => describedPage(withParameters(document), '/ogc/api?f=json')
      return answer(context, isPage, { type: OPENAPI_TYPE, document, title: document.info.title, page })
    },
  )
  app.openapi(
    route({
      ...READING,
      path: '/ogc/conformance',
      summary: 'What of OGC API – Features is met',
      request: { query },
      responses: inTwoForms('Conformance classes', JSON_TYPE),
    }),
    (context) => {
      const isPage = wantsPage(context, context.req.valid('query').f)
      const links = selfLinks(addressesOf(context, env.publicUrl), isPage)
      const document = { conformsTo: CONFORMS_TO, links }
      const page = () => conformancePage(document)
      return answer(context, isPage, { type: JSON_TYPE, document, title: 'Conformance', page })
    },
  )
  app.openapi(
    route({
      ...READING,
      path: '/ogc/collections',
      summary: 'The collections that one may read',
      request: { query },
      responses: inTwoForms('Collections', JSON_TYPE),
    }),
    async (context) => {
      const addresses = addressesOf(context, env.publicUrl)
      const isPage = wantsPage(context, context.req.valid('query').f)
      const found = await listCollections(context, sources)
      const collections = await Promise.all(
        found.map((collection) => describeCollection(collection, addresses)),
      )
      const document = { links: selfLinks(addresses, isPage), collections }
      const page = () => collectionsPage(document)
      return answer(context, isPage, { type: JSON_TYPE, document, title: 'Collections', page })
    },
  )
  app.openapi(
    route({
      ...READING,
      path: '/ogc/collections/{collectionId}',
      summary: 'About one collection',
      request: { query, params: z.object({ collectionId: text(120) }) },
      responses: inTwoForms('The collection', JSON_TYPE),
    }),
    async (context) => {
      const { collectionId } = context.req.valid('param')
      const collection = await findCollection(collectionId, context, sources)
      const addresses = addressesOf(context, env.publicUrl)
      const document = await describeCollection(collection, addresses)
      const isPage = wantsPage(context, context.req.valid('query').f)
      const page = () => collectionPage(document, selfLinks(addresses, isPage))
      return answer(context, isPage, { type: JSON_TYPE, document, title: document.title, page })
    },
  )
  addItemRoutes(app, sources, env.publicUrl)
  return app
}
